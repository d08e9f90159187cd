// The sign-in page: with an account, with a provider's, or with an API key.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'react-router';

import { createApi, dataOf } from '../api/client';
import { asProblem } from '../api/problem';
import type { SignInWays } from '../api/types';
import { KeyForm } from './key_form';
import { PasswordForm } from './password_form';
import { ProviderLinks } from './provider_links';
import type { Who } from './session';

const providerProblems = ['unauthorized', 'forbidden', 'not_found', 'invalid', 'conflict', 'throttled', 'unavailable'] as const;

interface Props {
  expired: 'key' | 'person' | null;
  signIn: (who: Who) => void;
}

// How people can sign in here; null until it is known. A server that does not say knows only keys; of one that cannot be reached the
// usual is shown.
function useWays(): SignInWays | null {
  const query = useQuery({
    queryKey: ['sign-in'],
    queryFn: () => dataOf(createApi({ how: 'nobody' }).GET('/v1/sign-in')),
  });
  if (query.data !== undefined) return query.data;
  return query.error === null ? null : { password: asProblem(query.error).passes, providers: [] };
}

export function SignIn({ expired, signIn }: Props) {
  const { t } = useTranslation();
  const ways = useWays();
  const [byKey, setByKey] = useState(expired === 'key');
  const { pathname, search } = useLocation();
  useEffect(() => {
    document.title = t('app.documentTitle', { reference: t('session.title') });
  }, [t]);

  const keyOnly = ways !== null && !ways.password && ways.providers.length === 0;
  const showKey = byKey || keyOnly;
  const back = pathname === '/sign-in' ? '/' : pathname + search;
  return (
    <div className="sign-in">
      <h1 className="sign-in-title">{t('app.tagline')}</h1>
      <p className="lead">{t('session.lead')}</p>
      <ProviderProblem />
      <section className="panel sign-in-form" aria-labelledby="sign-in-title">
        <h2 id="sign-in-title">{t('session.title')}</h2>
        {expired !== null && (
          <p className="notice" role="status">
            {t(expired === 'key' ? 'session.expired' : 'session.personExpired')}
          </p>
        )}
        {ways === null && <p className="skeleton sign-in-waiting" />}
        {ways !== null && showKey && <KeyForm signIn={signIn} />}
        {ways !== null && !showKey && (
          <>
            {ways.password && <PasswordForm signIn={signIn} />}
            {ways.providers.length > 0 && (
              <>
                {ways.password && <p className="sign-in-or">{t('session.or')}</p>}
                <ProviderLinks providers={ways.providers} query={{ return: back }} label={(provider) => t('session.with', { provider })} />
              </>
            )}
          </>
        )}
        {ways !== null && !keyOnly && (
          <p className="sign-in-other">
            <Button className="button quiet small" onPress={() => setByKey(!byKey)}>
              {t(byKey ? 'session.usePerson' : 'session.useKey')}
            </Button>
          </p>
        )}
      </section>
      <p className="sign-in-verify">
        <Link to="/verify">{t('verify.link')}</Link>
      </p>
      {showKey && (
        <section className="hint">
          <h2>{t('session.noKey')}</h2>
          <p>{t('session.noKeyHelp')}</p>
          <pre tabIndex={0}>
            <code>fairway admin party add &quot;Harbour Forwarding&quot; --role forwarder</code>
          </pre>
        </section>
      )}
    </div>
  );
}

// Why the provider sent the browser back: GET /sign-in?problem=CODE.
function ProviderProblem() {
  const { t } = useTranslation();
  const code = useSearchParams()[0].get('problem');
  if (useLocation().pathname !== '/sign-in' || code === null) return null;
  const known = providerProblems.find((each) => each === code);
  return (
    <section className="panel problem" role="alert">
      <h2 className="problem-title">{t('session.provider.title')}</h2>
      <p>{known === undefined ? t('session.provider.other', { code: code.slice(0, 40) }) : t(`session.provider.${known}`)}</p>
    </section>
  );
}
