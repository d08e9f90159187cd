// A grant as a sentence that a person understands, with its state and what can be done about it.
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Grant } from '../api/types';
import { useSession } from '../session/session';
import { Moment } from '../ui/time';
import type { Decision } from './decision_dialog';
import { GrantSentence, otherSide } from './grant_sentence';

const stateLooks: Record<Grant['state'], string> = {
  offered: 'badge-wait',
  accepted: 'badge-new',
  declined: 'badge-off',
  revoked: 'badge-off',
  expired: 'badge-off',
};

export function GrantRecord({ grant, decide }: { grant: Grant; decide: (decision: Decision) => void }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { kind, state, direction } = grant;
  const isOpen = state === 'offered' || state === 'accepted';
  const isOffer = state === 'offered' && direction === 'received';
  const name = otherSide(grant);
  return (
    <li className={`record record-grant ${isOpen ? '' : 'record-off'}`}>
      <div className="record-main">
        <p className="record-kind">
          {t(`grants.kind.${kind}`)} <span className={`badge ${stateLooks[state]}`}>{t(`grants.state.${state}`)}</span>
        </p>
        <p className="grant-sentence">
          <GrantSentence grant={grant} />
        </p>
        <dl className="grant-facts">
          <Fact name={t('grants.madeOn')}>
            <Moment at={grant.created} />
          </Fact>
          {grant.decided !== undefined && (
            <Fact name={t('grants.decidedOn')}>
              <Moment at={grant.decided} />
            </Fact>
          )}
          <Fact name={t('grants.id')}>
            <span className="mono">{grant.id}</span>
          </Fact>
        </dl>
      </div>
      {isOpen && may('grant') && (
        <div className="record-actions">
          {isOffer ? (
            <>
              <Button className="button small primary" aria-label={t('grants.acceptOf', { name })} onPress={() => decide({ act: 'accept', grant })}>
                {t('grants.accept')}
              </Button>
              <Button className="button small" aria-label={t('grants.declineOf', { name })} onPress={() => decide({ act: 'decline', grant })}>
                {t('grants.decline')}
              </Button>
            </>
          ) : (
            <Button className="button small" aria-label={t('grants.revokeOf', { name })} onPress={() => decide({ act: 'revoke', grant })}>
              {t('grants.revoke')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
