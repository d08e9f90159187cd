// The curve of Ed25519 (RFC 8032, 5.1) in big integers, for browsers whose cryptography does not know it. It verifies and never signs, so
// that there is no secret whose use could be timed.
import { toHex } from './bytes.mjs';

export const prime = 2n ** 255n - 19n;
export const order = 2n ** 252n + 27742317777372353535851937790883648493n;

const reduce = (value) => {
  const rest = value % prime;
  return rest < 0n ? rest + prime : rest;
};

function power(base, exponent) {
  let result = 1n;
  for (let factor = reduce(base), left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * factor) % prime;
    factor = (factor * factor) % prime;
  }
  return result;
}

const d = reduce(-121665n * power(121666n, prime - 2n));
const rootOfMinusOne = power(2n, (prime - 1n) / 4n);

// Extended coordinates (5.1.4): x = X/Z, y = Y/Z, T = XY/Z.
const point = (x, y) => ({ x, y, z: 1n, t: (x * y) % prime });
const neutral = point(0n, 1n);

function add(p, q) {
  const a = reduce((p.y - p.x) * (q.y - q.x));
  const b = reduce((p.y + p.x) * (q.y + q.x));
  const c = reduce(2n * p.t * q.t * d);
  const e = reduce(2n * p.z * q.z);
  const [f, g, h, i] = [b - a, e - c, e + c, b + a];
  return { x: reduce(f * g), y: reduce(h * i), z: reduce(g * h), t: reduce(f * i) };
}

function times(scalar, base) {
  let result = neutral;
  for (let addend = base, left = scalar; left > 0n; left >>= 1n) {
    if (left & 1n) result = add(result, addend);
    addend = add(addend, addend);
  }
  return result;
}

const isSame = (p, q) => reduce(p.x * q.z - q.x * p.z) === 0n && reduce(p.y * q.z - q.y * p.z) === 0n;
const negative = (p) => ({ x: reduce(-p.x), y: p.y, z: p.z, t: reduce(-p.t) });

// The x of a y, of the parity asked for (5.1.3); null where there is none.
function xOf(y, isOdd) {
  const [u, v] = [reduce(y * y - 1n), reduce(d * y * y + 1n)];
  let x = reduce(u * power(v, 3n) * power(u * power(v, 7n), (prime - 5n) / 8n));
  const square = reduce(v * x * x);
  if (square === reduce(-u)) x = reduce(x * rootOfMinusOne);
  else if (square !== u) return null;
  if (x === 0n && isOdd) return null;
  return (x & 1n) === (isOdd ? 1n : 0n) ? x : prime - x;
}

function decode(bytes) {
  const value = BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`);
  const y = value & ((1n << 255n) - 1n);
  if (y >= prime) return null;
  const x = xOf(y, value >> 255n === 1n);
  return x === null ? null : point(x, y);
}

const baseY = reduce(4n * power(5n, prime - 2n));
const base = point(xOf(baseY, false), baseY);

// Whether scalar·B = nonce + challenge·key.
export function verifyOnCurve(keyBytes, nonceBytes, scalar, challenge) {
  const [key, nonce] = [decode(keyBytes), decode(nonceBytes)];
  if (key === null || nonce === null || scalar >= order) return false;
  return isSame(add(times(scalar, base), times(challenge, negative(key))), nonce);
}
