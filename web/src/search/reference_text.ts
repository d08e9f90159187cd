// What a person types for a reference, and what can be said of it before anybody is asked.
import type { ReferenceKind } from '../api/types';
import { en } from '../i18n/en';

const kinds = new Set(Object.keys(en.kind));

// Upper case and without outer blanks; a container number also without its blanks and hyphens. A kind before a colon
// ("booking:177NHK0042") stays as the API writes it.
export function normalise(typed: string): string {
  const colon = typed.indexOf(':');
  const kind = typed.slice(0, Math.max(colon, 0)).trim().toLowerCase();
  return kinds.has(kind) ? `${kind}:${normaliseValue(typed.slice(colon + 1))}` : normaliseValue(typed);
}

function normaliseValue(typed: string): string {
  const text = typed.trim().toUpperCase().replace(/\s+/g, ' ');
  const joined = text.replace(/[\s-]/g, '');
  return /^[A-Z]{3}[UJZ]\d{6,7}$/.test(joined) ? joined : text;
}

// The check digit of ISO 6346 for four letters and six digits: A is 10 and so on, leaving out multiples of 11.
function checkDigit(prefix: string): number {
  let sum = 0;
  for (let i = 0; i < 10; ++i) {
    let value = prefix.charCodeAt(i) - 48;
    if (i < 4) {
      value = prefix.charCodeAt(i) - 65 + 10;
      value += (value > 10 ? 1 : 0) + (value > 20 ? 1 : 0) + (value > 30 ? 1 : 0);
    }
    sum += value * 2 ** i;
  }
  return (sum % 11) % 10;
}

export type ContainerCheck = { correct: true } | { correct: false; expected: number };

// Null where the text is not a whole container number.
export function checkContainer(reference: string): ContainerCheck | null {
  if (!/^[A-Z]{3}[UJZ]\d{7}$/.test(reference)) return null;
  const expected = checkDigit(reference.slice(0, 10));
  return Number(reference[10]) === expected ? { correct: true } : { correct: false, expected };
}

export function trackPath(reference: string): string {
  return `/track/${encodeURIComponent(reference)}`;
}

export interface TypedReference {
  kind: ReferenceKind;
  value: string;
}

// "booking:177NHK0042" as the API writes it; null where the kind is none.
export function parseReference(text: string): TypedReference | null {
  const colon = text.indexOf(':');
  const kind = text.slice(0, Math.max(colon, 0));
  return kinds.has(kind) && colon + 1 < text.length ? { kind: kind as ReferenceKind, value: text.slice(colon + 1) } : null;
}

// What was typed with its kind: as written, or a container by its form, or of `otherKind`.
export function typedReference(typed: string, otherKind: ReferenceKind): TypedReference {
  const text = normalise(typed);
  return parseReference(text) ?? { kind: /^[A-Z]{3}[UJZ]\d{7}$/.test(text) ? 'equipment' : otherKind, value: text };
}
