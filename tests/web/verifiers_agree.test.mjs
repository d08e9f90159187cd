// The two verifiers, which share no code, over the same files: `fairway verify` and web/verifier must give one answer to each.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Tree, bundle, certificate, consistency, log, manifest, opening, policy, signer, witnesses, world } from './support/evidence_writer.mjs';
import { cleanUp, differencesUnder, hasProgram, withByteChanged } from './support/verifiers.mjs';

const skip = hasProgram ? false : 'FAIRWAY_BIN names no program';
const small = world(4, 1);
// Each is held to every byte by its own tests; here every seventh is enough, since each costs a run of the program. FAIRWAY_EVERY_BYTE=1: all.
const sampled = (cases) => (process.env.FAIRWAY_EVERY_BYTE ? cases : cases.filter((_, at) => at % 7 === 0));
const differences = (cases) => differencesUnder(policy, cases);

after(cleanUp);

test('good files hold for both', { skip }, async () => {
  const cases = [
    { name: 'proof', file: small.proof, holds: true },
    { name: 'bundle', file: small.bundle, holds: true },
    { name: 'bundle by its own policy', file: small.bundle, policy: null, holds: true },
    { name: 'many entries', file: world(300, 200).bundle, holds: true },
    { name: 'one leaf', file: world(1, 1).bundle, holds: true },
  ];
  assert.deepEqual(await differences(cases), []);
});

test('bytes of a proof count for both', { skip, timeout: 600_000 }, async () => {
  assert.deepEqual(await differences(sampled(withByteChanged('proof', small.proof))), []);
});

test('bytes of a bundle count for both, under a policy and under its own', { skip, timeout: 900_000 }, async () => {
  assert.deepEqual(await differences(sampled(withByteChanged('bundle', small.bundle))), []);
  const some = withByteChanged('bundle by its own policy', small.bundle, { policy: null }).filter((_, at) => at % 35 === 0);
  assert.deepEqual(await differences(some), []);
});

function falseBundles() {
  const { tree, openings, parts } = small;
  const replaced = (name, content) => parts.map(([each, old]) => (each === name ? [each, content] : [each, old]));
  const without = (name) => parts.filter(([each]) => each !== name);
  const other = { listed: manifest(parts, { origin: 'another.test' }) };
  return {
    'no policy': bundle(without('policy.txt')),
    'no proof': bundle(without('proofs/4.tlog-proof')),
    'no opening': bundle(without('openings/4.json')),
    'no entries': bundle([['policy.txt', policy]]),
    'an unknown part': bundle([...parts, ['more.txt', 'x']]),
    'a part of another folder': bundle([...parts, ['openings/04.json', openings[3].json]]),
    'another value': bundle(replaced('openings/4.json', openings[3].json.replace('gate_out', 'gate_in'))),
    'another entry’s opening': bundle(replaced('openings/4.json', openings[2].json)),
    'another entry’s proof': bundle(replaced('proofs/4.tlog-proof', tree.proof(2))),
    'a broken policy': bundle(replaced('policy.txt', 'quorum\n')),
    'a stranger’s seal': bundle(parts, { by: signer('stranger.test', 1) }),
    'another origin': bundle(parts, other),
    'a blank in the manifest': bundle(parts, { listed: manifest(parts).replace(',', ', ') }),
    'a member more': bundle(parts, { listed: manifest(parts).replace('"version":1', '"version":1,"more":1') }),
    'an opening with a blank': bundle(replaced('openings/4.json', `${openings[3].json} `)),
    'upper case in a digest': bundle(parts, { listed: manifest(parts).replace(/[a-f](?=[0-9a-f]{20})/, (digit) => digit.toUpperCase()) }),
    'a name with dots': bundle([...parts, ['../x', 'x']]),
    'two parts of one name': bundle([...parts, parts[0]]),
  };
}

test('bundles that are false, though sealed', { skip }, async () => {
  const cases = Object.entries(falseBundles()).map(([name, file]) => ({ name, file, holds: false }));
  assert.deepEqual(await differences(cases), []);
});

test('checkpoints of every kind', { skip }, async () => {
  const { tree } = small;
  const [carrier, terminal, customs] = witnesses;
  const cases = [
    ['a quorum', { witnessed: [carrier, customs] }, true],
    ['no quorum', { witnessed: [carrier, terminal] }, false],
    ['nobody', { witnessed: [] }, false],
    ['a stranger', { witnessed: [...witnesses, signer('stranger.test/w', 4)] }, false],
    ['a witness twice', { witnessed: [carrier, customs, customs] }, false],
    ['the log twice', { by: [log, log] }, false],
    ['not the log', { by: [] }, false],
    ['another origin', { origin: 'another.test' }, false],
    ['the last second', { time: 2n ** 63n - 3n }, true],
    ['no second that can be', { time: 2n ** 63n }, false],
  ].map(([name, options, holds]) => ({ name, file: Buffer.from(tree.proof(1, tree.checkpoint(options))), holds }));
  assert.deepEqual(await differences(cases), []);
});

