// The container of an evidence bundle: a zip whose parts are stored, in one spelling only (APPNOTE 4.3). It is read by its own structure and
// then written again: a file that is not byte for byte what writing gives is refused.
import { concat, isEqual, refuse, textOf, utf8 } from './bytes.mjs';

const bundleBytesMax = 64 << 20;
const partsMax = 4096;
const nameBytesMax = 128;
const localBytes = 30;
const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 };
const version = 20;
const midnight1980 = { time: 0, date: 0x0021 };

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; ++bit) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes) {
  let value = 0xffffffff;
  for (let i = 0; i < bytes.length; ++i) value = (value >>> 8) ^ crcTable[(value ^ bytes[i]) & 255];
  return (value ^ 0xffffffff) >>> 0;
}

// Numbers of two bytes, and of four where they are given in a list, little-endian.
function record(...fields) {
  const bytes = new Uint8Array(fields.reduce((sum, field) => sum + (Array.isArray(field) ? 4 : 2), 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const field of fields) {
    if (Array.isArray(field)) view.setUint32(at, field[0], true);
    else view.setUint16(at, field, true);
    at += Array.isArray(field) ? 4 : 2;
  }
  return bytes;
}

// What both headers of a part say of it.
function facts({ name, bytes }) {
  const { time, date } = midnight1980;
  return record(version, 0, 0, time, date, [crc32(bytes)], [bytes.length], [bytes.length], name.length, 0);
}

export function writeZip(parts) {
  const [locals, centrals] = [[], []];
  let offset = 0;
  for (const part of parts) {
    const [name, same] = [utf8(part.name), facts(part)];
    const local = [record([signatures.local]), same, name, part.bytes];
    locals.push(...local);
    centrals.push(record([signatures.central], version), same, record(0, 0, 0, [0], [offset]), name);
    offset += localBytes + name.length + part.bytes.length;
  }
  const directory = concat(...centrals);
  const end = record([signatures.end], 0, 0, parts.length, parts.length, [directory.length], [offset], 0);
  return concat(...locals, directory, end);
}

export const isZip = (bytes) => bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true) === signatures.local;

function isName(name) {
  return name !== null && /^[a-z0-9._-]+(\/[a-z0-9._-]+)*$/.test(name) && !name.includes('..') && name.length <= nameBytesMax;
}

// [{ name, bytes }] in their order.
export function readZip(bytes) {
  if (bytes.length > bundleBytesMax) refuse('malformed_zip', { detail: 'larger than a bundle may be' });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts = [];
  for (let at = 0; at + localBytes <= bytes.length && view.getUint32(at, true) === signatures.local; ) {
    const [length, nameLength] = [view.getUint32(at + 18, true), view.getUint16(at + 26, true)];
    const start = at + localBytes + nameLength;
    const name = textOf(bytes.subarray(at + localBytes, start));
    if (start + length > bytes.length || !isName(name) || parts.length === partsMax) refuse('malformed_zip', { detail: 'a part' });
    parts.push({ name, bytes: bytes.subarray(start, start + length) });
    at = start + length;
  }
  if (parts.length === 0 || new Set(parts.map(({ name }) => name)).size !== parts.length) refuse('malformed_zip', { detail: 'names' });
  if (!isEqual(writeZip(parts), bytes)) refuse('malformed_zip', { detail: 'not in the one spelling' });
  return parts;
}
