// Instants, spans and numbers as people read them. An instant is shown in one of three zones, and always with its offset.
import type { TFunction } from 'i18next';

import type { Instant } from '../api/types';

export type TimeZoneMode = 'local' | 'utc' | 'mine';

export interface ShownTime {
  date: string;
  time: string;
  offset: string; // "+08:00", or "UTC"
}

const minuteMs = 60_000;

// The minutes that an RFC 3339 text is ahead of UTC.
function offsetOf(text: string): number {
  const match = /([+-])(\d{2}):?(\d{2})$/.exec(text);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

function offsetText(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function offsetIn(mode: TimeZoneMode, instant: Pick<Instant, 'instant' | 'local'>): number {
  if (mode === 'utc') return 0;
  if (mode === 'local') return instant.local === undefined ? 0 : offsetOf(instant.local);
  return -new Date(instant.instant).getTimezoneOffset();
}

// A date-time of the API that is not a whole Instant: its offset is its zone.
export function instantOf(text: string): Pick<Instant, 'instant' | 'local'> {
  return { instant: text, local: text };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, part: 'date' | 'time' | 'seconds'): Intl.DateTimeFormat {
  const key = `${locale} ${part}`;
  let found = formats.get(key);
  if (found === undefined) {
    const options: Intl.DateTimeFormatOptions =
      part === 'date'
        ? { day: 'numeric', month: 'short', year: 'numeric' }
        : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(part === 'seconds' && { second: '2-digit' }) };
    found = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    formats.set(key, found);
  }
  return found;
}

export function showInstant(instant: Pick<Instant, 'instant' | 'local'>, mode: TimeZoneMode, locale: string): ShownTime {
  const offset = offsetIn(mode, instant);
  const shifted = new Date(Date.parse(instant.instant) + offset * minuteMs);
  return {
    date: format(locale, 'date').format(shifted),
    time: format(locale, 'time').format(shifted),
    offset: offsetText(offset),
  };
}

// The time of day on this device, with seconds: for "as of".
export function showClock(instant: string, locale: string): string {
  const at = new Date(instant);
  return format(locale, 'seconds').format(at.getTime() - at.getTimezoneOffset() * minuteMs);
}

const relativeUnits: readonly [unit: Intl.RelativeTimeFormatUnit, ms: number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', minuteMs],
];

export function showRelative(instant: string, now: number, locale: string): string {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const distance = Date.parse(instant) - now;
  for (const [unit, ms] of relativeUnits) {
    if (Math.abs(distance) >= ms) return relative.format(Math.trunc(distance / ms), unit);
  }
  return relative.format(0, 'minute');
}

// "1 d 4 h", "3 h 20 min", "12 min": the two largest units, rounded down.
export function showDuration(ms: number, t: TFunction): string {
  const minutes = Math.floor(Math.abs(ms) / minuteMs);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  const parts: string[] = [];
  if (days > 0) parts.push(t('time.days', { n: days }));
  if (hours > 0) parts.push(t('time.hours', { n: hours }));
  if (days === 0 && (rest > 0 || hours === 0)) parts.push(t('time.minutes', { n: rest }));
  return parts.join(' ');
}

export function showNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
}
