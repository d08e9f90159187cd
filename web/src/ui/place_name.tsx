import { useTranslation } from 'react-i18next';

import type { Place } from '../api/types';
import { portName } from '../i18n/ports';

const separator = ' · ';

// One string for grouping by place.
export function placeKey(place: Place | undefined): string {
  if (place === undefined) return '';
  const port = place.UNLocationCode ?? place.name ?? '';
  return place.facilityCode === undefined ? port : `${port}/${place.facilityCode}`;
}

// "Hong Kong · HIT": the port's name as far as one is known, and the facility.
export function usePlaceText(): (place: Place | undefined) => string {
  const { t, i18n } = useTranslation();
  return (place) => {
    if (place === undefined) return t('timeline.noPlace');
    const code = place.UNLocationCode;
    const port = (code !== undefined ? portName(code, i18n.language) : undefined) ?? place.name ?? code;
    const parts = [port, place.facilityCode].filter((part) => part !== undefined);
    return parts.length === 0 ? t('timeline.noPlace') : parts.join(separator);
  };
}

// The same with the UN/LOCODE, broken over lines only between its parts.
export function PlaceName({ place }: { place: Place | undefined }) {
  const [port, facility] = usePlaceText()(place).split(separator);
  const code = place?.UNLocationCode;
  return (
    <span className="place">
      {port}
      {facility !== undefined && <span className="place-facility">· {facility}</span>}
      {code !== undefined && code !== port && <span className="place-code">{code}</span>}
    </span>
  );
}
