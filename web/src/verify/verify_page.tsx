// /verify: the verifier for anybody, without signing in, with the policy that this server publishes at hand.
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { VerifierView } from '../../verifier/verifier_view.mjs';
import { languageOf } from '../../verifier/words.mjs';
import { LineIcon } from '../ui/icons';
import { PageHead } from '../ui/page_head';
import { useLedgerPolicy } from './ledger';
import { LedgerNow } from './ledger_now';

export function VerifyPage() {
  const { t } = useTranslation();
  const policy = useLedgerPolicy().data ?? null;
  return (
    <>
      <PageHead title={t('verify.title')} lead={t('verify.lead')} />
      {policy !== null && <p className="field-help verify-policy">{t('verify.publishedNote')}</p>}
      <Verifier policy={policy} />
      <div className="two-panels verify-more">
        <LedgerNow />
        <section className="panel">
          <h2>{t('verify.offline')}</h2>
          <p>{t('verify.offlineHelp')}</p>
          <a className="button" href="/verifier.html" download="fairway-verifier.html">
            <LineIcon name="download" />
            {t('verify.offline')}
          </a>
        </section>
      </div>
    </>
  );
}

// The verifier makes its own elements: it is the same on the page that needs no server.
function Verifier({ policy }: { policy: Uint8Array | null }) {
  const { t, i18n } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<VerifierView | null>(null);
  const name = t('verify.published');
  useEffect(() => {
    if (place.current !== null) view.current ??= new VerifierView(place.current, languageOf(i18n.language));
  }, [i18n.language]);
  useEffect(() => view.current?.speak(languageOf(i18n.language)), [i18n.language]);
  useEffect(() => view.current?.give(policy === null ? null : { bytes: policy, name }), [policy, name]);
  return <div ref={place} className="verifier" />;
}
