// Evidence that the real server makes, from the message that goes in to the browser of somebody who has no account, under both verifiers.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { verify } from '../../web/verifier/verify.mjs';
import { launch, openPage } from './support/browser.mjs';
import { isOurs, post, startFairway } from './support/fairway.mjs';
import { signIn } from './support/portal.mjs';
import { cleanUp, differencesUnder, withByteChanged } from './support/verifiers.mjs';

const skip = isOurs ? false : 'needs FAIRWAY_BIN';
const container = 'CSQU3054383';
const message =
  `UNB+UNOA:2+SCT+PRL+260314:0905+77'UNH+1+CODECO:D:95B:UN:ITG14'BGM+34+GATE77+9'NAD+CF+PRL:160:166'` +
  `EQD+CN+${container}+22G1:102:5++3+5'RFF+BN:BKG77'DTM+7:202603140858:203'LOC+165+HKHKG:139:6+SCT:72:306'CNT+16:1'UNT+9+1'UNZ+1+77'`;

let fairway;
let browser;
let policy;

async function get(path) {
  const response = await fetch(fairway.url + path, { headers: { Authorization: `Bearer ${fairway.operatorKey}` } });
  if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}

before(async () => {
  if (skip) return;
  fairway = await startFairway();
  browser = await launch();
  await post(fairway, fairway.operatorKey, '/v1/messages', 'application/edifact', message);
  for (let status = null; !(status?.size > 0 && status.witnessed?.size === status.entries); await pause(200)) status = JSON.parse(await get('/ledger/status'));
  policy = String(await get('/ledger/policy'));
}, { timeout: 60_000 });
after(async () => {
  await browser?.close();
  await fairway?.stop();
  await cleanUp();
});

test('a journey’s evidence holds for both, and shows its fields', { skip }, async () => {
  const bundle = await get(`/v1/journeys/${container}/evidence`);
  assert.deepEqual(await differencesUnder(policy, [{ name: 'bundle', file: bundle, holds: true }, { name: 'own policy', file: bundle, policy: null, holds: true }]), []);
  const report = await verify(new Uint8Array(bundle), new Uint8Array(Buffer.from(policy)));
  assert.equal(report.verdict, 'holds');
  assert.ok(report.entries.some(({ shown }) => shown.some(({ path, value }) => path === 'body/milestone' && value === '"gate_in"')));
});

test('damaged evidence of a journey is refused by both', { skip, timeout: 300_000 }, async () => {
  const bundle = await get(`/v1/journeys/${container}/evidence`);
  const step = Math.max(1, Math.floor(bundle.length / 400)) | 1; // odd, so that every bit has its turn
  const cases = [];
  for (let at = 0; at < bundle.length; at += step) {
    const changed = Buffer.from(bundle);
    changed[at] ^= 1 << at % 8;
    cases.push({ name: `byte ${at}`, file: changed, holds: false });
  }
  assert.deepEqual(await differencesUnder(policy, cases), []);
});

test('an entry’s proof, and every byte of it', { skip, timeout: 300_000 }, async () => {
  const { entries } = JSON.parse(await get('/ledger/status'));
  const proof = await get(`/v1/entries/${entries}/proof`);
  assert.deepEqual(await differencesUnder(policy, [{ name: 'proof', file: proof, holds: true }, ...withByteChanged('proof', proof)]), []);
});

test('from the journey’s page to the verdict, without an account', { skip, timeout: 120_000 }, async () => {
  const { context, page, complaints } = await openPage(browser);
  await signIn(page, fairway.url, fairway.operatorKey, `/track/${container}`);
  await page.getByText(/of this journey (is|are) in the ledger/).waitFor();
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save evidence' }).click()]);
  const bundle = await readFile(await saved.path());
  assert.deepEqual(complaints, []);
  await context.close();
  const other = await openPage(browser);
  await other.page.goto(`${fairway.url}/verify`);
  await other.page.locator('.verify-now dl').waitFor();
  await other.page.locator('#verifier-file').setInputFiles({ name: 'evidence.zip', mimeType: 'application/zip', buffer: bundle });
  await other.page.locator('.verifier-verdict-holds').waitFor();
  await other.page.getByRole('rowheader', { name: 'body/milestone' }).first().waitFor();
  assert.deepEqual(other.complaints, []);
  await other.context.close();
});
