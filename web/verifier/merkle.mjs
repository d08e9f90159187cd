// The Merkle tree of RFC 6962, section 2.1: that a leaf is in a tree, and that one tree grew out of another. Sizes and indexes are BigInt.
// A proof with a hash too few or too many is refused like a wrong one; the algorithms are those of RFC 9162, section 2.1.
import { concat, isEqual } from './bytes.mjs';
import { sha256 } from './sha256.mjs';

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

export const leafHash = (entry) => sha256(concat(leafPrefix, entry));
export const nodeHash = (left, right) => sha256(concat(nodePrefix, left, right));

const isOdd = (value) => (value & 1n) === 1n;

// The way from a leaf to the root: at each step whether the sibling is on the left. `last` is the last node of the level, and `node` is
// lifted past the levels at which it has no sibling.
class Climb {
  constructor(node, last) {
    Object.assign(this, { node, last });
  }

  get isDone() {
    return this.last === 0n;
  }

  // Whether the next sibling is on the left; goes up one node.
  step() {
    const left = isOdd(this.node) || this.node === this.last;
    if (left) {
      while (!isOdd(this.node) && this.node !== 0n) this.#up();
    }
    this.#up();
    return left;
  }

  skipWhileOdd() {
    while (isOdd(this.node)) this.#up();
  }

  #up() {
    this.node >>= 1n;
    this.last >>= 1n;
  }
}

export async function isIncluded(index, size, leaf, proof, root) {
  if (index >= size || leaf.length !== 32) return false;
  const climb = new Climb(index, size - 1n);
  let hash = leaf;
  for (const sibling of proof) {
    if (climb.isDone) return false;
    hash = await (climb.step() ? nodeHash(sibling, hash) : nodeHash(hash, sibling));
  }
  return climb.isDone && isEqual(hash, root);
}

// From the tree of `from` leaves to that of `to`. Nothing follows from a tree of no leaves.
export async function isConsistent(from, to, fromRoot, toRoot, proof) {
  if (from === 0n || from > to) return false;
  if (from === to) return proof.length === 0 && isEqual(fromRoot, toRoot);
  if (proof.length === 0) return false;
  const climb = new Climb(from - 1n, to - 1n);
  climb.skipWhileOdd();
  // Where `from` is a power of two its root is the first node itself, which the proof leaves out.
  const path = climb.node === 0n ? [fromRoot, ...proof] : proof;
  let [older, newer] = [path[0], path[0]];
  for (const sibling of path.slice(1)) {
    if (climb.isDone) return false;
    if (climb.step()) {
      [older, newer] = await Promise.all([nodeHash(sibling, older), nodeHash(sibling, newer)]);
    } else {
      newer = await nodeHash(newer, sibling);
    }
  }
  return climb.isDone && isEqual(older, fromRoot) && isEqual(newer, toRoot);
}
