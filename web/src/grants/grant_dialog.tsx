import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { dataOf } from '../api/client';
import type { Grant, GrantKind } from '../api/types';
import { PartyField } from '../parties/party_field';
import { useSession } from '../session/session';
import { useAction } from '../session/use_action';
import { OneOf, SomeOf, YesNo } from '../ui/choices';
import { Dialog, DialogFrame, FormDialog } from '../ui/dialog';
import { ExpiryChoice } from '../ui/expiry_choice';
import { Field } from '../ui/field';
import { Once } from '../ui/once';
import { grantFields, useGrantForm, type GrantBody, type GrantForm, type GuestBody } from './grant_form';
import { GrantSentence } from './grant_sentence';
import { ScopeFields } from './scope_fields';

const kindsOfAll: readonly GrantKind[] = ['nomination', 'consent', 'delegation'];

type Made = { grant: Grant; link: string | null };

export function GrantDialog({ close, given }: { close: () => void; given: () => void }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<Made | null>(null);
  const then = (next: Made) => {
    setMade(next);
    given();
  };
  const link = made?.link ?? null;
  return (
    <DialogFrame close={close} keep={link !== null}>
      {made === null && <Asking close={close} then={then} />}
      {made !== null && link === null && <Given grant={made.grant} close={close} />}
      {link !== null && (
        <Once title={t('grants.dialog.linkTitle')} label={t('grants.dialog.link')} secret={location.origin + link} close={close}>
          <p>{t('grants.dialog.guestSees')}</p>
        </Once>
      )}
    </DialogFrame>
  );
}

function Given({ grant, close }: { grant: Grant; close: () => void }) {
  const { t } = useTranslation();
  const inForce = grant.state === 'accepted';
  return (
    <Dialog title={inForce ? t('grants.dialog.inForceTitle') : t('grants.dialog.offeredTitle', { name: grant.to.name })} close={close}>
      <div className="dialog-form">
        <p className="grant-sentence">
          <GrantSentence grant={grant} />
        </p>
        <p>{t(inForce ? 'grants.dialog.inForceText' : 'grants.dialog.offeredText')}</p>
        <div className="dialog-buttons">
          <Button className="button primary" onPress={close} autoFocus>
            {t('parts.close')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Asking({ close, then }: { close: () => void; then: (made: Made) => void }) {
  const { t } = useTranslation();
  const { party } = useSession();
  const form = useGrantForm();
  const give = useAction((api, body: GrantBody) => dataOf(api.POST('/v1/grants', { body })), {
    changes: ['grants'],
    then: (grant) => then({ grant, link: null }),
  });
  const link = useAction((api, body: GuestBody) => dataOf(api.POST('/v1/guest-links', { body })), {
    changes: ['grants'],
    then: (answer) => then({ grant: answer.grant, link: answer.link }),
  });

  const kinds: readonly GrantKind[] = party.role === 'authority' ? [...kindsOfAll, 'legal_basis', 'guest'] : [...kindsOfAll, 'guest'];
  const isGuest = form.kind === 'guest';
  const submit = () => {
    if (isGuest) {
      const body = form.guestBody();
      if (body !== null) link.run(body);
    } else {
      const body = form.grantBody();
      if (body !== null) give.run(body);
    }
  };
  const submitLabel = isGuest ? 'grants.dialog.submitGuest' : form.kind === 'legal_basis' ? 'grants.dialog.submitLegal' : 'grants.dialog.submit';
  const action = isGuest ? link : give;
  return (
    <FormDialog
      title={t('grants.dialog.title')}
      close={close}
      submitLabel={t(submitLabel)}
      submit={submit}
      pending={action.pending}
      problem={action.problem}
    >
      <OneOf
        label={t('grants.dialog.kind')}
        value={form.kind}
        onChange={form.changeKind}
        choices={kinds.map((kind) => ({ value: kind, label: t(`grants.kind.${kind}`), help: t(`grants.kindHelp.${kind}`) }))}
      />
      {form.hasParty && <PartyField label={t('grants.dialog.to')} choice={form.party} tried={form.tried} />}
      <ScopeFields form={form} />
      {isGuest ? <GuestFields form={form} /> : form.kind === 'legal_basis' ? <LegalFields form={form} /> : <GivenFields form={form} />}
      <ExpiryChoice
        value={form.expiry}
        onChange={form.setExpiry}
        kinds={isGuest ? ['day', 'days7', 'days30', 'date'] : ['days7', 'days30', 'days90', 'year', 'date']}
        tried={form.tried}
      />
      {isGuest && <p className="note">{t('grants.dialog.guestSees')}</p>}
    </FormDialog>
  );
}

interface NeededProps {
  name: 'purpose' | 'reason' | 'label';
  value: string;
  onChange: (value: string) => void;
  tried: boolean;
}

function NeededText({ name, value, onChange, tried }: NeededProps) {
  const { t } = useTranslation();
  return (
    <Field
      label={t(`grants.dialog.${name}`)}
      name={name}
      autoComplete="off"
      value={value}
      onChange={onChange}
      help={t(`grants.dialog.${name}Help`)}
      error={tried && value.trim() === '' && t('parts.required')}
    />
  );
}

function GivenFields({ form }: { form: GrantForm }) {
  const { t } = useTranslation();
  return (
    <>
      <SomeOf
        label={t('grants.dialog.fields')}
        value={form.fields}
        onChange={form.setFields}
        error={form.tried && form.fields.length === 0 && t('grants.dialog.fieldsNeeded')}
        choices={grantFields.map((field) => ({ value: field, label: t(`grants.field.${field}`), help: t(`grants.fieldHelp.${field}`) }))}
      />
      <NeededText name="purpose" value={form.purpose} onChange={form.setPurpose} tried={form.tried} />
    </>
  );
}

function LegalFields({ form }: { form: GrantForm }) {
  const { t } = useTranslation();
  return (
    <>
      <NeededText name="reason" value={form.reason} onChange={form.setReason} tried={form.tried} />
      <YesNo label={t('grants.dialog.sealed')} help={t('grants.dialog.sealedHelp')} value={form.sealed} onChange={form.setSealed} />
    </>
  );
}

function GuestFields({ form }: { form: GrantForm }) {
  const { t } = useTranslation();
  return (
    <>
      <OneOf
        label={t('grants.dialog.guestRole')}
        inline
        value={form.guestRole}
        onChange={form.setGuestRole}
        choices={(['driver', 'shipper'] as const).map((role) => ({ value: role, label: t(`grants.dialog.guestRoles.${role}`) }))}
      />
      <NeededText name="label" value={form.label} onChange={form.setLabel} tried={form.tried} />
    </>
  );
}
