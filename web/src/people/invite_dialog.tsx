import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { dataOf } from '../api/client';
import { rights as allRights, type Right, type Role } from '../api/types';
import { en } from '../i18n/en';
import { useSession } from '../session/session';
import { useAction } from '../session/use_action';
import { OneOf } from '../ui/choices';
import { DialogFrame, FormDialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Once } from '../ui/once';
import { Picker } from '../ui/picker';
import { RightsChoice } from '../ui/rights';
import { linesOf } from '../ui/lines';

const roles = Object.keys(en.role) as Role[];

interface Wish {
  email: string;
  name?: string;
  rights: Right[];
  party?: { name: string; role: Role; identifiers: string[] };
}

// An invitation's link, and for whom it is.
interface Made {
  email: string;
  link: string;
}

export function InviteDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<Made | null>(null);
  return (
    <DialogFrame close={close} keep={made !== null}>
      {made === null ? (
        <Asking close={close} then={setMade} />
      ) : (
        <Once title={t('people.invitedTitle', { email: made.email })} label={t('people.link')} secret={location.origin + made.link} close={close}>
          <p>{t('people.invitedText')}</p>
        </Once>
      )}
    </DialogFrame>
  );
}

function Asking({ close, then }: { close: () => void; then: (made: Made) => void }) {
  const { t } = useTranslation();
  const { party, may } = useSession();
  const [into, setInto] = useState<'here' | 'new'>('here');
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [rights, setRights] = useState<readonly Right[]>(['read']);
  const [newName, setNewName] = useState('');
  const [newRole, setNewRole] = useState<Role>('forwarder');
  const [newIdentifiers, setNewIdentifiers] = useState('');
  const [tried, setTried] = useState(false);
  const invite = useAction((api, body: Wish) => dataOf(api.POST('/v1/invitations', { body })), {
    changes: ['invitations'],
    then: ({ link }) => then({ email: email.trim(), link }),
  });

  const isNew = into === 'new';
  const emailWrong = !/^\S+@\S+$/.test(email.trim());
  const identifiers = linesOf(newIdentifiers);
  const strange = identifiers.find((line) => !/^[A-Za-z0-9_]+:.+$/.test(line));
  const submit = () => {
    setTried(true);
    if (emailWrong || rights.length === 0 || (isNew && (newName.trim() === '' || strange !== undefined))) return;
    invite.run({
      email: email.trim(),
      rights: [...rights],
      ...(name.trim() !== '' && { name: name.trim() }),
      ...(isNew && { party: { name: newName.trim(), role: newRole, identifiers } }),
    });
  };
  const change = (next: 'here' | 'new') => {
    setInto(next);
    setRights(next === 'new' ? allRights : ['read']);
  };
  return (
    <FormDialog title={t('people.inviteTitle')} close={close} submitLabel={t('people.inviteSubmit')} submit={submit} {...invite}>
      {party.role === 'operator' && (
        <OneOf
          label={t('people.inviteWhere')}
          value={into}
          onChange={change}
          choices={[
            { value: 'here', label: t('people.inviteHere', { party: party.name }) },
            { value: 'new', label: t('people.inviteNew'), help: t('people.inviteNewHelp') },
          ]}
        />
      )}
      {isNew && (
        <>
          <Field label={t('people.newName')} value={newName} onChange={setNewName} error={tried && newName.trim() === '' && t('parts.required')} />
          <Picker label={t('people.newRole')} value={newRole} onChange={setNewRole} choices={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))} />
          <Field
            label={t('people.newIdentifiers')}
            value={newIdentifiers}
            onChange={setNewIdentifiers}
            lines={2}
            mono
            help={t('people.newIdentifiersHelp')}
            error={tried && strange !== undefined && t('people.newIdentifiersWrong', { line: strange })}
          />
        </>
      )}
      <Field
        label={t('people.email')}
        name="email"
        type="email"
        autoComplete="off"
        value={email}
        onChange={setEmail}
        autoFocus
        error={tried && emailWrong && t('people.emailWrong')}
      />
      <Field label={t('people.name')} name="name" autoComplete="off" value={name} onChange={setName} />
      <RightsChoice value={rights} onChange={setRights} givable={isNew ? allRights : allRights.filter(may)} missing={tried} />
    </FormDialog>
  );
}
