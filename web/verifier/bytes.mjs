// Bytes and texts, read strictly: each value has one spelling, and any other is refused.

// Why a file is refused: `code` is a name in words.mjs, `about` what it concerns (a part, a signer), `detail` says more, in English.
export class Refusal extends Error {
  constructor(code, { about = '', detail = '' } = {}) {
    super(detail === '' ? code : `${code}: ${detail}`);
    Object.assign(this, { code, about, detail });
  }
}

/** @returns {never} */
export function refuse(code, more) {
  throw new Refusal(code, more);
}

export const uint64Max = (1n << 64n) - 1n;

const encoder = new TextEncoder();
export const utf8 = (text) => encoder.encode(text);

// The text of the bytes, or null where they are no UTF-8. A byte order mark is a character as any other.
export function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function concat(...parts) {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function isEqual(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

export const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export function fromHex(text) {
  if (!/^([0-9a-f]{2})*$/.test(text)) return null;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function uint64Bytes(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sextets = new Map([...alphabet].map((letter, value) => [letter, value]));

export function toBase64(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += alphabet[group >> 18] + alphabet[(group >> 12) & 63];
    text += i + 1 < bytes.length ? alphabet[(group >> 6) & 63] : '=';
    text += i + 2 < bytes.length ? alphabet[group & 63] : '=';
  }
  return text;
}

// RFC 4648, section 4, with padding, and with the bits that carry nothing zero; null for any other spelling.
export function fromBase64(text) {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    let group = 0;
    for (let k = 0; k < 4; ++k) {
      const isPadding = i + k >= text.length - padding;
      const value = isPadding ? 0 : sextets.get(text[i + k]);
      if (value === undefined) return null;
      group = (group << 6) | value;
    }
    for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8) bytes[at++] = (group >> shift) & 255;
  }
  return toBase64(bytes) === text ? bytes : null;
}

// A decimal number of 64 bits without leading zeros; null for any other spelling.
export function fromDecimal(text) {
  if (!/^(0|[1-9][0-9]{0,19})$/.test(text)) return null;
  const value = BigInt(text);
  return value <= uint64Max ? value : null;
}
