// Signed notes (C2SP signed-note v1.0.0) and cosignatures (tlog-cosignature v1.0.1): a text and who signed it.
import { concat, fromBase64, fromHex, isEqual, refuse, textOf, toBase64, toHex, uint64Bytes, utf8 } from './bytes.mjs';
import { verifyEd25519 } from './ed25519.mjs';
import { sha256 } from './sha256.mjs';

const noteBytesMax = 64 << 10;
const signaturesMax = 64;
const nameBytesMax = 256;
const idBytes = 4;

export const ed25519Kind = 0x01;
export const cosignatureKind = 0x04;

const timeMax = (1n << 63n) - 1n;

// What each kind signs: its length, the time in it, the message.
const kinds = {
  [ed25519Kind]: { bytes: 64, timeOf: () => 0n, message: (text) => utf8(text), signature: (bytes) => bytes },
  [cosignatureKind]: {
    bytes: 72,
    timeOf: (bytes) => new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0),
    message: (text, time) => utf8(`cosignature/v1\ntime ${time}\n${text}`),
    signature: (bytes) => bytes.subarray(8),
  },
};

export function isKeyName(name) {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return name !== '' && utf8(name).length <= nameBytesMax && !/[\u0000-\u001f+]|\p{White_Space}/u.test(name);
}

export async function keyId(name, kind, key) {
  return (await sha256(concat(utf8(name), Uint8Array.of(0x0a, kind), key))).slice(0, idBytes);
}

// A verifier key "name+hex8(id)+base64(kind ‖ key)"; null where it is none. The base64 may have a '+' of its own.
export async function keyFrom(vkey) {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(vkey);
  const blob = match === null ? null : fromBase64(match[3]);
  if (blob === null || blob.length !== 33 || kinds[blob[0]] === undefined || !isKeyName(match[1])) return null;
  const [name, kind, key] = [match[1], blob[0], blob.subarray(1)];
  const id = await keyId(name, kind, key);
  return isEqual(id, fromHex(match[2])) ? { name, kind, key, id: toHex(id) } : null;
}

function signatureFrom(line) {
  const match = /^\u2014 ([^ ]+) ([^ ]+)$/u.exec(line);
  const bytes = match === null ? null : fromBase64(match[2]);
  if (bytes === null || bytes.length <= idBytes || !isKeyName(match[1])) refuse('malformed_note', { detail: 'a signature line' });
  return { name: match[1], id: toHex(bytes.subarray(0, idBytes)), bytes: bytes.slice(idBytes) };
}

// A note of bytes: its text ends with a line feed and begins before the last empty line.
export function noteFrom(bytes) {
  if (bytes.length > noteBytesMax) refuse('malformed_note', { detail: 'longer than a note may be' });
  const whole = textOf(bytes);
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (whole === null || /[\u0000-\u0009\u000b-\u001f]/.test(whole)) refuse('malformed_note', { detail: 'no text in UTF-8' });
  const end = whole.lastIndexOf('\n\n');
  if (end < 0 || !whole.endsWith('\n')) refuse('malformed_note', { detail: 'no empty line before signatures' });
  const lines = whole.slice(end + 2).split('\n').slice(0, -1);
  if (lines.length === 0 || lines.length > signaturesMax) refuse('malformed_note', { detail: 'no signature, or too many' });
  return { text: whole.slice(0, end + 1), signatures: lines.map(signatureFrom) };
}

// Whether the signature is this key's over the text. Its time is signed along.
async function holds(key, text, bytes) {
  const kind = kinds[key.kind];
  if (bytes.length !== kind.bytes) return false;
  const time = kind.timeOf(bytes);
  return time <= timeMax && verifyEd25519(key.key, kind.message(text, time), kind.signature(bytes));
}

// Who signed: [{ key, time }] in the note's order. Every signature must hold and be of a known key, each of another, so that no byte goes
// unchecked.
export async function signersOf(note, keys) {
  const signers = note.signatures.map(({ name, id, bytes }) => {
    const key = keys.find((known) => known.name === name && known.id === id);
    if (key === undefined) refuse('unknown_signer', { about: name });
    return { key, bytes };
  });
  const twice = signers.find(({ key }, i) => signers.findIndex((other) => other.key === key) < i);
  if (twice !== undefined) refuse('signed_twice', { about: twice.key.name });
  const results = await Promise.all(signers.map(({ key, bytes }) => holds(key, note.text, bytes)));
  const failed = results.indexOf(false);
  if (failed >= 0) refuse('signature_fails', { about: note.signatures[failed].name });
  return signers.map(({ key, bytes }) => ({ key, time: kinds[key.kind].timeOf(bytes) }));
}

// For tests, which write what is read here.
export const signatureLine = (key, bytes) => `\u2014 ${key.name} ${toBase64(concat(fromHex(key.id), bytes))}\n`;
export const cosignedBytes = (time, signature) => concat(uint64Bytes(time), signature);
