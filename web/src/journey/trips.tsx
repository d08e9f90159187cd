import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Trip } from '../api/types';
import { localeOf } from '../i18n';
import { showInstant } from '../i18n/format';
import { trackPath } from '../search/reference_text';
import { useTimeZoneMode } from '../ui/time_zone';

// A container that is used again is on a new trip, and each trip is a journey of its own.
export function Trips({ trips, reference }: { trips: readonly Trip[]; reference: string }) {
  const { t, i18n } = useTranslation();
  const mode = useTimeZoneMode();
  const day = (instant: string) => showInstant({ instant }, mode, localeOf(i18n.language)).date;
  return (
    <nav className="trips" aria-label={t('journey.trips')}>
      <span className="trips-label">{t('journey.trips')}</span>
      <ul>
        {trips.map((trip) => (
          <li key={trip.number}>
            <Link to={`${trackPath(reference)}?trip=${trip.number}`} className="trip" aria-current={trip.current ? 'page' : undefined}>
              <span className="trip-name">{t('journey.trip', { number: trip.number })}</span>
              <span className="trip-days">
                {day(trip.from)} – {day(trip.to)}
              </span>
              {trip.booking !== undefined && <span className="trip-booking mono">{trip.booking}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
