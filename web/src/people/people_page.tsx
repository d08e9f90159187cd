import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { dataOf } from '../api/client';
import type { ListedPerson } from '../api/types';
import { useSession } from '../session/session';
import { usePages } from '../session/use_read';
import { Empty } from '../ui/empty';
import { LineIcon } from '../ui/icons';
import { Listing } from '../ui/listing';
import { PageHead } from '../ui/page_head';
import { RightsList } from '../ui/rights';
import { Moment } from '../ui/time';
import { TimeZoneSwitch } from '../ui/time_zone';
import { Invitations } from './invitations';
import { InviteDialog } from './invite_dialog';
import { RightsDialog } from './rights_dialog';
import { StatusDialog } from './status_dialog';

type Open = { dialog: 'invite' } | { dialog: 'rights' | 'status'; person: ListedPerson } | null;

export function PeoplePage() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>(null);
  const query = usePages(['people'], async (api, cursor, signal) => {
    const { people, next } = await dataOf(api.GET('/v1/people', { params: { query: { cursor } }, signal }));
    return { items: people, ...(next !== undefined && { next }) };
  });
  const close = () => setOpen(null);
  return (
    <>
      <PageHead title={t('people.title')} lead={t('people.lead')}>
        <TimeZoneSwitch />
        <Button className="button primary" onPress={() => setOpen({ dialog: 'invite' })}>
          <LineIcon name="plus" />
          {t('people.invite')}
        </Button>
      </PageHead>
      <section className="section" aria-labelledby="people-title">
        <h2 id="people-title" className="section-title">
          {t('people.listTitle')}
        </h2>
        <Listing query={query} empty={<Empty title={t('people.empty')}>{t('people.emptyHelp')}</Empty>}>
          {(people) => (
            <ul className="records">
              {people.map((person) => (
                <PersonRecord
                  key={person.id}
                  person={person}
                  changeRights={() => setOpen({ dialog: 'rights', person })}
                  changeStatus={() => setOpen({ dialog: 'status', person })}
                />
              ))}
            </ul>
          )}
        </Listing>
      </section>
      <Invitations />
      {open?.dialog === 'invite' && <InviteDialog close={close} />}
      {open?.dialog === 'rights' && <RightsDialog person={open.person} close={close} />}
      {open?.dialog === 'status' && <StatusDialog person={open.person} close={close} />}
    </>
  );
}

interface RecordProps {
  person: ListedPerson;
  changeRights: () => void;
  changeStatus: () => void;
}

function PersonRecord({ person, changeRights, changeStatus }: RecordProps) {
  const { t } = useTranslation();
  const isMe = useSession().person?.id === person.id;
  const suspended = person.status === 'suspended';
  return (
    <li className={`record ${suspended ? 'record-off' : ''}`}>
      <div className="record-main">
        <h3 className="record-title">
          {person.name} {isMe && <span className="tag">{t('people.you')}</span>}
          {suspended && <span className="badge badge-off">{t('people.status.suspended')}</span>}
        </h3>
        <p className="record-sub">{person.email}</p>
      </div>
      <div className="record-facts">
        <RightsList value={person.rights} />
        <p className="record-sub">
          {t(person.secondFactor ? 'people.secondFactorOn' : 'people.secondFactorOff')} · {t('people.lastSignIn')}{' '}
          {person.lastSignIn === undefined ? t('parts.never') : <Moment at={person.lastSignIn} />}
        </p>
      </div>
      <div className="record-actions">
        <Button className="button small" aria-label={t('people.changeOf', { name: person.name })} onPress={changeRights}>
          {t('people.change')}
        </Button>
        {/* Nobody locks the own door from outside. */}
        {!isMe && (
          <Button
            className="button small"
            aria-label={t(suspended ? 'people.reactivateOf' : 'people.suspendOf', { name: person.name })}
            onPress={changeStatus}
          >
            {t(suspended ? 'people.reactivate' : 'people.suspend')}
          </Button>
        )}
      </div>
    </li>
  );
}
