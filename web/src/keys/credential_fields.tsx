import { useTranslation } from 'react-i18next';

import type { ExpiryKind } from '../ui/expiry';
import { ExpiryChoice } from '../ui/expiry_choice';
import { Field } from '../ui/field';
import { RightsChoice } from '../ui/rights';
import type { useCredentialForm } from './credential_form';

interface Props {
  form: ReturnType<typeof useCredentialForm>;
  kinds: readonly ExpiryKind[];
  autoFocus?: boolean;
}

export function CredentialFields({ form, kinds, autoFocus = false }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Field label={t('keys.label')} name="label" autoComplete="off" autoFocus={autoFocus} value={form.label} onChange={form.setLabel} help={t('keys.labelHelp')} />
      <RightsChoice value={form.rights} onChange={form.setRights} givable={form.givable} missing={form.tried} />
      <ExpiryChoice value={form.expiry} onChange={form.setExpiry} kinds={kinds} tried={form.tried} />
    </>
  );
}
