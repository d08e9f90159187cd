import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { classifiers, type Journey, type JourneyEvent } from '../api/types';
import { Empty } from '../ui/empty';
import { ClassifierGlyph, LineIcon } from '../ui/icons';
import { PlaceName } from '../ui/place_name';
import { usePrinting } from '../ui/use_printing';
import { ClaimCard } from './claim_card';
import { askedContainer, containersOf, groupByStop, isAbout, otherClaims, type MilestoneClaims } from './claims';
import { ContainerFilter } from './container_filter';
import { MilestoneRow } from './milestone_row';

interface Props {
  journey: Journey;
  milestones: readonly MilestoneClaims[];
  fresh: ReadonlySet<number>;
}

export function Timeline({ journey, milestones, fresh }: Props) {
  const { t } = useTranslation();
  const [container, setContainer] = useState(askedContainer(journey));
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const printing = usePrinting();
  const containers = useMemo(() => containersOf(journey), [journey]);
  const chosen = container !== null && containers.includes(container) ? container : null;
  const shown = useMemo(() => milestones.filter(({ row }) => isAbout(chosen, row)), [milestones, chosen]);
  const others = useMemo(() => otherClaims(journey), [journey]);
  const allOpen = shown.length > 0 && shown.every(({ key }) => open.has(key));

  const toggle = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };

  return (
    <section className="section" aria-labelledby="timeline-title">
      <div className="section-head">
        <h2 id="timeline-title" className="section-title">
          {t('timeline.title')}
        </h2>
        {shown.length > 0 && (
          <Button className="button quiet small no-print" onPress={() => setOpen(allOpen ? new Set() : new Set(shown.map(({ key }) => key)))}>
            <LineIcon name="chevron" />
            {t(allOpen ? 'timeline.collapseAll' : 'timeline.expandAll')}
          </Button>
        )}
      </div>
      {containers.length > 1 && <ContainerFilter containers={containers} chosen={chosen} choose={setContainer} />}
      {milestones.length === 0 ? (
        <Empty title={t('timeline.empty')}>{t('timeline.emptyHelp')}</Empty>
      ) : shown.length === 0 ? (
        <Empty title={t('timeline.noneForContainer')}>
          <Button className="button" onPress={() => setContainer(null)}>
            {t('timeline.filterClear')}
          </Button>
        </Empty>
      ) : (
        <div className="timeline">
          <div className="timeline-columns" aria-hidden="true">
            <span />
            {classifiers.map((classifier) => (
              <span key={classifier} className="timeline-column">
                <ClassifierGlyph classifier={classifier} />
                {t(`classifier.${classifier}`)}
              </span>
            ))}
            <span />
          </div>
          <ol className="stops">
            {groupByStop(shown).map((stop) => (
              <li key={stop.key} className="stop">
                <h3 className="stop-place">
                  <PlaceName place={stop.milestones[0]?.row.place} />
                </h3>
                <ol className="stop-milestones">
                  {stop.milestones.map((milestone) => (
                    <MilestoneRow
                      key={milestone.key}
                      milestone={milestone}
                      showContainer={containers.length > 1 && chosen === null}
                      open={printing || open.has(milestone.key)}
                      toggle={() => toggle(milestone.key)}
                      fresh={fresh}
                    />
                  ))}
                </ol>
              </li>
            ))}
          </ol>
        </div>
      )}
      {others.length > 0 && <OtherClaims claims={others} fresh={fresh} />}
    </section>
  );
}

function OtherClaims({ claims, fresh }: { claims: readonly JourneyEvent[]; fresh: ReadonlySet<number> }) {
  const { t } = useTranslation();
  return (
    <div className="other-claims">
      <h3 className="group-title">{t('timeline.otherClaims')}</h3>
      <p className="section-lead">{t('timeline.otherClaimsHelp')}</p>
      <ul className="claims-beside">
        {claims.map((claim) => (
          <li key={claim.entry}>
            <ClaimCard claim={claim} fresh={fresh.has(claim.entry)} />
          </li>
        ))}
      </ul>
    </div>
  );
}
