// When something that is given ends: after a span, at the end of a day, or not at all.
export const expirySpans = { day: 1, days7: 7, days30: 30, days90: 90, year: 365 } as const;

export type ExpirySpan = keyof typeof expirySpans;
export type ExpiryKind = ExpirySpan | 'never' | 'certificate' | 'date';

export interface Expiry {
  kind: ExpiryKind;
  date: string; // yyyy-mm-dd, of this device
}

const dayMs = 86_400_000;

export function isOpenEnded(kind: ExpiryKind): kind is 'never' | 'certificate' {
  return kind === 'never' || kind === 'certificate';
}

// RFC 3339; undefined for no end, null for a day that is none or past.
export function expiresAt({ kind, date }: Expiry, now = Date.now()): string | undefined | null {
  if (isOpenEnded(kind)) return undefined;
  if (kind !== 'date') return utc(now + expirySpans[kind] * dayMs);
  const end = new Date(`${date}T23:59:59`).getTime();
  return Number.isNaN(end) || end <= now ? null : utc(end);
}

function utc(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

// The day of this device as a date field writes it.
export function dayOf(ms: number): string {
  const at = new Date(ms);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
