// The first answer: where it is, what comes next, what needs attention.
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

import type { Journey, Milestone } from '../api/types';
import { localeOf } from '../i18n';
import { instantOf, showDuration, showRelative } from '../i18n/format';
import { ClassifierGlyph, LineIcon } from '../ui/icons';
import { PlaceName, usePlaceText } from '../ui/place_name';
import { Time } from '../ui/time';
import { useNow } from '../ui/use_now';
import type { MilestoneClaims } from './claims';
import { delays, type Delay } from './lateness';

const delaysShown = 3;
const minuteMs = 60_000;

export function Headline({ journey, milestones }: { journey: Journey; milestones: readonly MilestoneClaims[] }) {
  const now = useNow(minuteMs);
  return (
    <div className="headline">
      <Now status={journey.status} now={now} showContainer={journey.reference.kind !== 'equipment'} />
      <Next journey={journey} />
      <Attention journey={journey} late={delays(journey, milestones, now)} />
    </div>
  );
}

function happened(milestone: Milestone, t: TFunction): string {
  return t([`happened.${milestone as 'loaded'}`, `milestone.${milestone}`]);
}

function Now({ status, now, showContainer }: { status: Journey['status']; now: number; showContainer: boolean }) {
  const { t, i18n } = useTranslation();
  return (
    <section className="headline-cell headline-now" aria-labelledby="now-title">
      <h2 id="now-title" className="headline-label">
        {t('journey.status')}
      </h2>
      {status === null ? (
        <>
          <p className="headline-main">{t('journey.nothingYet')}</p>
          <p className="headline-sub">{t('journey.nothingYetHelp')}</p>
        </>
      ) : (
        <>
          <p className="headline-main">
            <ClassifierGlyph classifier={status.classifier} />
            {status.classifier === 'actual' ? happened(status.milestone, t) : t(`milestone.${status.milestone}`)}
          </p>
          <p className="headline-place">
            <PlaceName place={status.place} />
          </p>
          <p className="headline-sub">
            <Time instant={instantOf(status.at)} />
            <span>{showRelative(status.at, now, localeOf(i18n.language))}</span>
          </p>
          {showContainer && status.equipment !== undefined && <p className="headline-sub mono">{status.equipment}</p>}
        </>
      )}
    </section>
  );
}

function Next({ journey }: { journey: Journey }) {
  const { t } = useTranslation();
  const [next] = journey.expected;
  return (
    <section className="headline-cell" aria-labelledby="next-title">
      <h2 id="next-title" className="headline-label">
        {t('journey.next')}
      </h2>
      {next === undefined ? (
        <>
          <p className="headline-main quiet">{t('journey.nothingNext')}</p>
          <p className="headline-sub">{t('journey.nothingNextHelp')}</p>
        </>
      ) : (
        <>
          <p className="headline-main">
            {next.classifier !== undefined && <ClassifierGlyph classifier={next.classifier} />}
            {t(`milestone.${next.milestone}`)}
          </p>
          {next.place !== undefined && (
            <p className="headline-place">
              <PlaceName place={next.place} />
            </p>
          )}
          <p className="headline-sub">
            {next.classifier !== undefined && <span>{t(`classifier.${next.classifier}`)}</span>}
            {next.at === undefined ? <span>{t('journey.noTimeYet')}</span> : <Time instant={instantOf(next.at)} />}
          </p>
        </>
      )}
    </section>
  );
}

function Attention({ journey, late }: { journey: Journey; late: readonly Delay[] }) {
  const { t } = useTranslation();
  const conflicts = journey.conflicts.length;
  const hidden = late.length - delaysShown;
  return (
    <section className={`headline-cell ${conflicts + late.length > 0 ? 'headline-alert' : 'headline-well'}`} aria-labelledby="attention-title">
      <h2 id="attention-title" className="headline-label">
        {t('journey.attention')}
      </h2>
      {conflicts + late.length === 0 && (
        <>
          <p className="headline-main quiet">{t('journey.allWell')}</p>
          <p className="headline-sub">{t('journey.allWellHelp')}</p>
        </>
      )}
      <ul className="alerts">
        {late.slice(0, delaysShown).map((delay, index) => (
          <li key={index} className="alert alert-late">
            <LineIcon name="clock" />
            <DelayText delay={delay} />
          </li>
        ))}
        {hidden > 0 && <li className="alert-more">{t('journey.more', { count: hidden })}</li>}
        {conflicts > 0 && (
          <li className="alert alert-conflict">
            <LineIcon name="conflict" />
            <a href="#conflicts">{t('journey.conflictCount', { count: conflicts })}</a>
          </li>
        )}
      </ul>
    </section>
  );
}

function DelayText({ delay }: { delay: Delay }) {
  const { t } = useTranslation();
  const place = usePlaceText();
  const sentence = t(`journey.${delay.kind}`, { milestone: t(`milestone.${delay.milestone}`), duration: showDuration(delay.ms, t) });
  const where = [delay.place && place(delay.place), delay.equipment].filter(Boolean).join(', ');
  return (
    <span>
      {sentence}
      {where !== '' && <span className="alert-where">{where}</span>}
    </span>
  );
}
