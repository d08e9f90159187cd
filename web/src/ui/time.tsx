import { useTranslation } from 'react-i18next';

import type { Instant } from '../api/types';
import { localeOf } from '../i18n';
import { showInstant } from '../i18n/format';
import { useTimeZoneMode } from './time_zone';

// A point in time in the page's zone, with its offset; where the sender gave no zone, it says so.
export function Time({ instant }: { instant: Pick<Instant, 'instant' | 'local'> & { zone?: Instant['zone'] } }) {
  const { t, i18n } = useTranslation();
  const shown = showInstant(instant, useTimeZoneMode(), localeOf(i18n.language));
  return (
    <span className="time">
      <time dateTime={instant.instant}>
        <span className="time-date">{shown.date}</span> <span className="time-clock">{shown.time}</span>{' '}
        <span className="time-offset">{shown.offset}</span>
      </time>
      {(instant.zone === 'place' || instant.zone === 'assumed') && (
        <span className="time-zone-note" title={t(instant.zone === 'place' ? 'time.zonePlace' : 'time.zoneAssumed')}>
          {t(instant.zone === 'place' ? 'time.zonePlaceMark' : 'time.zoneAssumedMark')}
        </span>
      )}
    </span>
  );
}
