// One milestone: planned, estimated and actual side by side; unfolded, every claim with its source.
import { Button, Disclosure, DisclosurePanel } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { classifiers, type Classifier, type JourneyEvent } from '../api/types';
import { showDuration } from '../i18n/format';
import { ClassifierGlyph, LineIcon } from '../ui/icons';
import { Time } from '../ui/time';
import { ClaimCard } from './claim_card';
import { sourceText } from './claim_facts';
import { isWithdrawn, shownClaims, type MilestoneClaims } from './claims';
import { delayAgainstPlan, toleranceMs } from './lateness';
import { PartyName } from './party_name';

interface Props {
  milestone: MilestoneClaims;
  showContainer: boolean;
  open: boolean;
  toggle: () => void;
  fresh: ReadonlySet<number>;
}

function furthest({ claims }: MilestoneClaims): Classifier {
  const standing = (classifier: Classifier) => claims[classifier].some((claim) => claim.status === 'current');
  return standing('actual') ? 'actual' : standing('estimated') ? 'estimated' : 'planned';
}

export function MilestoneRow({ milestone, showContainer, open, toggle, fresh }: Props) {
  const { t } = useTranslation();
  const { row, all } = milestone;
  const isFresh = all.some((claim) => fresh.has(claim.entry));
  return (
    <li className={`milestone ${row.conflict ? 'milestone-conflict' : ''} ${isFresh ? 'milestone-fresh' : ''}`}>
      <Disclosure isExpanded={open} onExpandedChange={toggle} className="milestone-fold">
        <div className="milestone-row">
          <div className="milestone-name">
            <ClassifierGlyph classifier={furthest(milestone)} />
            <div>
              <h4>{t(`milestone.${row.milestone}`)}</h4>
              <p className="milestone-tags">
                {showContainer && row.equipment !== undefined && <span className="tag mono">{row.equipment}</span>}
                {row.document !== undefined && <span className="tag mono">{row.document}</span>}
                {isFresh && <span className="badge badge-new">{t('timeline.new')}</span>}
                {row.conflict && (
                  <span className="badge badge-conflict">
                    <LineIcon name="conflict" />
                    {t('conflict.badge')}
                  </span>
                )}
              </p>
            </div>
          </div>
          <dl className="milestone-cells">
            {classifiers.map((classifier) => (
              <Cell key={classifier} classifier={classifier} milestone={milestone} />
            ))}
          </dl>
          <Button slot="trigger" className="button quiet small claims-toggle no-print">
            <LineIcon name="chevron" />
            {t('timeline.claims', { count: all.length })}
            <span className="visually-hidden">: {[t(`milestone.${row.milestone}`), row.equipment ?? row.document].filter(Boolean).join(' ')}</span>
          </Button>
        </div>
        <DisclosurePanel className="milestone-panel">
          {open && (
            <ul className="claims-beside">
              {all.map((claim) => (
                <li key={claim.entry}>
                  <ClaimCard claim={claim} fresh={fresh.has(claim.entry)} />
                </li>
              ))}
            </ul>
          )}
        </DisclosurePanel>
      </Disclosure>
    </li>
  );
}

function Cell({ classifier, milestone }: { classifier: Classifier; milestone: MilestoneClaims }) {
  const { t } = useTranslation();
  const claims = milestone.claims[classifier];
  const shown = shownClaims(claims);
  const hidden = claims.length - shown.length;
  return (
    <div className={`cell cell-${classifier} ${shown.length === 0 ? 'cell-empty' : ''}`}>
      <dt className="cell-name">
        <ClassifierGlyph classifier={classifier} />
        {t(`classifier.${classifier}`)}
      </dt>
      {shown.length === 0 ? (
        <dd className="cell-none">
          <span aria-hidden="true">–</span>
        </dd>
      ) : (
        shown.map((claim) => (
          <dd key={claim.entry} className={`cell-claim cell-claim-${claim.status} ${claim.conflict ? 'cell-claim-conflict' : ''}`}>
            <Time instant={claim.occurred} brief />
            {isWithdrawn(claim) ? (
              <span className="badge">{t(`claim.status.${claim.status}`)}</span>
            ) : (
              classifier !== 'planned' && <DelayChip claim={claim} milestone={milestone} />
            )}
            <span className="cell-party" title={sourceText(claim.source, t)}>
              <PartyName party={claim.party} />
            </span>
          </dd>
        ))
      )}
      {hidden > 0 && <dd className="cell-more">{t('timeline.moreClaims', { count: hidden })}</dd>}
    </div>
  );
}

function DelayChip({ claim, milestone }: { claim: JourneyEvent; milestone: MilestoneClaims }) {
  const { t } = useTranslation();
  const ms = delayAgainstPlan(claim, milestone);
  if (ms === null) return null;
  if (Math.abs(ms) < toleranceMs) return <span className="delay delay-none">{t('timeline.onTime')}</span>;
  const key = ms > 0 ? 'late' : 'early';
  return <span className={`delay delay-${key}`}>{t(`timeline.${key}`, { duration: showDuration(ms, t) })}</span>;
}
