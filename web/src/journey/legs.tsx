import { useTranslation } from 'react-i18next';

import { classifiers, type Leg, type LegTimes } from '../api/types';
import { instantOf } from '../i18n/format';
import { Empty } from '../ui/empty';
import { ClassifierGlyph, ModeIcon } from '../ui/icons';
import { PlaceName } from '../ui/place_name';
import { Time } from '../ui/time';

const unitsShown = 3;

export function Legs({ legs }: { legs: readonly Leg[] }) {
  const { t } = useTranslation();
  // One container alone is what the page is about, and need not be named on each leg.
  const several = new Set(legs.flatMap((leg) => leg.carries ?? [])).size > 1;
  return (
    <section className="section" aria-labelledby="legs-title">
      <h2 id="legs-title" className="section-title">
        {t('journey.legs')}
      </h2>
      {legs.length === 0 ? (
        <Empty title={t('journey.noLegs')}>{t('journey.noLegsHelp')}</Empty>
      ) : (
        <ol className="legs">
          {legs.map((leg) => (
            <LegCard key={leg.number} leg={leg} units={several ? (leg.carries ?? []) : []} />
          ))}
        </ol>
      )}
    </section>
  );
}

function LegCard({ leg, units }: { leg: Leg; units: readonly string[] }) {
  const { t } = useTranslation();
  const means = [
    leg.vesselName ?? leg.vehicle,
    leg.voyage !== undefined && t('journey.voyage', { voyage: leg.voyage }),
    leg.service !== undefined && t('journey.service', { service: leg.service }),
    leg.vesselIMONumber !== undefined && t('claim.imo', { imo: leg.vesselIMONumber }),
  ].filter(Boolean);
  return (
    <li className={`leg leg-${leg.state}`}>
      <h3 className="leg-title">
        <span className="visually-hidden">{t('journey.leg', { number: leg.number })}: </span>
        <ModeIcon mode={leg.mode} />
        <span className="leg-mode">{t(`mode.${leg.mode || 'unknown'}`)}</span>
        <span className="leg-state">{t(`journey.legState.${leg.state}`)}</span>
      </h3>
      {means.length > 0 && <p className="leg-means">{means.join(' · ')}</p>}
      {units.length > 0 && (
        <p className="leg-means">
          {t('journey.carries', { units: units.slice(0, unitsShown).join(', ') })}
          {units.length > unitsShown && ` ${t('journey.andMore', { count: units.length - unitsShown })}`}
        </p>
      )}
      <div className="leg-ends">
        <LegEnd title={t('journey.departure')} place={leg.from} times={leg.departed} />
        <div className="leg-line" />
        <LegEnd title={t('journey.arrival')} place={leg.to} times={leg.arrived} />
      </div>
    </li>
  );
}

function LegEnd({ title, place, times }: { title: string; place: Leg['from']; times: LegTimes }) {
  const { t } = useTranslation();
  const known = classifiers.flatMap((classifier) => {
    const at = times[classifier];
    return at === undefined ? [] : [{ classifier, at }];
  });
  return (
    <div className="leg-end">
      <p className="leg-place">
        <span className="visually-hidden">{title}: </span>
        <PlaceName place={place} />
      </p>
      {known.length === 0 ? (
        <p className="leg-no-time">{t('journey.noTime')}</p>
      ) : (
        <dl className="leg-times">
          {known.map(({ classifier, at }) => (
            <div key={classifier}>
              <dt>
                <ClassifierGlyph classifier={classifier} />
                {t(`classifier.${classifier}`)}
              </dt>
              <dd>
                <Time instant={instantOf(at)} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
