// The offline verifier as people have it: one file opened from disk in a browser that reaches no network.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { offlinePage } from '../../web/verifier/build.mjs';
import { faintTexts, nameless, overflowing, tabTo } from './support/access.mjs';
import { launch, openPage } from './support/browser.mjs';
import { world } from './support/evidence_writer.mjs';

const small = world();
let browser;
let folder;
let address;
const files = {};

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairway-verifier-'));
  const damaged = Buffer.from(small.bundle);
  damaged[damaged.length >> 1] ^= 1;
  const contents = { 'verifier.html': offlinePage(), 'good.zip': small.bundle, 'damaged.zip': damaged, 'good.tlog-proof': small.proof, 'policy.txt': small.policy, 'large.zip': world(1_000, 1_000).bundle };
  for (const [name, content] of Object.entries(contents)) {
    files[name] = join(folder, name);
    await writeFile(files[name], content);
  }
  address = pathToFileURL(files['verifier.html']).href;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

function onOffline(name, options, body) {
  test(name, { timeout: 120_000 }, async () => {
    const { context, page, complaints } = await openPage(browser, options);
    const asked = [];
    page.on('request', (request) => /^(file|data):/.test(request.url()) || asked.push(request.url()));
    try {
      await page.goto(address);
      await body(page);
      assert.deepEqual(complaints, [], 'console errors, exceptions and policy violations');
      assert.deepEqual(asked, [], 'requests');
    } finally {
      await context.close();
    }
  });
}

async function check(page, file, policy = null) {
  if (policy !== null) await page.locator('#verifier-policy').setInputFiles(files[policy]);
  await page.locator('#verifier-file').setInputFiles(files[file]);
  await page.locator('.verifier-verdict').waitFor();
  return page.locator('.verifier-verdict h2').innerText();
}

onOffline('a good bundle under a policy holds, and shows what it proves', {}, async (page) => {
  assert.match(await check(page, 'good.zip', 'policy.txt'), /Holds/);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H2');
  await page.getByRole('rowheader', { name: 'body/milestone' }).first().waitFor();
  await page.getByRole('cell', { name: 'gate_out' }).first().waitFor();
  await page.getByRole('rowheader', { name: 'customs', exact: true }).waitFor();
  await page.getByRole('heading', { name: 'What it does not prove' }).waitFor();
  assert.equal(await page.getByText('pty_terminal00').count(), 0);
});

onOffline('a bundle without a policy is not settled', {}, async (page) => {
  assert.match(await check(page, 'good.zip'), /Not settled/);
  await page.locator('#verifier-policy').setInputFiles(files['policy.txt']);
  await page.locator('.verifier-verdict-holds').waitFor();
  await page.getByRole('button', { name: 'Take away' }).last().click();
  await page.locator('.verifier-verdict-own').waitFor();
});

onOffline('a damaged bundle does not hold, and nothing of it is shown', {}, async (page) => {
  assert.match(await check(page, 'damaged.zip', 'policy.txt'), /Does not hold/);
  assert.equal(await page.locator('table').count(), 0);
  assert.equal(await page.getByText('CSQU3054383').count(), 0);
});

onOffline('a file of another kind does not hold, and a proof waits for its policy', {}, async (page) => {
  assert.match(await check(page, 'verifier.html', 'policy.txt'), /Does not hold/);
  await page.getByRole('button', { name: 'Take away' }).last().click();
  await page.locator('#verifier-file').setInputFiles(files['good.tlog-proof']);
  await page.locator('.verifier-verdict-unsettled').waitFor();
  await page.locator('#verifier-policy').setInputFiles(files['policy.txt']);
  await page.locator('.verifier-verdict-holds').waitFor();
});

onOffline('a thousand entries', {}, async (page) => {
  assert.match(await check(page, 'large.zip', 'policy.txt'), /Holds/);
  await page.getByText('Entry 777', { exact: true }).click();
  await page.locator('details').filter({ hasText: 'Entry 777' }).getByRole('cell', { name: 'gate_out' }).waitFor();
});

onOffline('a file can be dropped', {}, async (page) => {
  const content = (await readFile(files['good.zip'])).toString('base64');
  await page.evaluate((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], 'dropped.zip'));
    document.querySelector('#verifier').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, content);
  await page.locator('.verifier-verdict-own').waitFor();
  await page.getByText('dropped.zip').waitFor();
});

onOffline('the keyboard reaches the languages and both files', {}, async (page) => {
  await tabTo(page, '[lang=zh-Hant]');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: '這份證據是否真確？' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-Hant');
  await tabTo(page, '#verifier-file');
  await tabTo(page, '#verifier-policy');
  await page.reload();
  await page.getByRole('heading', { level: 1, name: '這份證據是否真確？' }).waitFor();
});

const views = [
  { name: 'English', locale: 'en-GB', holds: 'Holds', options: { colorScheme: 'dark' } },
  { name: '繁體中文', locale: 'zh-HK', holds: '成立', options: { viewport: { width: 320, height: 740 } } },
  { name: '简体中文', locale: 'zh-CN', holds: '成立', options: {} },
];
for (const { name, locale, holds, options } of views) {
  onOffline(`names, contrast and width: ${name}`, { locale, ...options }, async (page) => {
    assert.ok((await check(page, 'good.zip', 'policy.txt')).includes(holds));
    assert.deepEqual(await nameless(page), []);
    assert.deepEqual(await faintTexts(page), []);
    assert.deepEqual(await overflowing(page), []);
    assert.equal((await page.locator('#verifier').innerText()).includes('undefined'), false);
  });
}

onOffline('a browser without Ed25519 verifies all the same, and one without cryptography says so', {}, async (page) => {
  await page.evaluate(() => {
    const known = crypto.subtle.importKey.bind(crypto.subtle);
    const unknown = () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));
    crypto.subtle.importKey = (...args) => (args[2] === 'Ed25519' ? unknown() : known(...args));
  });
  assert.match(await check(page, 'good.zip', 'policy.txt'), /Holds/);
  await page.locator('#verifier-file').setInputFiles(files['damaged.zip']);
  await page.locator('.verifier-verdict-fails').waitFor();
  await page.evaluate(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
  await page.locator('#verifier-file').setInputFiles(files['good.zip']);
  await page.locator('.verifier-verdict-unsettled').waitFor();
});
