import { useTranslation } from 'react-i18next';

import { PageHead } from '../ui/page_head';
import { TimeZoneSwitch } from '../ui/time_zone';
import { ApiKeys } from './api_keys';
import { Certificates } from './certificates';
import { ServiceAccounts } from './service_accounts';

export function KeysPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('keys.title')} lead={t('keys.lead')}>
        <TimeZoneSwitch />
      </PageHead>
      <ApiKeys />
      <Certificates />
      <ServiceAccounts />
    </>
  );
}
