// How far the server's ledger is, and who saw it: what the server says, with the signatures checked in the browser.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { believe, policyFrom } from '../../verifier/policy.mjs';
import { timeText } from '../../verifier/report_view.mjs';
import { localeOf } from '../i18n';
import { useLedgerPolicy, useLedgerStatus, useWitnessedNote, type LedgerStatus } from './ledger';

interface Seen {
  size: bigint;
  witnesses: { name: string; time: bigint }[];
}

// Null where the note and the policy do not agree.
function useSeen(): Seen | null | undefined {
  const policy = useLedgerPolicy().data ?? null;
  const note = useWitnessedNote().data ?? null;
  const query = useQuery({
    queryKey: ['ledger', 'seen', policy, note],
    enabled: policy !== null && note !== null,
    queryFn: async (): Promise<Seen | null> => {
      try {
        const { checkpoint, witnesses } = await believe(await policyFrom(policy as Uint8Array), note as Uint8Array);
        return { size: checkpoint.size, witnesses };
      } catch {
        return null;
      }
    },
  });
  return query.data;
}

export function LedgerNow() {
  const { t } = useTranslation();
  const status = useLedgerStatus().data;
  if (status === undefined) return null;
  return (
    <section className="panel verify-now" aria-labelledby="ledger-title">
      <h2 id="ledger-title">{t('verify.now')}</h2>
      {status === null ? <p>{t('verify.none')}</p> : <Known status={status} />}
    </section>
  );
}

function Known({ status }: { status: LedgerStatus }) {
  const { t, i18n } = useTranslation();
  const seen = useSeen();
  const locale = localeOf(i18n.language);
  const behind = Math.max(0, status.entries - status.size);
  const warnings = status.warnings ?? [];
  return (
    <>
      <dl className="facts">
        <dt>{t('verify.origin')}</dt>
        <dd className="mono">{status.origin}</dd>
        <dt>{t('verify.entries')}</dt>
        <dd>
          {status.size.toLocaleString(locale)}
          {behind > 0 && ` (${t('verify.behind', { count: behind })})`}
        </dd>
        <dt>{t('verify.witnessed')}</dt>
        <dd>{seen ? t('verify.witnessedOf', { count: Number(seen.size) }) : t('verify.notWitnessed')}</dd>
        {seen && (
          <>
            <dt>{t('verify.seenBy')}</dt>
            <dd>{seen.witnesses.length === 0 ? t('verify.noWitness') : <Witnesses seen={seen} locale={locale} />}</dd>
          </>
        )}
      </dl>
      {seen === null && (
        <p className="notice" role="alert">
          {t('verify.doubtful')}
        </p>
      )}
      {seen && <p className="field-help">{t('verify.checked')}</p>}
      {warnings.length > 0 && (
        <p className="notice">
          {t('verify.warnings')}: <span lang="en">{warnings.join('; ')}</span>
        </p>
      )}
    </>
  );
}

function Witnesses({ seen, locale }: { seen: Seen; locale: string }) {
  const { t } = useTranslation();
  return (
    <ul>
      {seen.witnesses.map(({ name, time }) => (
        <li key={name}>{t('verify.seenAt', { name, time: timeText(time, locale) })}</li>
      ))}
    </ul>
  );
}
