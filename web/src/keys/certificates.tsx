import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { dataOf, doneOf } from '../api/client';
import type { Certificate } from '../api/types';
import { useAction } from '../session/use_action';
import { usePages } from '../session/use_read';
import { FormDialog } from '../ui/dialog';
import { Empty } from '../ui/empty';
import { Field } from '../ui/field';
import { CredentialFields } from './credential_fields';
import { useCredentialForm, type CredentialWish } from './credential_form';
import { WithdrawDialog } from './credentials';
import { SubjectCredentials, labelOf } from './subject_credentials';

export function Certificates() {
  const { t } = useTranslation();
  const query = usePages(['certificates'], async (api, cursor, signal) => {
    const { certificates, next } = await dataOf(api.GET('/v1/certificates', { params: { query: { cursor } }, signal }));
    return { items: certificates, ...(next !== undefined && { next }) };
  });
  return (
    <SubjectCredentials
      id="certificates-title"
      title={t('keys.certificates')}
      lead={t('keys.certificatesLead')}
      addLabel={t('keys.addCertificate')}
      empty={<Empty title={t('keys.noCertificates')}>{t('keys.noCertificatesHelp')}</Empty>}
      query={query}
      name={({ subject, fingerprint }) => `${subject} · ${t('keys.fingerprint')} ${fingerprint.slice(0, 16)}…`}
      adding={(close) => <AddDialog close={close} />}
      withdrawing={(certificate, close) => <Withdrawal certificate={certificate} close={close} />}
    />
  );
}

type PemFault = 'pemPrivate' | 'pemWrong' | null;

// A private key is never sent, whatever stands beside it.
function faultOf(pem: string): PemFault {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) return 'pemPrivate';
  return /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(pem) ? null : 'pemWrong';
}

function AddDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const [pem, setPem] = useState('');
  const form = useCredentialForm('certificate', ['read', 'send']);
  const add = useAction((api, body: CredentialWish & { certificate: string }) => dataOf(api.POST('/v1/certificates', { body })), {
    changes: ['certificates'],
    then: close,
  });
  const fault = faultOf(pem);
  const submit = () => {
    const wish = form.wish();
    if (wish !== null && fault === null) add.run({ ...wish, certificate: pem.trim() + '\n' });
  };
  return (
    <FormDialog title={t('keys.addCertificate')} close={close} submitLabel={t('keys.addCertificateSubmit')} submit={submit} {...add}>
      <Field
        label={t('keys.pem')}
        name="certificate"
        lines={6}
        mono
        autoFocus
        value={pem}
        onChange={setPem}
        help={t('keys.pemHelp')}
        error={fault !== null && (form.tried || fault === 'pemPrivate') && t(`keys.${fault}`)}
      />
      <CredentialFields form={form} kinds={['certificate', 'days90', 'year', 'date']} />
    </FormDialog>
  );
}

function Withdrawal({ certificate, close }: { certificate: Certificate; close: () => void }) {
  const withdraw = useAction(
    (api, _: void) => doneOf(api.DELETE('/v1/certificates/{certificateID}', { params: { path: { certificateID: certificate.id } } })),
    { changes: ['certificates'], then: close },
  );
  return <WithdrawDialog label={labelOf(certificate)} close={close} withdraw={withdraw} />;
}
