import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { dataOf, doneOf } from '../api/client';
import type { Invitation } from '../api/types';
import { useAction } from '../session/use_action';
import { usePages } from '../session/use_read';
import { FormDialog } from '../ui/dialog';
import { Empty } from '../ui/empty';
import { Listing } from '../ui/listing';
import { RightsList } from '../ui/rights';
import { Sentence } from '../ui/sentence';
import { Moment } from '../ui/time';

export function Invitations() {
  const { t } = useTranslation();
  const [closedShown, setClosedShown] = useState(false);
  const [withdrawn, setWithdrawn] = useState<Invitation | null>(null);
  const query = usePages(['invitations'], async (api, cursor, signal) => {
    const { invitations, next } = await dataOf(api.GET('/v1/invitations', { params: { query: { cursor } }, signal }));
    return { items: invitations, ...(next !== undefined && { next }) };
  });
  const empty = <Empty title={t('people.noInvitations')}>{t('people.noInvitationsHelp')}</Empty>;
  return (
    <section className="section" aria-labelledby="invitations-title">
      <h2 id="invitations-title" className="section-title">
        {t('people.invitations')}
      </h2>
      <Listing query={query} empty={empty}>
        {(invitations) => {
          const open = invitations.filter(({ status }) => status === 'open');
          const closed = invitations.length - open.length;
          const shown = closedShown ? invitations : open;
          return (
            <>
              {shown.length === 0 && empty}
              <ul className="records">
                {shown.map((invitation) => (
                  <InvitationRecord key={invitation.id} invitation={invitation} withdraw={() => setWithdrawn(invitation)} />
                ))}
              </ul>
              {closed > 0 && !closedShown && (
                <Button className="button quiet small" onPress={() => setClosedShown(true)}>
                  {t('people.showClosed', { count: closed })}
                </Button>
              )}
            </>
          );
        }}
      </Listing>
      {withdrawn !== null && <WithdrawDialog invitation={withdrawn} close={() => setWithdrawn(null)} />}
    </section>
  );
}

function InvitationRecord({ invitation, withdraw }: { invitation: Invitation; withdraw: () => void }) {
  const { t } = useTranslation();
  const { email, name, party, rights, status, expires } = invitation;
  const isOpen = status === 'open';
  return (
    <li className={`record ${isOpen ? '' : 'record-off'}`}>
      <div className="record-main">
        <h3 className="record-title">
          {email} <span className={`badge ${isOpen ? 'badge-wait' : 'badge-off'}`}>{t(`people.inviteStatus.${status}`)}</span>
        </h3>
        <p className="record-sub">
          {[name, party && t('people.into', { party: `${party.name} (${t(`role.${party.role}`)})` })].filter(Boolean).join(' · ')}
        </p>
      </div>
      <div className="record-facts">
        <RightsList value={rights} />
        {isOpen && (
          <p className="record-sub">
            <Sentence parts={{ when: <Moment at={expires} /> }} text={(marks) => t('parts.until', marks)} />
          </p>
        )}
      </div>
      <div className="record-actions">
        {isOpen && (
          <Button className="button small" aria-label={t('people.withdrawOf', { email })} onPress={withdraw}>
            {t('people.withdraw')}
          </Button>
        )}
      </div>
    </li>
  );
}

function WithdrawDialog({ invitation, close }: { invitation: Invitation; close: () => void }) {
  const { t } = useTranslation();
  const withdraw = useAction(
    (api, invitationID: string) => doneOf(api.DELETE('/v1/invitations/{invitationID}', { params: { path: { invitationID } } })),
    { changes: ['invitations'], then: close },
  );
  return (
    <FormDialog
      title={t('people.withdrawTitle', { email: invitation.email })}
      close={close}
      role="alertdialog"
      danger
      submitLabel={t('people.withdraw')}
      submit={() => withdraw.run(invitation.id)}
      {...withdraw}
    >
      <p>{t('people.withdrawText')}</p>
    </FormDialog>
  );
}