test('policies of every kind', { skip }, async () => {
  const [key, ...keys] = policy.split('\n').slice(0, 4);
  const all = keys.join('\n');
  const rules = [
    'quorum none', `${all}\nquorum carrier`, `${all}\nquorum absent`, `${all}\ngroup g 2 carrier terminal customs\nquorum g`, `${all}\ngroup g 4 carrier terminal customs\nquorum g`,
    `${all}\ngroup g all carrier\ngroup h any g\nquorum h`, `${all}\ngroup g any carrier carrier\nquorum g`, `${all}\ngroup g 02 carrier terminal\nquorum g`, `${all}\nquorum carrier\nquorum carrier`,
    `${all}\n# text \u00e9\n\tquorum  carrier `, `${all}\r\nquorum carrier`, `${all}\nquorum carrier more`, `${all}\n${keys[0]}\nquorum carrier`, `${all}\ngroup none any carrier\nquorum none`,
    `${keys[0]}\nquorum carrier`, `${all}\ngroup constructor any carrier\nquorum constructor`, `${all}\ngroup g __proto__ carrier\nquorum g`, '', all,
  ];
  const cases = rules.map((rule) => ({ name: rule.slice(-60), file: small.proof, policy: `${key}\n${rule}\n` }));
  cases.push({ name: 'no log', file: small.proof, policy: `${all}\nquorum carrier\n`, holds: false });
  cases.push({ name: 'a policy without its last line feed', file: small.proof, policy: policy.trimEnd(), holds: true });
  assert.deepEqual(await differences(cases), []);
});

test('anchors of every kind', { skip }, async () => {
  const { tree, parts } = small;
  const newer = new Tree([...tree.entries, Buffer.alloc(33, 1), Buffer.alloc(33, 2)]);
  const older = new Tree(tree.entries.slice(0, 3));
  const anchored = (from, proof, more) => {
    const record = { chainId: 1337, contract: `0x${'0'.repeat(40)}`, origin: log.name, size: from.leaves.length, root: from.root.toString('base64'), transaction: `0x${'1'.repeat(64)}`, block: `0x${'2'.repeat(64)}`, blockNumber: 9, blockTime: 1_795_000_100, ...more };
    return bundle([...parts, ['anchor.json', JSON.stringify({ version: 1, record, consistency: proof.map((hash) => hash.toString('base64')) })]]);
  };
  const forward = consistency(3, tree.leaves);
  const cases = [
    ['older', anchored(older, forward), true],
    ['newer', anchored(newer, consistency(4, newer.leaves)), true],
    ['the same', anchored(tree, []), true],
    ['no proof', anchored(older, []), false],
    ['too long', anchored(older, [...forward, older.root]), false],
    ['another log', anchored(older, forward, { origin: 'another.test' }), false],
    ['another size', anchored(older, forward, { size: 2 }), false],
    ['empty', anchored(older, [], { size: 0 }), false],
    ['below zero', anchored(older, forward, { blockNumber: -1 }), false],
  ].map(([name, file, holds]) => ({ name, file, holds }));
  assert.deepEqual(await differences(cases), []);
});

test('certificates of every kind', { skip }, async () => {
  const says = [['body/milestone', '"gate_out"']];
  const lines = [
    [{ says }, true],
    [{ says: [['body/references/*', '{"kind":"equipment","value":"CSQU3054383"}']] }, true],
    [{ says, milestone: 'gate_out', observedAt: '2026-11-18T19:06:40.5+08:00' }, true],
    [{ says: [['body/milestone', '"gate_in"']] }, false],
    [{ says: [['party', '"pty_terminal00"']] }, false],
    [{ says: [] }, false],
    [{ says, entry: 3 }, false],
    [{ says, entry: '4' }, false],
    [{ says, milestone: 'gate_in' }, false],
    [{ says, reason: 'none was given' }, false],
    [{ says, observedAt: '2026-11-18T19:06:40+08:00' }, false],
    [{ says, observedAt: 'noon' }, false],
  ];
  const cases = lines.map(([line, holds]) => ({ name: JSON.stringify(line), file: bundle([...small.parts, ['certificate.json', certificate([line], 4)]]), holds }));
  cases.push({ name: 'no certificate', file: bundle([...small.parts, ['certificate.json', '{}']]), holds: false });
  assert.deepEqual(await differences(cases), []);
});

test('entries of strange fields', { skip }, async () => {
  const fields = [[['body', '"AAECAw=="']], [['kind', '""'], ['body/\u0000\b\f"\\/', '"\u2028"'], ['', '1']], [['body/~0~1', '{}']]];
  const openings = fields.map((each, i) => opening(i + 1, each, (path) => path !== ''));
  const tree = new Tree(openings.map(({ logEntry }) => logEntry));
  // JSON.stringify writes \b and \f in short; Fairway does not.
  const json = openings.map(({ json: text }) => text.replaceAll('\\b', '\\u0008').replaceAll('\\f', '\\u000c'));
  const made = (texts) => bundle([['policy.txt', policy], ...texts.map((text, i) => [`openings/${i + 1}.json`, text]), ...texts.map((_, i) => [`proofs/${i + 1}.tlog-proof`, tree.proof(i)])]);
  const cases = [
    { name: 'in Fairway’s spelling', file: made(json), holds: true },
    { name: 'in another spelling', file: made(openings.map((each) => each.json)), holds: false },
  ];
  assert.deepEqual(await differences(cases), []);
});
