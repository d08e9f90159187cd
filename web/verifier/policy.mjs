// Policies (C2SP tlog-policy): which logs are believed, and which witnesses must have seen a checkpoint. A policy is of octets: a name is
// what its octets are, whatever they would spell.
import { isEqual, refuse, textOf } from './bytes.mjs';
import { checkpointFrom } from './checkpoint.mjs';
import { cosignatureKind, ed25519Kind, keyFrom, noteFrom, signersOf } from './note.mjs';

const policyBytesMax = 64 << 10;
const linesMax = 512;

const octetsOf = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const utf8Of = (octets) => textOf(Uint8Array.from(octets, (octet) => octet.charCodeAt(0)));

class Reader {
  policy = { logs: [], witnesses: [], groups: [], quorum: null };
  #members = new Map(); // witnesses and groups by name, with whether a group has them already

  async key(vkey, kind, others) {
    const text = utf8Of(vkey);
    const key = text === null ? null : await keyFrom(text);
    if (key === null || key.kind !== kind) throw new Error('no key of its kind');
    if (others.some((other) => isEqual(other.key.key, key.key))) throw new Error('a public key stands twice');
    return key;
  }

  define(name) {
    if (name === 'none' || this.#members.has(name)) throw new Error('a name stands twice');
    this.#members.set(name, false);
  }

  async log([vkey, url = '', ...more]) {
    if (vkey === undefined || more.length > 0) throw new Error('log <vkey> [url]');
    this.policy.logs.push({ key: await this.key(vkey, ed25519Kind, this.policy.logs), url });
  }

  async witness([name, vkey, url = '', ...more]) {
    if (vkey === undefined || more.length > 0) throw new Error('witness <name> <vkey> [url]');
    this.define(name);
    this.policy.witnesses.push({ name, key: await this.key(vkey, cosignatureKind, this.policy.witnesses), url });
  }

  group([name, threshold, ...members]) {
    if (members.length === 0) throw new Error('group <name> <k|any|all> <member>…');
    for (const member of members) {
      if (this.#members.get(member) !== false) throw new Error('a member is not defined, or has a group');
      this.#members.set(member, true);
    }
    this.define(name);
    const needed = { any: '1', all: String(members.length) }[threshold] ?? threshold;
    if (!/^[1-9][0-9]{0,4}$/.test(needed) || Number(needed) > members.length) throw new Error('the threshold');
    this.policy.groups.push({ name, threshold: Number(needed), members });
  }

  quorum([name, ...more]) {
    if (name === undefined || more.length > 0 || this.policy.quorum !== null) throw new Error('quorum <name|none>, once');
    if (name !== 'none' && !this.#members.has(name)) throw new Error('the quorum is not defined');
    this.policy.quorum = name;
  }
}

const keywords = new Set(['log', 'witness', 'group', 'quorum']);

export async function policyFrom(bytes) {
  const text = octetsOf(bytes);
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (bytes.length > policyBytesMax || /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) refuse('malformed_policy', { detail: 'octets' });
  const reader = new Reader();
  let kept = 0;
  for (const [at, line] of text.split('\n').entries()) {
    const items = line.split(/[ \t]+/).filter((item) => item !== '');
    if (items.length === 0 || items[0].startsWith('#')) continue;
    const [keyword, ...rest] = items;
    try {
      if (!keywords.has(keyword) || ++kept > linesMax) throw new Error('not understood');
      await reader[keyword](rest);
    } catch (error) {
      refuse('malformed_policy', { detail: `line ${at + 1}: ${error.message}` });
    }
  }
  if (reader.policy.quorum === null) refuse('malformed_policy', { detail: 'no quorum line' });
  return reader.policy;
}

// Whether these witnesses (names) are a quorum. Groups stand after their members, so that one pass settles all.
export function isQuorum(policy, names) {
  const satisfied = new Set(names);
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => satisfied.has(member)).length >= threshold) satisfied.add(name);
  }
  return policy.quorum === 'none' || satisfied.has(policy.quorum);
}

// Of two in the middle the later: by then at least half of them had seen it.
function medianOf(times) {
  const sorted = [...times].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.length === 0 ? 0n : sorted[sorted.length >> 1];
}

// The note's checkpoint where the policy believes it: { checkpoint, log, witnesses: [{ name, key, time }], median }.
export async function believe(policy, noteBytes) {
  const note = noteFrom(noteBytes);
  const checkpoint = checkpointFrom(note.text);
  if (!policy.logs.some(({ key }) => key.name === checkpoint.origin)) refuse('unknown_log', { about: checkpoint.origin });
  const signers = await signersOf(note, [...policy.logs, ...policy.witnesses].map(({ key }) => key));
  const log = signers.find(({ key }) => key.kind === ed25519Kind && key.name === checkpoint.origin);
  if (log === undefined) refuse('unknown_log', { about: checkpoint.origin });
  const witnesses = policy.witnesses.flatMap(({ name, key }) => {
    const signer = signers.find((each) => each.key === key);
    return signer === undefined ? [] : [{ name: utf8Of(name) ?? name, octets: name, key: key.name, time: signer.time }];
  });
  if (!isQuorum(policy, witnesses.map(({ octets }) => octets))) refuse('no_quorum', { about: checkpoint.origin });
  return { checkpoint, log: log.key, witnesses, median: medianOf(witnesses.map(({ time }) => time)) };
}
