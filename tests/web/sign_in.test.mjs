import assert from 'node:assert/strict';

import { search, signIn } from './support/portal.mjs';
import { suite } from './support/suite.mjs';

const { onPage } = suite();

onPage('an empty key is asked for', {}, async (page, { url }) => {
  await page.goto(url);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Paste your API key first.').waitFor();
});

onPage('a wrong key is refused with what to do', {}, async (page, { url }) => {
  await page.goto(url);
  await page.getByLabel('API key').fill('fwk_wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This key is not known here').waitFor();
  assert.equal(await page.getByLabel('API key').getAttribute('aria-invalid'), 'true');
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
});

onPage('the right key, even with blanks around it, shows the party', {}, async (page, { url, key }) => {
  await signIn(page, url, `  ${key}\n`);
  await page.getByText('Port of Test').waitFor();
  await page.getByText('Operator', { exact: true }).waitFor();
});

onPage('the key is kept for the tab alone and survives a reload', {}, async (page, { url, key }) => {
  await signIn(page, url, key);
  await page.reload();
  await page.getByText('Port of Test').waitFor();
  assert.ok(!(await page.evaluate(() => JSON.stringify(localStorage))).includes(key));
  const other = await page.context().newPage();
  await other.goto(url);
  await other.getByLabel('API key').waitFor();
});

onPage('a deep link waits behind the sign-in', {}, async (page, { url, key }) => {
  await signIn(page, url, key, '/track/MSCU6639870');
  await page.getByRole('heading', { level: 1, name: 'MSCU6639870' }).waitFor();
});

onPage('signing out forgets the key', {}, async (page, { url, key }) => {
  await signIn(page, url, key);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('API key').waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
});

onPage('a key that is withdrawn while in use leads back to the sign-in', {}, async (page, { url, key, server }) => {
  await signIn(page, url, key);
  server.revoked = true;
  try {
    await search(page, 'MSCU6639870');
    await page.getByText('Your key is no longer accepted. Sign in again.').waitFor();
  } finally {
    server.revoked = false;
  }
});
