// Proofs of inclusion (C2SP tlog-proof): that an entry is in a log, under a checkpoint that a policy believes.
import { concat, fromBase64, fromDecimal, isEqual, refuse, textOf, utf8 } from './bytes.mjs';
import { isIncluded, leafHash } from './merkle.mjs';

const proofBytesMax = 128 << 10;
const hashesMax = 64;
const entryBytes = 33;
const firstLine = 'c2sp.org/tlog-proof@v1';

const isProof = (bytes) => isEqual(bytes.subarray(0, firstLine.length), utf8(firstLine));

function hashFrom(line) {
  const hash = fromBase64(line);
  if (hash === null || hash.length !== 32) refuse('malformed_proof', { detail: 'a hash' });
  return hash;
}

// { extra, index, hashes, checkpoint }: `checkpoint` is the bytes of the note, verbatim.
export function proofFrom(bytes) {
  if (bytes.length > proofBytesMax) refuse('malformed_proof', { detail: 'longer than a proof may be' });
  const text = textOf(bytes);
  const end = text === null ? -1 : text.indexOf('\n\n');
  if (end < 0) refuse('malformed_proof', { detail: 'no empty line before the checkpoint' });
  const [first, ...lines] = text.slice(0, end).split('\n');
  if (first !== firstLine) refuse('malformed_proof', { detail: 'the first line' });
  let extra = null;
  if (lines[0]?.startsWith('extra ')) {
    extra = fromBase64(lines.shift().slice('extra '.length));
    if (extra === null) refuse('malformed_proof', { detail: 'extra' });
  }
  const index = fromDecimal(/^index (.*)$/.exec(lines.shift() ?? '')?.[1] ?? '');
  if (index === null) refuse('malformed_proof', { detail: 'index' });
  if (lines.length > hashesMax) refuse('malformed_proof', { detail: 'too many hashes' });
  return { extra, index, hashes: lines.map(hashFrom), checkpoint: utf8(text.slice(end + 2)) };
}

// An entry of Fairway's is of 33 bytes: its version and the commitment.
export function entryOf(proof) {
  if (proof.extra === null || proof.extra.length !== entryBytes || proof.extra[0] !== 1) {
    refuse('malformed_proof', { detail: 'extra is no entry of Fairway' });
  }
  return proof.extra;
}

export async function isProven(proof, entry, { size, root }) {
  return isIncluded(proof.index, size, await leafHash(entry), proof.hashes, root);
}

export const entryFrom = (commitment) => concat(Uint8Array.of(1), commitment);
export { isProof };
