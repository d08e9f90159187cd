// The verifier in Node: its parts against vectors, and whole files that are good, damaged by a byte, or false.
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, randomBytes, sign, generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { fromBase64, fromHex, toBase64, toHex, utf8 } from '../../web/verifier/bytes.mjs';
import { order, prime } from '../../web/verifier/curve.mjs';
import { verifyEd25519, verifyHere } from '../../web/verifier/ed25519.mjs';
import { quote, readJson } from '../../web/verifier/json.mjs';
import { isConsistent, isIncluded } from '../../web/verifier/merkle.mjs';
import { keyFrom } from '../../web/verifier/note.mjs';
import { isQuorum, policyFrom } from '../../web/verifier/policy.mjs';
import { verify } from '../../web/verifier/verify.mjs';
import { languages } from '../../web/verifier/words.mjs';
import { Tree, bundle, certificate, consistency, log, manifest, opening, policy, receipts, signer, witnesses, world } from './support/evidence_writer.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const corpus = join(root, '../shared/corpora/merkle');
const bytes = (value) => new Uint8Array(Buffer.from(value));
const small = world();
const given = bytes(policy);

// What the verifier says of a file: its verdict, and why where it does not hold.
async function judged(file, against = given) {
  const { verdict, findings } = await verify(bytes(file), against === null ? null : bytes(against));
  return verdict === 'fails' ? findings.find((finding) => finding.verdict === 'fails').code : verdict;
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.json')).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

test('base64 has one spelling', () => {
  for (const length of [0, 1, 2, 3, 31, 32, 33]) {
    const value = new Uint8Array(randomBytes(length));
    assert.equal(toBase64(value), Buffer.from(value).toString('base64'));
    assert.deepEqual(fromBase64(toBase64(value)), value);
  }
  for (const text of ['A', 'AA', 'AA=', 'AB==', 'AAB=', 'AA==\n', 'A===', '====', 'AA-_', 'AAAA=', ' AAAA', 'AAA=AAAA']) assert.equal(fromBase64(text), null, text);
});

test('JSON has one spelling', () => {
  for (const text of ['{"a":1}', '[]', '{}', '"\\u0008\\n\\""', '[0,-1,1.5,true,null]', '"櫃"', '18446744073709551615']) assert.notEqual(readJson(text), null, text);
  const others = ['{"a":1,"a":2}', '{"a": 1}', '"\\b"', '"\\/"', '"\\u0041"', '"\\u000A"', '01', '1 ', '[1,]', '"a', '"a\\', '{"a"}', '[', '', '-', '"\\ud800"', '1]', 'nul'];
  for (const text of others) assert.equal(readJson(text), null, text);
  assert.equal(readJson(`${'['.repeat(100_000)}1`), null);
  for (const text of ['{"a": 1, "a":2} ', '"\\b\\/\\u0041"', '[ 1 , 2 ]']) assert.notEqual(readJson(text, { anySpelling: true }), null, text);
  for (const text of ['"\\ud800"', '[1,]', '1 2', '{"a" 1}', '"\n"', ' ']) assert.equal(readJson(text, { anySpelling: true }), null, text);
  assert.equal(quote('\b\f"'), '"\\u0008\\u000c\\""');
});

test('the vectors of inclusion and consistency that others use', { skip: existsSync(corpus) ? false : 'no corpora beside the project' }, async () => {
  const hash = (text) => bytes(Buffer.from(text ?? '', 'base64'));
  const inclusions = filesBelow(join(corpus, 'inclusion'));
  const consistencies = filesBelow(join(corpus, 'consistency'));
  assert.equal(inclusions.length + consistencies.length, 196);
  for (const { leafIdx, treeSize, leafHash, proof, root: tree, wantErr, desc } of inclusions) {
    assert.equal(await isIncluded(BigInt(leafIdx), BigInt(treeSize), hash(leafHash), (proof ?? []).map(hash), hash(tree)), !wantErr, desc);
  }
  for (const { size1, size2, root1, root2, proof, wantErr, desc } of consistencies) {
    assert.equal(await isConsistent(BigInt(size1), BigInt(size2), hash(root1), hash(root2), (proof ?? []).map(hash)), !wantErr, desc);
  }
});

test('every proof of every small tree holds, and for no other index or size', async () => {
  const trees = Array.from({ length: 18 }, (_, size) => new Tree(Array.from({ length: size }, (_, i) => Buffer.of(i))));
  for (const [size, tree] of trees.entries()) {
    for (let index = 0; index < size; ++index) {
      const proof = tree.path(index).map(bytes);
      for (let other = 0; other <= size; ++other) {
        assert.equal(await isIncluded(BigInt(other), BigInt(size), bytes(tree.leaves[index]), proof, bytes(tree.root)), other === index);
      }
      const isShort = await isIncluded(BigInt(index), BigInt(size), bytes(tree.leaves[index]), proof.slice(1), bytes(tree.root));
      assert.equal(isShort, proof.length === 0);
    }
    for (let from = 1; from <= size; ++from) {
      const proof = consistency(from, tree.leaves).map(bytes);
      assert.ok(await isConsistent(BigInt(from), BigInt(size), bytes(trees[from].root), bytes(tree.root), proof), `${from} ${size}`);
      assert.equal(await isConsistent(BigInt(from), BigInt(size), bytes(trees[from - 1].root), bytes(tree.root), proof), false);
      assert.equal(await isConsistent(BigInt(from), BigInt(size), bytes(trees[from].root), bytes(tree.root), [...proof, bytes(tree.root)]), false);
    }
  }
});

const rawKey = (key) => bytes(key.export({ format: 'der', type: 'spki' }).subarray(12));

test('Ed25519: the vectors of RFC 8032, by the browser and by the curve', async () => {
  const vectors = [
    ['d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '', 'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'],
    ['3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72', '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'],
  ];
  for (const [key, message, signature] of vectors.map((vector) => vector.map(fromHex))) {
    assert.ok(await verifyEd25519(key, message, signature));
    assert.ok(await verifyHere(key, message, signature));
  }
});

test('Ed25519: the curve and the browser agree, on what is false as well', async () => {
  for (let i = 0; i < 24; ++i) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const [key, message] = [rawKey(publicKey), bytes(randomBytes(i))];
    const signature = bytes(sign(null, message, privateKey));
    assert.ok((await verifyEd25519(key, message, signature)) && (await verifyHere(key, message, signature)));
    for (const changed of [key, signature]) {
      const at = (i * 7) % changed.length;
      changed[at] ^= 1 << i % 8;
      assert.equal(await verifyEd25519(key, message, signature), false);
      assert.equal(await verifyHere(key, message, signature), false);
      changed[at] ^= 1 << i % 8;
    }
  }
});

const littleEndian = (value) => Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));

