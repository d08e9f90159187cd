// Ed25519 (RFC 8032, 5.1.7), verifying only, with the browser's own implementation where it has one and with curve.mjs where it has none.
//
// Implementations differ about keys and nonces of small order and about points and scalars with a second spelling. All of these are
// refused here first, so that every browser gives one answer.
import { concat, toHex } from './bytes.mjs';
import { order, prime, verifyOnCurve } from './curve.mjs';

const littleEndian = (bytes) => BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`);

// The y coordinates of the eight points whose order divides eight.
const smallOrder = new Set([
  0n,
  1n,
  prime - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
]);

function isSoundPoint(bytes) {
  const y = littleEndian(bytes) & ((1n << 255n) - 1n);
  return y < prime && !smallOrder.has(y);
}

async function sha512(...parts) {
  return new Uint8Array(await crypto.subtle.digest('SHA-512', concat(...parts)));
}

let native; // a promise of whether the browser verifies Ed25519 itself, asked once

function hasNative() {
  native ??= crypto.subtle.importKey('raw', new Uint8Array(32).fill(3), 'Ed25519', false, ['verify']).then(
    () => true,
    (error) => error.name === 'DataError', // knows the algorithm and not this key
  );
  return native;
}

async function verifyNatively(key, message, signature) {
  try {
    const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', imported, signature, message);
  } catch {
    return false; // a key that is no point
  }
}

export async function verifyHere(key, message, signature) {
  const [nonce, scalar] = [signature.subarray(0, 32), littleEndian(signature.subarray(32))];
  const challenge = littleEndian(await sha512(nonce, key, message)) % order;
  return verifyOnCurve(key, nonce, scalar, challenge);
}

export async function verifyEd25519(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  const [nonce, scalar] = [signature.subarray(0, 32), signature.subarray(32)];
  if (!isSoundPoint(key) || !isSoundPoint(nonce) || littleEndian(scalar) >= order) return false;
  return (await hasNative()) ? verifyNatively(key, message, signature) : verifyHere(key, message, signature);
}
