import { useTranslation } from 'react-i18next';

import type { JourneyEvent } from '../api/types';
import { ClassifierGlyph, LineIcon } from '../ui/icons';
import { PlaceName } from '../ui/place_name';
import { Time } from '../ui/time';
import { ClaimFacts } from './claim_facts';

// One claim with everything that is known of where it comes from.
export function ClaimCard({ claim, fresh = false }: { claim: JourneyEvent; fresh?: boolean }) {
  const { t } = useTranslation();
  return (
    <article className={`claim claim-${claim.status} ${claim.conflict ? 'claim-conflict' : ''} ${fresh ? 'claim-fresh' : ''}`}>
      <header className="claim-head">
        <ClassifierGlyph classifier={claim.classifier} />
        <span className="claim-what">
          {t(`classifier.${claim.classifier}`)}: {t(`milestone.${claim.milestone}`)}
        </span>
        {fresh && <span className="badge badge-new">{t('timeline.new')}</span>}
        {claim.status !== 'current' && <span className="badge">{t(`claim.status.${claim.status}`)}</span>}
        {claim.conflict && (
          <span className="badge badge-conflict">
            <LineIcon name="conflict" />
            {t('conflict.badge')}
          </span>
        )}
      </header>
      <p className="claim-time">
        <Time instant={claim.occurred} />
      </p>
      <p className="claim-place">
        <PlaceName place={claim.place} />
      </p>
      <ClaimFacts claim={claim} />
    </article>
  );
}
