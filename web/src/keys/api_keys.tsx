import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { dataOf, doneOf } from '../api/client';
import type { Key } from '../api/types';
import { useAction } from '../session/use_action';
import { useRead } from '../session/use_read';
import { OneOf } from '../ui/choices';
import { DialogFrame, FormDialog } from '../ui/dialog';
import { Empty } from '../ui/empty';
import { Listing } from '../ui/listing';
import { Once } from '../ui/once';
import { CredentialFields } from './credential_fields';
import { useCredentialForm, type CredentialWish } from './credential_form';
import { CredentialList, CredentialRecord, CredentialSection, WithdrawDialog } from './credentials';

type Open = { dialog: 'add' } | { dialog: 'rotate' | 'withdraw'; key: Key } | { dialog: 'made'; secret: string } | null;

function labelOf(key: Key): string {
  return key.label || key.keyID;
}

export function ApiKeys() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>(null);
  const query = useRead(['keys'], (api, signal) => dataOf(api.GET('/v1/keys', { signal })).then(({ keys }) => keys));
  const close = () => setOpen(null);
  const made = (secret: string) => setOpen({ dialog: 'made', secret });
  const empty = <Empty title={t('keys.empty')}>{t('keys.emptyHelp')}</Empty>;
  return (
    <CredentialSection id="keys-title" title={t('keys.listTitle')} lead={t('keys.listLead')} addLabel={t('keys.add')} add={() => setOpen({ dialog: 'add' })}>
      <Listing query={query} empty={empty}>
        {(keys) => (
          <CredentialList items={keys} empty={empty}>
            {(key) => (
              <CredentialRecord key={key.keyID} {...key} label={key.label} name={`fw_${key.keyID}_…`}>
                <Button className="button small" aria-label={t('keys.rotateOf', { label: labelOf(key) })} onPress={() => setOpen({ dialog: 'rotate', key })}>
                  {t('keys.rotate')}
                </Button>
                <Button className="button small" aria-label={t('keys.withdrawOf', { label: labelOf(key) })} onPress={() => setOpen({ dialog: 'withdraw', key })}>
                  {t('keys.withdraw')}
                </Button>
              </CredentialRecord>
            )}
          </CredentialList>
        )}
      </Listing>
      {open !== null && (
        <DialogFrame close={close} keep={open.dialog === 'made'}>
          {open.dialog === 'add' && <AddDialog close={close} made={made} />}
          {open.dialog === 'rotate' && <RotateDialog apiKey={open.key} close={close} made={made} />}
          {open.dialog === 'withdraw' && <Withdrawal apiKey={open.key} close={close} />}
          {open.dialog === 'made' && <Once title={t('keys.madeTitle')} label={t('keys.key')} secret={open.secret} close={close} />}
        </DialogFrame>
      )}
    </CredentialSection>
  );
}

function AddDialog({ close, made }: { close: () => void; made: (secret: string) => void }) {
  const { t } = useTranslation();
  const form = useCredentialForm('year', ['read', 'send']);
  const add = useAction((api, body: CredentialWish) => dataOf(api.POST('/v1/keys', { body })), { changes: ['keys'], then: ({ key }) => made(key) });
  const submit = () => {
    const wish = form.wish();
    if (wish !== null) add.run(wish);
  };
  return (
    <FormDialog title={t('keys.addTitle')} close={close} submitLabel={t('keys.addSubmit')} submit={submit} {...add}>
      <CredentialFields form={form} kinds={['days30', 'days90', 'year', 'never', 'date']} autoFocus />
    </FormDialog>
  );
}

const overlapsS = { none: 0, hour: 3_600, day: 86_400, week: 604_800, month: 2_592_000 } as const;
type Overlap = keyof typeof overlapsS;

function RotateDialog({ apiKey, close, made }: { apiKey: Key; close: () => void; made: (secret: string) => void }) {
  const { t } = useTranslation();
  const [overlap, setOverlap] = useState<Overlap>('day');
  const rotate = useAction(
    (api, seconds: number) =>
      dataOf(api.POST('/v1/keys/{keyID}/rotation', { params: { path: { keyID: apiKey.keyID }, query: { overlap: seconds } } })),
    { changes: ['keys'], then: ({ key }) => made(key) },
  );
  return (
    <FormDialog
      title={t('keys.rotateTitle', { label: labelOf(apiKey) })}
      close={close}
      submitLabel={t('keys.rotateSubmit')}
      submit={() => rotate.run(overlapsS[overlap])}
      {...rotate}
    >
      <p>{t('keys.rotateText')}</p>
      <OneOf
        label={t('keys.overlap')}
        inline
        value={overlap}
        onChange={setOverlap}
        choices={(Object.keys(overlapsS) as Overlap[]).map((value) => ({ value, label: t(`keys.overlapChoice.${value}`) }))}
      />
    </FormDialog>
  );
}

function Withdrawal({ apiKey, close }: { apiKey: Key; close: () => void }) {
  const withdraw = useAction((api, _: void) => doneOf(api.DELETE('/v1/keys/{keyID}', { params: { path: { keyID: apiKey.keyID } } })), {
    changes: ['keys'],
    then: close,
  });
  return <WithdrawDialog label={labelOf(apiKey)} close={close} withdraw={withdraw} />;
}
