// A log, witnesses, proofs and evidence bundles of one's own, so that the verifier has something to judge without the program: written from
// docs/reference/ledger.md with node:crypto alone.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

// A key that may sign notes; `kind` 1 is a log's, 4 a witness's. The seed follows from the name.
export function signer(name, kind) {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, sha256(`seed of ${name}`)]), format: 'der', type: 'pkcs8' });
  const key = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(12);
  const blob = Buffer.concat([Buffer.of(kind), key]);
  const id = sha256(name, '\n', blob).subarray(0, 4);
  const line = (bytes) => `\u2014 ${name} ${base64(Buffer.concat([id, bytes]))}\n`;
  return {
    name,
    vkey: `${name}+${id.toString('hex')}+${base64(blob)}`,
    sign: (text) => line(sign(null, Buffer.from(text), privateKey)),
    cosign: (text, time) => {
      const stamp = Buffer.alloc(8);
      stamp.writeBigUInt64BE(BigInt(time));
      return line(Buffer.concat([stamp, sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), privateKey)]));
    },
  };
}

export const log = signer('log.test/port', 1);
export const witnesses = ['carrier.test/w', 'terminal.test/w', 'customs.test/w'].map((name) => signer(name, 4));
const names = ['carrier', 'terminal', 'customs'];

export const policy = [
  `log ${log.vkey}`,
  ...witnesses.map(({ vkey }, i) => `witness ${names[i]} ${vkey}`),
  'group trade any carrier terminal',
  'group both all trade customs',
  'quorum both',
  '',
].join('\n');

const largestPowerBelow = (size) => 2 ** (31 - Math.clz32(size - 1));

const known = new Map(); // roots of subtrees, which many proofs share

function root(leaves) {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0];
  const name = `${leaves.length} ${base64(leaves[0])} ${base64(leaves.at(-1))}`;
  if (!known.has(name)) {
    const split = largestPowerBelow(leaves.length);
    known.set(name, sha256(Buffer.of(1), root(leaves.slice(0, split)), root(leaves.slice(split))));
  }
  return known.get(name);
}

// RFC 6962, 2.1.1 and 2.1.2, as they are written there.
function pathTo(index, leaves) {
  if (leaves.length <= 1) return [];
  const split = largestPowerBelow(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split ? [...pathTo(index, left), root(right)] : [...pathTo(index - split, right), root(left)];
}

export function consistency(from, leaves, whole = true) {
  if (from === leaves.length) return whole ? [] : [root(leaves)];
  const split = largestPowerBelow(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  if (from <= split) return [...consistency(from, left, whole), root(right)];
  return [...consistency(from - split, right, false), root(left)];
}

// Fields of one entry: [path, JSON], and whether each is shown.
export function opening(entry, fields, isShown = () => true) {
  const salted = fields.map(([path, value], i) => ({ path, value, salt: sha256(`salt ${entry} ${i}`) }));
  const hashes = salted.map(({ path, value, salt }) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(Buffer.byteLength(path));
    return sha256(Buffer.of(0x10), salt, length, path, value);
  });
  const shown = salted.map(({ path, value, salt }, i) => {
    if (!isShown(path)) return `{"commitment":"${base64(hashes[i])}"}`;
    return `{"path":${JSON.stringify(path)},"value":${JSON.stringify(value)},"salt":"${base64(salt)}"}`;
  });
  return {
    logEntry: Buffer.concat([Buffer.of(1), sha256(Buffer.of(0x11), ...hashes)]),
    json: `{"version":1,"entry":${entry},"fields":[${shown.join(',')}]}`,
  };
}

export class Tree {
  constructor(entries) {
    this.entries = entries;
    this.leaves = entries.map((entry) => sha256(Buffer.of(0), entry));
  }

  get root() {
    return root(this.leaves);
  }

  path(index) {
    return pathTo(index, this.leaves);
  }

  checkpoint({ origin = log.name, by = [log], witnessed = witnesses, time = 1_795_000_000 } = {}) {
    const text = `${origin}\n${this.leaves.length}\n${base64(this.root)}\n`;
    return `${text}\n${by.map((each) => each.sign(text)).join('')}${witnessed.map((each, i) => each.cosign(text, BigInt(time) + BigInt(i))).join('')}`;
  }

  proof(index, checkpoint = this.checkpoint()) {
    const hashes = this.path(index).map((hash) => `${base64(hash)}\n`);
    return `c2sp.org/tlog-proof@v1\nextra ${base64(this.entries[index])}\nindex ${index}\n${hashes.join('')}\n${checkpoint}`;
  }
}

export function zip(parts) {
  const numbers = (...pairs) => {
    const bytes = Buffer.alloc(pairs.reduce((sum, [, size]) => sum + size, 0));
    pairs.reduce((at, [value, size]) => bytes.writeUIntLE(value, at, size), 0);
    return bytes;
  };
  const files = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const bytes = Buffer.from(content);
    const same = numbers([20, 2], [0, 2], [0, 2], [0, 2], [0x21, 2], [crc32(bytes), 4], [bytes.length, 4], [bytes.length, 4], [name.length, 2], [0, 2]);
    files.push(Buffer.concat([Buffer.from('PK\x03\x04'), same, Buffer.from(name), bytes]));
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), numbers([20, 2]), same, numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), Buffer.from(name)]));
    offset += files.at(-1).length;
  }
  const central = Buffer.concat(directory);
  const end = [[0, 2], [0, 2], [parts.length, 2], [parts.length, 2], [central.length, 4], [offset, 4], [0, 2]];
  return Buffer.concat([...files, central, Buffer.from('PK\x05\x06'), numbers(...end)]);
}

