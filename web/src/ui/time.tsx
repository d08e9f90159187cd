import { useTranslation } from 'react-i18next';

import type { Instant } from '../api/types';
import { localeOf } from '../i18n';
import { showInstant, type ShownTime } from '../i18n/format';
import { useTimeZoneMode } from './time_zone';

interface Props {
  instant: Pick<Instant, 'instant' | 'local'> & { zone?: Instant['zone'] };
  // Leaves out that the zone is the place's own, which is the rule for EDIFACT; an assumed zone is always told.
  brief?: boolean;
}

// A point in time in the page's zone, with its offset; where the sender gave no zone, it says so.
export function Time({ instant, brief = false }: Props) {
  const { t, i18n } = useTranslation();
  const shown = showInstant(instant, useTimeZoneMode(), localeOf(i18n.language));
  const note = instant.zone === 'assumed' || (instant.zone === 'place' && !brief) ? instant.zone : null;
  return (
    <span className="time">
      <time dateTime={instant.instant}>
        <span className="time-date">{shown.date}</span> <span className="time-clock">{shown.time}</span>{' '}
        <span className="time-offset">{shown.offset}</span>
      </time>
      {note !== null && (
        <span className="time-zone-note" title={t(note === 'place' ? 'time.zonePlace' : 'time.zoneAssumed')}>
          {t(note === 'place' ? 'time.zonePlaceMark' : 'time.zoneAssumedMark')}
        </span>
      )}
    </span>
  );
}

// A point in time that belongs to no place, such as an end or a sign-in: "local" is then where the reader is.
export function useMoment(): (at: string) => ShownTime {
  const { i18n } = useTranslation();
  const mode = useTimeZoneMode();
  return (at) => showInstant({ instant: at }, mode === 'local' ? 'mine' : mode, localeOf(i18n.language));
}

export function Moment({ at }: { at: string }) {
  const shown = useMoment()(at);
  return (
    <time className="time" dateTime={at}>
      <span className="time-date">{shown.date}</span> <span className="time-clock">{shown.time}</span>{' '}
      <span className="time-offset">{shown.offset}</span>
    </time>
  );
}
