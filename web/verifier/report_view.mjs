// A report as elements of a page. Everything that comes from the file is text; nothing of it is markup.
import { fill } from './words.mjs';

const signs = { holds: '✓', fails: '✗', note: 'ℹ', own: '?', unsettled: '?' };

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

// Seconds since 1970 as text; what no calendar holds is shown as the number.
export function timeText(seconds, locale) {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999) return `${seconds} s`;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' }).format(date) + ' UTC';
}

function section(heading, ...content) {
  return element('section', { class: 'verifier-section' }, element('h3', {}, heading), ...content);
}

function table(headings, rows) {
  const head = element('tr', {}, ...headings.map((heading) => element('th', { scope: 'col' }, heading)));
  const rowOf = ([first, ...cells]) => element('tr', {}, element('th', { scope: 'row' }, first), ...cells.map((cell) => element('td', {}, cell)));
  const made = element('table', { class: 'verifier-table' }, element('thead', {}, head), element('tbody', {}, ...rows.map(rowOf)));
  return element('div', { class: 'verifier-scroll' }, made);
}

function verdictOf(report, words) {
  const { title, text } = words.verdict[report.verdict];
  return element(
    'div',
    { class: `verifier-verdict verifier-verdict-${report.verdict}` },
    element('h2', { tabindex: '-1' }, element('span', { class: 'verifier-sign', 'aria-hidden': 'true' }, signs[report.verdict]), title),
    element('p', {}, text),
  );
}

function anchorText({ anchor }, words, locale) {
  return anchor === null ? '' : fill(words.fact.anchorText, { ...anchor, time: timeText(anchor.time, locale) });
}

function factsOf(report, words, locale) {
  const { checkpoint, median } = report;
  const facts = [
    ['kind', words.kind[report.kind]],
    ['about', report.about],
    ['log', report.origin],
    ['made', report.made],
    ['due', report.due === 0n ? '' : timeText(report.due, locale)],
    ['median', median === 0n ? '' : timeText(median, locale)],
    ['size', checkpoint === null ? '' : checkpoint.size.toLocaleString(locale)],
    ['root', checkpoint === null ? '' : checkpoint.rootText],
    ['anchor', anchorText(report, words, locale)],
  ].filter(([, value]) => value !== '');
  const rows = facts.map(([name, value]) => element('div', {}, element('dt', {}, words.fact[name]), element('dd', {}, value)));
  return section(words.heading.about, element('dl', { class: 'verifier-facts' }, ...rows));
}

function findingsOf(report, words) {
  const items = report.findings.map((finding) =>
    element(
      'li',
      { class: `verifier-finding verifier-finding-${finding.verdict}` },
      element('span', { class: 'verifier-sign', 'aria-hidden': 'true' }, signs[finding.verdict]),
      element('span', { class: 'visually-hidden' }, `${words.mark[finding.verdict]}: `),
      element('span', {}, fill(words.finding[finding.code], finding)),
      finding.detail === '' ? null : element('span', { class: 'verifier-detail', lang: 'en' }, finding.detail),
    ),
  );
  return section(words.heading.checked, element('ul', { class: 'verifier-findings' }, ...items));
}

function witnessesOf(report, words, locale) {
  if (report.witnesses.length === 0) return null;
  const rows = report.witnesses.map(({ name, key, time }) => [name, key, timeText(time, locale)]);
  return section(words.heading.witnesses, table([words.witness.name, words.witness.key, words.witness.time], rows));
}

// A field's JSON as people read it: a text without its quotes, and the moment of "received" besides its microseconds.
function legible({ path, value }, locale) {
  if (path === 'received' && /^[0-9]{1,17}$/.test(value)) return `${timeText(BigInt(value) / 1_000_000n, locale)} (${value})`;
  try {
    const parsed = JSON.parse(value);
    return typeof parsed === 'string' ? parsed : value;
  } catch {
    return value;
  }
}

function fieldsOf({ shown, hidden }, words, locale) {
  const rows = shown.map((field) => [field.path, legible(field, locale)]);
  const count = hidden === undefined ? '' : element('p', { class: 'verifier-hidden' }, fill(words.entry.hidden, { count: hidden }));
  return shown.length === 0 ? [count] : [table([words.entry.field, words.entry.value], rows), count];
}

// The fields of an entry are made when somebody unfolds it: a bundle may have a thousand.
function entryOf(entry, words, locale, isOpen) {
  const title = fill(words.entry.title, { entry: entry.entry });
  if (entry.hidden === null) return element('p', {}, `${title}. ${words.entry.bare}`);
  const details = element('details', { class: 'verifier-entry' }, element('summary', {}, title));
  const unfold = () => details.open && details.childElementCount === 1 && details.append(...fieldsOf(entry, words, locale));
  details.addEventListener('toggle', unfold);
  details.open = isOpen;
  unfold();
  return details;
}

function entriesOf(report, words, locale) {
  if (report.entries.length === 0) return null;
  const openedAtOnce = 3;
  return section(words.heading.entries, ...report.entries.map((entry, i) => entryOf(entry, words, locale, i < openedAtOnce)));
}

function limitsOf(report, words) {
  if (report.kind === 'receipt') return null; // it proves nothing yet, and says so
  return section(words.heading.limits, element('ul', { class: 'verifier-limits' }, ...words.limits.map((text) => element('li', {}, text))));
}

// What a file says of itself is shown only where nothing in it is wrong.
export function reportView(report, { words, locale }) {
  const isSound = report.verdict === 'holds' || report.verdict === 'own';
  const said = isSound ? [factsOf, witnessesOf, entriesOf, limitsOf] : [];
  const sections = [verdictOf, findingsOf, ...said].map((section) => section(report, words, locale)).filter((each) => each !== null);
  return element('article', { class: 'verifier-report' }, ...sections);
}
