// The portal's page /verify, which needs no account, and what a journey says of the ledger.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { languages } from '../../web/verifier/words.mjs';
import { faintTexts, nameless, overflowing, ownWords } from './support/access.mjs';
import { log, policy, world } from './support/evidence_writer.mjs';
import { signIn } from './support/portal.mjs';
import { suite } from './support/suite.mjs';

const { onPage } = suite();
const small = world();

function keepsLedger(server, { size = 7, entries = 9 } = {}) {
  server.ledger = {
    policy,
    witnessed: small.tree.checkpoint(),
    status: JSON.stringify({ origin: log.name, entries, size, lag: { entries: entries - size, seconds: 0.4 }, witnessed: { size: 7, root: '' }, warnings: [] }),
  };
}

const file = (name, buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

onPage('anybody checks a bundle against the policy that the server publishes', {}, async (page, { url, server }) => {
  keepsLedger(server);
  await page.goto(`${url}/verify`);
  await page.getByRole('heading', { level: 1, name: 'Check evidence' }).waitFor();
  await page.getByText('the one that this server publishes', { exact: true }).waitFor();
  await page.locator('#verifier-file').setInputFiles(file('journey.zip', small.bundle));
  await page.locator('.verifier-verdict-holds').waitFor();
  await page.getByRole('cell', { name: 'gate_out' }).first().waitFor();
  assert.deepEqual(server.requests.filter((request) => !request.startsWith('GET ')), []);
});

onPage('a policy of one’s own comes before the published one', {}, async (page, { url, server }) => {
  keepsLedger(server);
  await page.goto(`${url}/verify`);
  await page.locator('#verifier-file').setInputFiles(file('journey.zip', small.bundle));
  await page.locator('.verifier-verdict-holds').waitFor();
  await page.locator('#verifier-policy').setInputFiles(file('other.txt', Buffer.from('quorum none\n')));
  await page.locator('.verifier-verdict-fails').waitFor();
  await page.getByRole('button', { name: 'Take away' }).last().click();
  await page.locator('.verifier-verdict-holds').waitFor();
});

onPage('the ledger’s state is shown, with the witnesses whose signatures hold', {}, async (page, { url, server }) => {
  keepsLedger(server);
  await page.goto(`${url}/verify`);
  const state = page.locator('.verify-now');
  await state.getByText('7 (2 entries are not in it yet)').waitFor();
  await state.getByText('7 entries', { exact: true }).waitFor();
  await state.getByText(/^customs, 18 Nov 2026/).waitFor();
  await state.getByText('Your browser has checked these signatures').waitFor();
});

onPage('a checkpoint that does not agree with the policy is told', {}, async (page, { url, server }) => {
  keepsLedger(server);
  server.ledger.witnessed = small.tree.checkpoint({ witnessed: [] });
  await page.goto(`${url}/verify`);
  await page.getByText('The latest checkpoint does not agree with the published policy.').waitFor();
});

onPage('a server without a ledger says so, and verifies all the same', {}, async (page, { url }) => {
  await page.goto(`${url}/verify`);
  await page.getByText('This server keeps no ledger.').waitFor();
  await page.locator('#verifier-file').setInputFiles(file('journey.zip', small.bundle));
  await page.locator('.verifier-verdict-own').waitFor();
});

onPage('the offline verifier can be saved', {}, async (page, { url }) => {
  await page.goto(`${url}/verify`);
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Save the offline verifier' }).click()]);
  const text = await readFile(await saved.path(), 'utf8');
  assert.match(text, /Is this evidence genuine/);
});

onPage('the sign-in page leads there', {}, async (page, { url }) => {
  await page.goto(url);
  await page.getByRole('link', { name: 'Check evidence' }).click();
  await page.getByRole('heading', { level: 1, name: 'Check evidence' }).waitFor();
});

onPage('a journey’s evidence is saved', {}, async (page, { url, key, server }) => {
  keepsLedger(server, { size: 1_000_000 });
  server.ledger.status = server.ledger.status.replace('"witnessed":{"size":7', '"witnessed":{"size":1000000');
  server.evidence = small.bundle;
  await signIn(page, url, key, '/track/MSCU6639870');
  await page.getByText(/^All \d+ claims of this journey are in the ledger/).waitFor();
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save evidence' }).click()]);
  assert.equal(saved.suggestedFilename(), 'fairway-evidence-MSCU6639870.zip');
  assert.deepEqual(await readFile(await saved.path()), small.bundle);
});

onPage('a journey of which not all is witnessed says so, and why there is no evidence', {}, async (page, { url, key, server }) => {
  keepsLedger(server);
  await signIn(page, url, key, '/track/MSCU6639870');
  await page.getByText(/^\d+ of \d+ claims are in the ledger/).waitFor();
  await page.getByRole('button', { name: 'Save evidence' }).click();
  await page.getByText('The evidence was not made').waitFor();
});

onPage('a journey on a server without a ledger has no evidence', {}, async (page, { url, key }) => {
  await signIn(page, url, key, '/track/MSCU6639870');
  await page.locator('.journey-foot').waitFor();
  assert.equal(await page.locator('.evidence').count(), 0);
});

const textsOf = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(textsOf));
const english = textsOf(languages[0].words).filter((text) => text.length > 3 && !text.includes('{'));

const views = [
  ['English', { colorScheme: 'dark' }],
  ['繁體中文', { viewport: { width: 320, height: 740 } }],
  ['简体中文', {}],
];
for (const [name, options] of views) {
  onPage(`names, contrast and width: ${name}`, options, async (page, { url, server }) => {
    keepsLedger(server);
    await page.goto(`${url}/verify`);
    await page.getByRole('radio', { name }).click();
    await page.locator('#verifier-file').setInputFiles(file('journey.zip', small.bundle));
    await page.locator('.verifier-verdict-holds').waitFor();
    await page.locator('.verify-now ul').waitFor();
    assert.deepEqual(await nameless(page), []);
    assert.deepEqual(await faintTexts(page), []);
    assert.deepEqual(await overflowing(page), []);
    if (name === 'English') return;
    const words = await ownWords(page);
    assert.deepEqual(english.filter((text) => words.includes(text)), []);
    assert.doesNotMatch(words, /\{\w*\}|undefined|verify\.|finding/);
  });
}