test('Ed25519: no second spelling of a scalar, and no key of small order', async () => {
  const seed = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]);
  const secret = createPrivateKey({ key: seed, format: 'der', type: 'pkcs8' });
  const [key, message] = [rawKey(createPublicKey(secret)), utf8('text')];
  const signature = bytes(sign(null, message, secret));
  const scalar = BigInt(`0x${toHex(signature.slice(32).reverse())}`) + order;
  const again = new Uint8Array([...signature.slice(0, 32), ...littleEndian(scalar)]);
  assert.equal(await verifyEd25519(key, message, again), false);
  // With the neutral point as key and nonce, and zero as scalar, the equation holds for every text.
  for (const y of [1n, prime + 1n]) {
    const forged = new Uint8Array([...littleEndian(1n), ...new Uint8Array(32)]);
    assert.equal(await verifyEd25519(littleEndian(y), message, forged), false);
  }
});

test('verifier keys: that of the specification, and what is none', async () => {
  const good = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  assert.equal((await keyFrom(good)).name, 'example.com/foo');
  for (const bad of [good.replace('530d', '530e'), good.replace('530d903a', '530D903A'), good.replace('foo', 'fop'), `${good}=`, good.replace('/', ' '), 'a+b', '']) {
    assert.equal(await keyFrom(bad), null, bad);
  }
});

