// The reads that are shown as a CSV file (RFC 4180), with a byte order mark for spreadsheets that ask for one.
import type { TFunction } from 'i18next';

import type { Read } from '../api/types';
import { dayOf } from '../ui/expiry';

// A spreadsheet takes a cell that begins so for a formula; somebody else's text must not become one.
const formula = /^[=+\-@\t\r]/;

function cell(value: string | number): string {
  const text = String(value);
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

export function csvOf(reads: readonly Read[], t: TFunction): string {
  const names = ['at', 'reader', 'readerId', 'role', 'by', 'channel', 'basis', 'grant', 'purpose', 'references', 'events'] as const;
  const rows = reads.map((read) => [
    read.at,
    read.reader.name,
    read.reader.id,
    t(`role.${read.reader.role}`),
    read.person === undefined ? '' : t(read.person ? 'looked.byPerson' : 'looked.bySystem'),
    t(`looked.channel.${read.channel}`),
    t(`looked.basis.${read.basis}`),
    read.grant ?? '',
    read.purpose ?? '',
    read.references.join(' '),
    read.events,
  ]);
  const head = names.map((name) => t(`looked.columns.${name}`));
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

export function saveReads(reads: readonly Read[], t: TFunction): void {
  const address = URL.createObjectURL(new Blob(['\ufeff', csvOf(reads, t)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `fairway-who-looked-${dayOf(Date.now())}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}