export function manifest(parts, { origin = log.name, made = '2026-11-23T20:00:00Z', about = 'equipment:CSQU3054383' } = {}) {
  const listed = parts.map(([name, content]) => ({ name, bytes: Buffer.byteLength(content), sha256: sha256(content).toString('hex') }));
  return JSON.stringify({ format: 'fairway-evidence', version: 1, origin, made, about, parts: listed });
}

export function bundle(parts, { by = log, listed = manifest(parts) } = {}) {
  const text = `fairway-evidence/v1\n${log.name}\n${base64(sha256(listed))}\n`;
  return zip([['manifest.json', listed], ['seal', `${text}\n${by.sign(text)}`], ...parts]);
}

// Receipts for promises that are signed together, as many as a power of two.
export function receipts(promises, { by = log, due = 1_795_000_060 } = {}) {
  const texts = promises.map(({ party = 'pty_terminal00', entries }) => {
    const listed = entries.map(({ entry, event }) => ({ entry, event, digest: base64(sha256(`digest ${entry}`)) }));
    return JSON.stringify({ party, sent: base64(sha256('sent')), entries: listed });
  });
  const tree = new Tree(texts.map((text) => Buffer.from(text)));
  const text = `fairway-receipt/v1\n${log.name}\n${base64(tree.root)}\n${due}\n`;
  const note = JSON.stringify(`${text}\n${by.sign(text)}`);
  return texts.map((promise, i) => Buffer.from(`{"version":1,"promise":${promise},"index":${i},"path":${JSON.stringify(tree.path(i).map(base64))},"note":${note}}`));
}

// A certificate of these lines; what a line leaves out is as the entries of world() have it.
export function certificate(lines, size = 7) {
  const timeline = lines.map(({ entry = size, says, observedAt = '2026-11-18T11:06:40.500000Z', ...more }) => ({
    entry, kind: 'move', observedAt, ...more, says: says.map(([path, value]) => ({ path, value })),
  }));
  return JSON.stringify({ format: 'fairway-certificate', version: 1, terms: { freeDays: null }, timeline });
}

const fieldsOf = (entry) => [
  ['kind', '"event"'],
  ['party', '"pty_terminal00"'],
  ['received', String(1_795_000_000_000_000 + entry)],
  ['body/milestone', '"gate_out"'],
  ['body/occurred', '{"instant":"2026-11-18T11:06:40.5Z","local":"2026-11-18T19:06:40.5+08:00"}'],
  ['body/references/0', '{"kind":"equipment","value":"CSQU3054383"}'],
  ['body/remark', '"櫃門有凹痕, 5° tilt"'],
];

// A log of `size` entries and a bundle of `count` of them, of which some fields are hidden.
export function world(size = 7, count = 2) {
  const openings = Array.from({ length: size }, (_, i) => opening(i + 1, fieldsOf(i + 1), (path) => path !== 'party'));
  const tree = new Tree(openings.map(({ logEntry }) => logEntry));
  const checkpoint = tree.checkpoint();
  const chosen = Array.from({ length: count }, (_, i) => size - count + i);
  const parts = [
    ['policy.txt', policy],
    ...chosen.map((i) => [`openings/${i + 1}.json`, openings[i].json]),
    ...chosen.map((i) => [`proofs/${i + 1}.tlog-proof`, tree.proof(i, checkpoint)]),
  ];
  return { tree, openings, parts, policy: Buffer.from(policy), proof: Buffer.from(tree.proof(size - 1, checkpoint)), bundle: bundle(parts) };
}