test('policies: groups of groups, and what is no policy', async () => {
  const read = await policyFrom(given);
  for (const [names, is] of [[['carrier', 'customs'], true], [['terminal', 'customs'], true], [['carrier', 'terminal'], false], [['customs'], false], [[], false]]) {
    assert.equal(isQuorum(read, names), is, names.join());
  }
  const key = `log ${log.vkey}\n`;
  const seen = `witness w ${witnesses[0].vkey}\n`;
  const good = [`${key}quorum none`, `${key}${seen}quorum w\n`, `# text\n\t${key} \n${seen}group g any w\nquorum g`, `${key}${seen}group g 1 w\nquorum w\n`, 'quorum none\n'];
  for (const text of good) await policyFrom(bytes(text));
  const bad = [
    key, `${key}quorum w\n`, `${key}quorum none\nquorum none\n`, `${key}${key}quorum none\n`, `${seen}${seen}quorum w\n`, `${seen}group g 2 w\nquorum g\n`,
    `${seen}group g 0 w\nquorum g\n`, `${seen}group g 01 w\nquorum g\n`, `${seen}group g any w w\nquorum g\n`, `${seen}group g any w\ngroup h any w\nquorum h\n`,
    `${seen}group g any g\nquorum g\n`, `${seen}group none any w\nquorum none\n`, `${seen}group w any w\nquorum w\n`, `group g any w\n${seen}quorum g\n`, `${seen}group g any\nquorum g\n`,
    `log ${witnesses[0].vkey}\nquorum none\n`, `witness w ${log.vkey}\nquorum w\n`, `${key}\r\nquorum none\n`, `${key}quorum none\0\n`, `${key}quorom none\n`, `${key}quorum\n`, '',
  ];
  for (const text of bad) await assert.rejects(policyFrom(bytes(text)), { code: 'malformed_policy' }, text);
});

test('a proof and a bundle hold, under a policy that is given', async () => {
  assert.equal(await judged(small.proof), 'holds');
  const report = await verify(bytes(small.bundle), given);
  assert.equal(report.verdict, 'holds');
  assert.deepEqual(report.witnesses.map(({ name, time }) => [name, time]), [['carrier', 1_795_000_000n], ['terminal', 1_795_000_001n], ['customs', 1_795_000_002n]]);
  assert.equal(report.median, 1_795_000_001n);
  assert.deepEqual(report.entries.map(({ entry, hidden }) => [entry, hidden]), [[6n, 1], [7n, 1]]);
  assert.ok(report.entries[0].shown.some(({ path, value }) => path === 'body/milestone' && value === '"gate_out"'));
  assert.ok(!report.entries[0].shown.some(({ path }) => path === 'party'));
});

test('without a policy a bundle is not settled, and a proof cannot be checked', async () => {
  assert.equal(await judged(small.bundle, null), 'own');
  assert.equal(await judged(small.proof, null), 'unsettled');
});

test('every byte of a proof and of a bundle counts', async () => {
  for (const [file, against] of [[small.proof, given], [small.bundle, given], [small.bundle, null]]) {
    for (let at = 0; at < file.length; ++at) {
      const changed = bytes(file);
      changed[at] ^= 1 << at % 8;
      const { verdict } = await verify(changed, against);
      assert.equal(verdict, 'fails', `byte ${at} of ${file.length}`);
    }
  }
});

// A sequence that is the same in every run.
function* numbers(seed) {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state;
  }
}

function mutated(file, next) {
  const [kind, at, length] = [next() % 5, next() % file.length, 1 + (next() % 40)];
  const [before, cut, after] = [file.subarray(0, at), file.subarray(at, at + length), file.subarray(at + length)];
  if (kind === 0) return Buffer.concat([before, after]);
  if (kind === 1) return Buffer.concat([before, cut, cut, after]);
  if (kind === 2) return before;
  if (kind === 3) return Buffer.concat([before, Buffer.from(cut).reverse(), after]);
  return Buffer.concat([before, Buffer.from(Array.from(cut, () => next() & 255)), after]);
}

test('whatever is done to a file, it is refused and nothing throws', async () => {
  const sequence = numbers(20_261_123);
  const next = () => sequence.next().value >>> 8;
  for (let turn = 0; turn < 3_000; ++turn) {
    const file = turn % 2 === 0 ? small.bundle : small.proof;
    let changed = mutated(file, next);
    if (turn % 3 === 0 && changed.length > 0) changed = mutated(changed, next);
    if (changed.equals(file)) continue;
    assert.equal((await verify(bytes(changed), given)).verdict, 'fails', `turn ${turn}`);
    assert.equal((await verify(bytes(file), bytes(mutated(Buffer.from(policy), next)))).findings.length > 0, true);
  }
});

const without = (name) => small.parts.filter(([each]) => each !== name);
const replaced = (name, content) => small.parts.map(([each, old]) => (each === name ? [each, content] : [each, old]));

