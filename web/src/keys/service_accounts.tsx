import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { dataOf, doneOf } from '../api/client';
import type { ServiceAccount } from '../api/types';
import { useAction } from '../session/use_action';
import { usePages } from '../session/use_read';
import { FormDialog } from '../ui/dialog';
import { Empty } from '../ui/empty';
import { Field } from '../ui/field';
import { CredentialFields } from './credential_fields';
import { useCredentialForm, type CredentialWish } from './credential_form';
import { WithdrawDialog } from './credentials';
import { SubjectCredentials, labelOf } from './subject_credentials';

export function ServiceAccounts() {
  const { t } = useTranslation();
  const query = usePages(['service-accounts'], async (api, cursor, signal) => {
    const { serviceAccounts, next } = await dataOf(api.GET('/v1/service-accounts', { params: { query: { cursor } }, signal }));
    return { items: serviceAccounts, ...(next !== undefined && { next }) };
  });
  return (
    <SubjectCredentials
      id="service-accounts-title"
      title={t('keys.accounts')}
      lead={t('keys.accountsLead')}
      addLabel={t('keys.addAccount')}
      empty={<Empty title={t('keys.noAccounts')}>{t('keys.noAccountsHelp')}</Empty>}
      query={query}
      name={({ issuer, subject }) => `${issuer} · ${subject}`}
      adding={(close) => <AddDialog close={close} />}
      withdrawing={(account, close) => <Withdrawal account={account} close={close} />}
    />
  );
}

function AddDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const [issuer, setIssuer] = useState('');
  const [subject, setSubject] = useState('');
  const form = useCredentialForm('year', ['read', 'send']);
  const add = useAction(
    (api, body: CredentialWish & { issuer: string; subject: string }) => dataOf(api.POST('/v1/service-accounts', { body })),
    { changes: ['service-accounts'], then: close },
  );
  const issuerWrong = !/^https:\/\/\S+$/.test(issuer.trim());
  const submit = () => {
    const wish = form.wish();
    if (wish !== null && !issuerWrong && subject.trim() !== '') add.run({ ...wish, issuer: issuer.trim(), subject: subject.trim() });
  };
  return (
    <FormDialog title={t('keys.addAccount')} close={close} submitLabel={t('keys.addAccountSubmit')} submit={submit} {...add}>
      <Field
        label={t('keys.issuer')}
        name="issuer"
        mono
        autoFocus
        autoComplete="off"
        value={issuer}
        onChange={setIssuer}
        help={t('keys.issuerHelp')}
        error={form.tried && issuerWrong && t('keys.issuerWrong')}
      />
      <Field
        label={t('keys.subject')}
        name="subject"
        mono
        autoComplete="off"
        value={subject}
        onChange={setSubject}
        help={t('keys.subjectHelp')}
        error={form.tried && subject.trim() === '' && t('parts.required')}
      />
      <CredentialFields form={form} kinds={['days90', 'year', 'never', 'date']} />
    </FormDialog>
  );
}

function Withdrawal({ account, close }: { account: ServiceAccount; close: () => void }) {
  const withdraw = useAction(
    (api, _: void) => doneOf(api.DELETE('/v1/service-accounts/{serviceAccountID}', { params: { path: { serviceAccountID: account.id } } })),
    { changes: ['service-accounts'], then: close },
  );
  return <WithdrawDialog label={labelOf(account)} close={close} withdraw={withdraw} />;
}
