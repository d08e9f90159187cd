import { useTranslation } from 'react-i18next';

import { useSession } from '../session/session';
import { PageHead } from '../ui/page_head';
import { PasswordPanel } from './password_panel';
import { SecondFactorPanel } from './second_factor_panel';

export function AccountPage() {
  const { t } = useTranslation();
  const { person } = useSession();
  if (person === undefined) return null;
  return (
    <>
      <PageHead title={t('account.title')} lead={t('account.lead', { email: person.email })} />
      <div className="two-panels">
        {person.ways.includes('password') ? (
          <>
            <PasswordPanel email={person.email} />
            <SecondFactorPanel on={person.secondFactor} />
          </>
        ) : (
          <section className="panel">
            <h2>{t('account.ways')}</h2>
            <p>{t('account.noPassword')}</p>
          </section>
        )}
      </div>
    </>
  );
}