test('a bundle that the log itself made wrongly is refused', async () => {
  const { tree, openings } = small;
  const stranger = signer('stranger.test', 1);
  const cases = [
    ['part_missing', bundle(without('policy.txt'))],
    ['alone', bundle(without('openings/7.json'))],
    ['alone', bundle(without('proofs/7.tlog-proof'))],
    ['no_entries', bundle([['policy.txt', policy]])],
    ['part_unknown', bundle([...small.parts, ['more.txt', 'x']])],
    ['opening_fails', bundle(replaced('openings/7.json', openings[6].json.replace('gate_out', 'gate_in')))],
    ['other_entry', bundle(replaced('openings/7.json', openings[5].json))],
    ['other_entry', bundle(replaced('proofs/7.tlog-proof', tree.proof(5)))],
    ['other_checkpoint', bundle(replaced('proofs/7.tlog-proof', tree.proof(6, tree.checkpoint({ time: 1 }))))],
    ['malformed_opening', bundle(replaced('openings/7.json', `${openings[6].json} `))],
    ['malformed_policy', bundle(replaced('policy.txt', 'quorum\n'))],
    ['unknown_signer', bundle(small.parts, { by: stranger })],
    ['part_changed', bundle(small.parts, { listed: manifest(small.parts).replace(/"sha256":"./, '"sha256":"g') })],
    ['malformed_manifest', bundle(small.parts, { listed: `${manifest(small.parts)}\n` })],
    ['malformed_manifest', bundle(small.parts, { listed: manifest(small.parts.slice(1)) })],
    ['seal_of_other', bundle(small.parts, { listed: manifest(small.parts, { origin: 'another.test' }) })],
    ['holds', bundle([...small.parts, ['statement.html', '<p>'], ['timestamp.tsr', 'x']])],
  ];
  for (const [expected, file] of cases) {
    assert.equal(await judged(file), expected);
  }
});

test('checkpoints that the policy does not believe', async () => {
  const { tree } = small;
  const stranger = signer('stranger.test/w', 4);
  const proof = (options) => Buffer.from(tree.proof(3, tree.checkpoint(options)));
  assert.equal(await judged(proof({ witnessed: [witnesses[0], witnesses[2]] })), 'holds');
  assert.equal(await judged(proof({ witnessed: [witnesses[0], witnesses[1]] })), 'no_quorum');
  assert.equal(await judged(proof({ witnessed: [] })), 'no_quorum');
  assert.equal(await judged(proof({ witnessed: [...witnesses, stranger] })), 'unknown_signer');
  assert.equal(await judged(proof({ witnessed: [witnesses[0], witnesses[2], witnesses[2]] })), 'signed_twice');
  assert.equal(await judged(proof({ by: [] })), 'unknown_log');
  assert.equal(await judged(proof({ origin: 'another.test' })), 'unknown_log');
  assert.equal(await judged(proof({ witnessed: [] }), `log ${log.vkey}\nquorum none\n`), 'holds');
  assert.equal(await judged(proof({ time: 2n ** 63n }), policy), 'signature_fails');
});

test('an anchor is held to the checkpoint, from either side', async () => {
  const { tree, parts } = small;
  const older = new Tree(tree.entries.slice(0, 5));
  const newer = new Tree([...tree.entries, Buffer.alloc(33, 1)]);
  const anchored = (from, proof, more = {}) => {
    const record = { chainId: 1337, contract: '0x00', origin: log.name, size: from.leaves.length, root: from.root.toString('base64'), blockNumber: 9, blockTime: 1_795_000_100, ...more };
    const text = JSON.stringify({ version: 1, record, consistency: proof.map((hash) => hash.toString('base64')) });
    return judged(bundle([...parts, ['anchor.json', text]]));
  };
  assert.equal(await anchored(older, consistency(5, tree.leaves)), 'holds');
  assert.equal(await anchored(newer, consistency(7, newer.leaves)), 'holds');
  assert.equal(await anchored(tree, []), 'holds');
  assert.equal(await anchored(older, []), 'anchor_fails');
  assert.equal(await anchored(older, consistency(5, tree.leaves), { size: 4 }), 'anchor_fails');
  assert.equal(await anchored(older, consistency(5, tree.leaves), { origin: 'another.test' }), 'other_log');
  assert.equal(await anchored(older, consistency(5, tree.leaves), { size: 0 }), 'anchor_fails');
  assert.equal(await anchored(older, consistency(5, tree.leaves), { blockTime: 'noon' }), 'malformed_anchor');
});

test('every line of a certificate is held to the fields that it cites, and its words to the entry', async () => {
  const certified = (...lines) => judged(bundle([...small.parts, ['certificate.json', certificate(lines)]]));
  const says = [['body/milestone', '"gate_out"']];
  assert.equal(await certified({ says }, { entry: 6, says: [['body/references/*', '{"kind":"equipment","value":"CSQU3054383"}']] }), 'holds');
  assert.equal(await certified({ says, milestone: 'gate_out', observedAt: '2026-11-18T19:06:40.500+08:00' }), 'holds');
  const wrong = [
    { says: [['body/milestone', '"gate_in"']] },
    { says: [['party', '"pty_terminal00"']] }, // hidden here
    { says: [['body/milestone/*', '"gate_out"']] },
    { says: [] },
    { says, entry: 5 },
    { says, entry: '7' },
    { says, milestone: 'gate_in' },
    { says, reason: 'none was given' },
    { says, observedAt: '2026-11-18T19:06:40+08:00' },
    { says, observedAt: 'noon' },
  ];
  for (const line of wrong) assert.equal(await certified({ says }, line), 'certificate_fails', JSON.stringify(line));
  assert.equal(await judged(bundle([...small.parts, ['certificate.json', '{}']])), 'malformed_certificate');
});

test('a receipt is the log’s promise, of which every byte counts', async () => {
  const promises = [{ entries: [{ entry: 3, event: 'a' }, { entry: 4 }] }, { entries: [{ entry: 5, event: ',"index":' }] }, { entries: [{ entry: 6 }] }, { entries: [{ entry: 7 }] }];
  const written = receipts(promises);
  for (const receipt of [...written, ...receipts(promises.slice(0, 1))]) assert.equal(await judged(receipt), 'holds');
  const report = await verify(bytes(written[0]), given);
  assert.deepEqual([report.kind, report.due, report.entries.map(({ entry }) => entry)], ['receipt', 1_795_000_060n, [3n, 4n]]);
  assert.equal(await judged(written[0], null), 'unsettled');
  assert.equal(await judged(receipts(promises, { by: signer('stranger.test', 1) })[0]), 'unknown_signer');
  assert.equal(await judged(written[0], `log ${signer('stranger.test', 1).vkey}\nquorum none\n`), 'unknown_log');
  assert.equal(await judged(Buffer.from(String(written[0]).replace('"index":0', '"index":1'))), 'not_promised');
  for (let at = 0; at < written[1].length; ++at) {
    const changed = bytes(written[1]);
    changed[at] ^= 1 << at % 8;
    assert.equal((await verify(changed, given)).verdict, 'fails', `byte ${at}`);
  }
});

test('a body that is one field, and an entry without fields', async () => {
  const openings = [opening(1, [['body', '"AAECAw=="']]), opening(2, [['kind', '"event"']], () => false)];
  const tree = new Tree(openings.map(({ logEntry }) => logEntry));
  const parts = openings.flatMap(({ json }, i) => [[`openings/${i + 1}.json`, json], [`proofs/${i + 1}.tlog-proof`, tree.proof(i)]]);
  assert.equal(await judged(bundle([['policy.txt', policy], ...parts])), 'holds');
  const none = [['policy.txt', policy], ['openings/1.json', '{"version":1,"entry":1,"fields":[]}'], ['proofs/1.tlog-proof', tree.proof(0)]];
  assert.equal(await judged(bundle(none)), 'malformed_opening');
});

test('a bundle of a thousand entries holds', async () => {
  assert.equal(await judged(world(1_000, 1_000).bundle), 'holds');
});

const leaves = (value, path = '') =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, each]) => leaves(each, `${path}/${name}`)) : [path];

test('the languages say the same, and there are words for everything that is found', () => {
  const [en, ...others] = languages.map(({ words }) => words);
  const holes = (words) => leaves(words).map((path) => [path, (path.split('/').slice(1).reduce((value, name) => value[name], words).match(/\{\w+\}/g) ?? []).sort().join()]);
  for (const words of others) assert.deepEqual(holes(words), holes(en));
  const folder = join(root, 'web/verifier');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.mjs')).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const used = new Set([...sources.matchAll(/(?:refuse|Refusal|holds|fails|notes|unsettled)\((?:report, )?'(\w+)'|, code: '(\w+)'/g)].map((match) => match[1] ?? match[2]));
  assert.ok(used.size > 30);
  assert.deepEqual([...used].filter((code) => en.finding[code] === undefined), []);
});
