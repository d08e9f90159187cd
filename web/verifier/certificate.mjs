// certificate.json of a bundle: that every line of its timeline says of an entry what the entry says, by the fields that the bundle opens.
// The terms in it are the asker's, and what follows from them is worked out: neither is in the log.
import { refuse, textOf } from './bytes.mjs';
import { readJson } from './json.mjs';

const linesMax = 100_000;

const listOf = (map, name) => {
  const list = map instanceof Map ? map.get(name) : undefined;
  if (!Array.isArray(list) || list.length > linesMax) refuse('malformed_certificate', { detail: name });
  return list;
};

function linesOf(bytes) {
  const text = textOf(bytes);
  const certificate = text === null ? null : readJson(text);
  const isKnown = certificate instanceof Map && certificate.get('format') === 'fairway-certificate' && certificate.get('version') === 1n;
  if (!isKnown) refuse('malformed_certificate', { detail: 'of another format or version' });
  return listOf(certificate, 'timeline');
}

const keyOf = (path, value) => `${String(path).length}:${path}${value}`;

// What each entry shows: its fields by path, and by the list that they are elements of ("body/references/*").
function indexOf({ shown }) {
  const index = new Set();
  for (const { path, value } of shown) {
    index.add(keyOf(path, value));
    if (/\/(0|[1-9][0-9]*)$/.test(path)) index.add(keyOf(path.replace(/[0-9]+$/, '*'), value));
  }
  return index;
}

// `entries` are those that the bundle proves. How many lines there are.
export function checkCertificate(bytes, entries) {
  const lines = linesOf(bytes);
  const proven = new Map(entries.map((entry) => [entry.entry, indexOf(entry)]));
  for (const line of lines) {
    const says = listOf(line, 'says');
    const fields = proven.get(line.get('entry'));
    const isBased = (field) => field instanceof Map && fields.has(keyOf(field.get('path'), field.get('value')));
    if (fields === undefined || !says.every(isBased)) refuse('certificate_fails', { about: String(line.get('entry')) });
  }
  return lines.length;
}
