// Openings: an entry of Fairway's shown in part (docs/reference/ledger.md, "Commitments").
import { concat, fromBase64, fromDecimal, refuse, textOf, utf8 } from './bytes.mjs';
import { membersOf, readJson } from './json.mjs';
import { entryFrom } from './proof.mjs';
import { sha256 } from './sha256.mjs';

const fieldsMax = 4096;
const pathBytesMax = 0xffff;
const fieldPrefix = Uint8Array.of(0x10);
const recordPrefix = Uint8Array.of(0x11);

function hashOf(text, what) {
  const bytes = fromBase64(text);
  if (bytes === null || bytes.length !== 32) refuse('malformed_opening', { detail: what });
  return bytes;
}

function fieldFrom(value) {
  const hidden = membersOf(value, { commitment: 'text' });
  if (hidden !== null) return { commitment: hashOf(hidden.commitment, 'a commitment') };
  const shown = membersOf(value, { path: 'text', value: 'text', salt: 'text' });
  if (shown === null || utf8(shown.path).length > pathBytesMax) refuse('malformed_opening', { detail: 'a field' });
  return { path: shown.path, value: shown.value, salt: hashOf(shown.salt, 'a salt') };
}

// { entry, fields: [{ path, value, salt } | { commitment }] }
export function openingFrom(bytes) {
  const text = textOf(bytes);
  const opening = membersOf(text === null ? null : readJson(text), { version: 'integer', entry: 'integer', fields: 'list' });
  if (opening === null || opening.version !== 1n) refuse('malformed_opening', { detail: 'not in the one spelling' });
  if (fromDecimal(String(opening.entry)) === null || opening.entry === 0n) refuse('malformed_opening', { detail: 'entry' });
  if (opening.fields.length === 0 || opening.fields.length > fieldsMax) refuse('malformed_opening', { detail: 'fields' });
  return { entry: opening.entry, fields: opening.fields.map(fieldFrom) };
}

export async function fieldCommitment({ path, value, salt }) {
  const name = utf8(path);
  return sha256(concat(fieldPrefix, salt, Uint8Array.of(name.length >> 8, name.length & 255), name, utf8(value)));
}

// The 33 bytes that it opens.
export async function entryOpened(opening) {
  const hashes = await Promise.all(opening.fields.map((field) => field.commitment ?? fieldCommitment(field)));
  return entryFrom(await sha256(concat(recordPrefix, ...hashes)));
}
