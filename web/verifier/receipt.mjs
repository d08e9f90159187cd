// Receipts: the log's signed promise that what was submitted is in its tree by a time (docs/reference/ledger.md, "Receipts"). The promises that
// were signed together are the leaves of a small tree of 2^n leaves.
import { fromBase64, fromDecimal, refuse, textOf, utf8 } from './bytes.mjs';
import { membersOf, readJson } from './json.mjs';
import { isIncluded, leafHash } from './merkle.mjs';
import { noteFrom, signersOf } from './note.mjs';

const receiptBytesMax = 8 << 20;
const entriesMax = 10_000;
const pathMax = 32;
const opening = '{"version":1,"promise":';

export const isReceipt = (bytes) => textOf(bytes.subarray(0, opening.length)) === opening;

function hashFrom(text) {
  const hash = typeof text === 'string' ? fromBase64(text) : null;
  if (hash === null || hash.length !== 32) refuse('malformed_receipt', { detail: 'a hash' });
  return hash;
}

function entryFrom(value) {
  const entry = membersOf(value, { entry: 'integer', event: 'text?', digest: 'text' });
  if (entry === null || entry.event === '' || fromDecimal(String(entry.entry)) === null) refuse('malformed_receipt', { detail: 'an entry' });
  hashFrom(entry.digest);
  return entry;
}

function promiseFrom(value) {
  const promise = membersOf(value, { party: 'text', sent: 'text', entries: 'list' });
  const count = promise?.entries.length ?? 0;
  if (count === 0 || count > entriesMax) refuse('malformed_receipt', { detail: 'the promise' });
  hashFrom(promise.sent);
  return { ...promise, entries: promise.entries.map(entryFrom) };
}

// { promise, leaf, index, path, note }: `leaf` is the promise as it is written, which is what is hashed.
export function receiptFrom(bytes) {
  const text = bytes.length > receiptBytesMax ? null : textOf(bytes);
  const shape = { version: 'integer', promise: 'any', index: 'integer', path: 'list', note: 'text' };
  const receipt = membersOf(text === null ? null : readJson(text), shape);
  const isKnown = receipt !== null && receipt.version === 1n && fromDecimal(String(receipt.index)) !== null && receipt.path.length <= pathMax;
  if (!isKnown) refuse('malformed_receipt', { detail: 'not in the one spelling' });
  // The index comes after the promise, and neither a hash nor a note that is quoted has these characters in it.
  const leaf = text.slice(opening.length, text.lastIndexOf(',"index":'));
  return { ...receipt, promise: promiseFrom(receipt.promise), leaf: utf8(leaf), path: receipt.path.map(hashFrom), note: utf8(receipt.note) };
}

function termsFrom(text) {
  const [first, origin, root, by, end, ...more] = text.split('\n');
  const due = fromDecimal(by ?? '');
  if (first !== 'fairway-receipt/v1' || due === null || end !== '' || more.length > 0) refuse('malformed_receipt', { detail: 'the note' });
  return { origin, root: hashFrom(root), due };
}

// What the log of the policy has promised: { origin, due, promise }.
export async function checkReceipt(bytes, policy) {
  const receipt = receiptFrom(bytes);
  const note = noteFrom(receipt.note);
  const { origin, root, due } = termsFrom(note.text);
  const logs = policy.logs.filter(({ key }) => key.name === origin);
  if (logs.length === 0) refuse('unknown_log', { about: origin });
  if (note.signatures.length !== 1) refuse('malformed_note', { detail: 'a receipt has one signature' });
  await signersOf(note, logs.map(({ key }) => key));
  const size = 1n << BigInt(receipt.path.length);
  if (!(await isIncluded(receipt.index, size, await leafHash(receipt.leaf), receipt.path, root))) refuse('not_promised');
  return { origin, due, promise: receipt.promise };
}
