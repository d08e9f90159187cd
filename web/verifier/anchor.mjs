// anchor.json of a bundle: that the tree which was anchored on a chain and the tree of the bundle's checkpoint are one log. Whether the chain
// says so as well only a node of the chain can tell.
import { fromBase64, fromDecimal, refuse, textOf } from './bytes.mjs';
import { readJson } from './json.mjs';
import { isConsistent } from './merkle.mjs';

const hashesMax = 128;

function memberOf(map, name) {
  return map instanceof Map ? map.get(name) : undefined;
}

function numberOf(record, name) {
  const value = memberOf(record, name);
  if (typeof value !== 'bigint' || fromDecimal(String(value)) === null) refuse('malformed_anchor', { detail: name });
  return value;
}

function hashFrom(value) {
  const hash = typeof value === 'string' ? fromBase64(value) : null;
  if (hash === null || hash.length !== 32) refuse('malformed_anchor', { detail: 'a hash' });
  return hash;
}

export function anchorFrom(bytes) {
  const text = textOf(bytes);
  const whole = text === null ? null : readJson(text, { anySpelling: true });
  if (memberOf(whole, 'version') !== 1n) refuse('malformed_anchor', { detail: 'of another version' });
  const [record, hashes] = [memberOf(whole, 'record'), memberOf(whole, 'consistency')];
  if (!Array.isArray(hashes) || hashes.length > hashesMax) refuse('malformed_anchor', { detail: 'no consistency proof' });
  return {
    origin: String(memberOf(record, 'origin') ?? ''),
    contract: String(memberOf(record, 'contract') ?? ''),
    size: numberOf(record, 'size'),
    time: numberOf(record, 'blockTime'),
    block: numberOf(record, 'blockNumber'),
    chain: numberOf(record, 'chainId'),
    root: hashFrom(memberOf(record, 'root')),
    proof: hashes.map(hashFrom),
  };
}

export async function checkAnchor(bytes, checkpoint) {
  const anchor = anchorFrom(bytes);
  if (anchor.origin !== checkpoint.origin) refuse('other_log', { about: anchor.origin });
  const [from, to] = anchor.size <= checkpoint.size ? [anchor, checkpoint] : [checkpoint, anchor];
  if (!(await isConsistent(from.size, to.size, from.root, to.root, anchor.proof))) refuse('anchor_fails');
  return anchor;
}
