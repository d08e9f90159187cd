// certificate.json of a bundle: that every line of its timeline says of an entry what the entry says, by the fields that the bundle opens.
// The terms in it are the asker's, and what follows from them is worked out: neither is in the log.
import { refuse, textOf } from './bytes.mjs';
import { quote, readJson } from './json.mjs';

const linesMax = 10_000;
const citedMax = 1_000;

function listOf(map, name, countMax) {
  const list = map instanceof Map ? map.get(name) : undefined;
  if (!Array.isArray(list) || list.length > countMax) refuse('malformed_certificate', { detail: name });
  return list;
}

function linesOf(bytes) {
  const text = textOf(bytes);
  const certificate = text === null ? null : readJson(text, { anySpelling: true });
  const isKnown = certificate instanceof Map && certificate.get('format') === 'fairway-certificate' && certificate.get('version') === 1n;
  if (!isKnown) refuse('malformed_certificate', { detail: 'of another format or version' });
  return listOf(certificate, 'timeline', linesMax);
}

const keyOf = (path, value) => `${String(path).length}:${path}${value}`;

// What an entry shows: its fields by path, and by the list that they are elements of ("body/references/*"); and the moments that it names.
function indexOf({ shown }) {
  const fields = new Set();
  for (const { path, value } of shown) {
    fields.add(keyOf(path, value));
    if (/\/[0-9]+$/.test(path)) fields.add(keyOf(path.replace(/[0-9]+$/, '*'), value));
  }
  const occurred = shown.filter(({ path }) => path === 'body/occurred').map(({ value }) => readJson(value, { anySpelling: true }));
  return { fields, moments: occurred.map((value) => momentOf(value instanceof Map ? value.get('instant') : null)) };
}

// RFC 3339 as microseconds since 1970; null where it is none.
function momentOf(text) {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?(Z|[+-]\d\d:\d\d)$/.exec(text);
  const seconds = match === null ? Number.NaN : Date.parse(match[1] + match[3]);
  return Number.isNaN(seconds) ? null : BigInt(seconds) * 1000n + BigInt((match[2] ?? '').padEnd(6, '0'));
}

// What a line says in words of its own is what the fields say, as well as what it cites.
function isBased(line, { fields, moments }) {
  const cited = listOf(line, 'says', citedMax);
  const isShown = (field) => field instanceof Map && fields.has(keyOf(field.get('path'), field.get('value')));
  if (cited.length === 0 || !cited.every(isShown)) return false;
  for (const member of ['milestone', 'classifier', 'reason']) {
    const said = line.get(member);
    if (typeof said === 'string' && said !== '' && !fields.has(keyOf(`body/${member}`, quote(said)))) return false;
  }
  const observed = momentOf(line.get('observedAt'));
  return observed !== null && moments.includes(observed);
}

// `entries` are those that the bundle proves. How many lines there are.
export function checkCertificate(bytes, entries) {
  const lines = linesOf(bytes);
  const proven = new Map(entries.map((entry) => [entry.entry, indexOf(entry)]));
  for (const line of lines) {
    const entry = line instanceof Map ? proven.get(line.get('entry')) : undefined;
    if (entry === undefined || !isBased(line, entry)) refuse('certificate_fails', { about: String(line.get?.('entry') ?? '') });
  }
  return lines.length;
}
