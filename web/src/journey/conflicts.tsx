import { useTranslation } from 'react-i18next';

import type { Conflict } from '../api/types';
import { LineIcon } from '../ui/icons';
import { ClaimCard } from './claim_card';
import { claimsOf, type EventsByEntry } from './claims';

// Claims that cannot all be true, side by side; which of them is right is not for Fairway to say.
export function Conflicts({ conflicts, events }: { conflicts: readonly Conflict[]; events: EventsByEntry }) {
  const { t } = useTranslation();
  if (conflicts.length === 0) return null;
  return (
    <section id="conflicts" className="section conflicts" aria-labelledby="conflicts-title" tabIndex={-1}>
      <h2 id="conflicts-title" className="section-title">
        <LineIcon name="conflict" />
        {t('conflict.title')}
      </h2>
      <p className="section-lead">{t('conflict.lead')}</p>
      <ul className="conflict-list">
        {conflicts.map((conflict) => (
          <ConflictItem key={`${conflict.kind} ${conflict.entries.join(' ')}`} conflict={conflict} events={events} />
        ))}
      </ul>
    </section>
  );
}

function ConflictItem({ conflict, events }: { conflict: Conflict; events: EventsByEntry }) {
  const { t } = useTranslation();
  const what = [t(`milestone.${conflict.milestone}`), conflict.equipment].filter(Boolean).join(' ');
  return (
    <li className={`conflict conflict-${conflict.kind}`}>
      <h3 className="conflict-title">{t(`conflict.${conflict.kind}`, { what })}</h3>
      <p className="conflict-text" lang="en">
        {conflict.text}
      </p>
      <ul className="claims-beside">
        {claimsOf(conflict.entries, events).map((claim) => (
          <li key={claim.entry}>
            <ClaimCard claim={claim} />
          </li>
        ))}
      </ul>
    </li>
  );
}
