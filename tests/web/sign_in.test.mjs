import assert from 'node:assert/strict';

import { totpCode, password } from './mock/office.mjs';
import { openKeySignIn, search, signIn, signInAs } from './support/portal.mjs';
import { suite } from './support/suite.mjs';

const { onPage } = suite();

onPage('an empty key is asked for', {}, async (page, { url }) => {
  await openKeySignIn(page, url);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Paste your API key first.').waitFor();
});

onPage('a wrong key is refused with what to do', {}, async (page, { url }) => {
  await openKeySignIn(page, url);
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
  await other.getByLabel('E-mail address').waitFor();
});

onPage('a deep link waits behind the sign-in', {}, async (page, { url, key }) => {
  await signIn(page, url, key, '/track/MSCU6639870');
  await page.getByRole('heading', { level: 1, name: 'MSCU6639870' }).waitFor();
});

onPage('signing out forgets the key', {}, async (page, { url, key }) => {
  await signIn(page, url, key);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('E-mail address').waitFor();
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

async function fillAccount(page, email, word) {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(word);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

onPage('e-mail address and password sign a person in, by a cookie that no script sees', {}, async (page, { url, server }) => {
  server.requests.length = 0;
  await signInAs(page, url, 'ada@harbour.test', '/track/MSCU6639870');
  await page.getByRole('heading', { level: 1, name: 'MSCU6639870' }).waitFor();
  await page.getByText('Ada Chan').waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  assert.ok(!(await page.evaluate(() => document.cookie)).includes('fairway'));
  await page.reload();
  await page.getByText('Ada Chan').waitFor();
  await page.locator('.connection[data-phase=live]').waitFor();
});

onPage('a person’s sign-out ends the session on the server', {}, async (page, { url, server }) => {
  await signInAs(page, url, 'ada@harbour.test');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('E-mail address').waitFor();
  assert.equal(server.office.state.sessions.size, 0);
  await page.reload();
  await page.getByLabel('E-mail address').waitFor();
});

onPage('a session that has ended leads back to the sign-in, which says so', {}, async (page, { url, server }) => {
  await signInAs(page, url, 'ada@harbour.test');
  server.office.state.sessions.clear();
  await search(page, 'MSCU6639870');
  await page.getByText('Your session has ended. Sign in again.').waitFor();
});

onPage('a second factor asks for its code, and for another where it is wrong', {}, async (page, { url }) => {
  await page.goto(url);
  await fillAccount(page, 'mei@harbour.test', password);
  await page.getByRole('heading', { name: 'One more step' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.name), 'code');
  await page.getByLabel('Code of six digits').fill('000000');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This code is not right.').waitFor();
  await page.getByLabel('Code of six digits').fill(`${totpCode.slice(0, 3)} ${totpCode.slice(3)}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Mei Wong').waitFor();
});

onPage('a wrong password says what to do; after too many a countdown runs, and ends', {}, async (page, { url, server }) => {
  server.office.waitS = 3;
  await page.goto(url);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Type your e-mail address and your password.').waitFor();
  for (let attempt = 1; attempt <= 3; ++attempt) {
    await fillAccount(page, 'ada@harbour.test', `wrong ${attempt}`);
    await page.getByText('E-mail address or password is wrong').waitFor();
  }
  await fillAccount(page, 'ada@harbour.test', password);
  await page.getByRole('timer').getByText(/You can try again in [123] seconds?\./).waitFor();
  const asked = server.requests.length;
  await page.getByRole('button', { name: 'Sign in' }).click();
  assert.equal(server.requests.length, asked, 'nothing is sent while it waits');
  await page.getByText('You can try again now.').waitFor();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Ada Chan').waitFor();
});

onPage('a server without accounts offers the key alone', {}, async (page, { url, key }) => {
  await page.route('**/v1/sign-in', (route) => route.fulfill({ status: 404, body: '' }));
  await page.route('**/v1/session', (route) => route.fulfill({ status: 404, body: '' }));
  await signIn(page, url, key);
  await page.getByText('Port of Test').waitFor();
});

onPage('a provider signs in and comes back to the page asked for', {}, async (page, { url }) => {
  await page.goto(`${url}/track/MSCU6639870`);
  await page.getByRole('link', { name: 'Continue with Acme Port ID' }).click();
  await page.getByRole('heading', { level: 1, name: 'MSCU6639870' }).waitFor();
  await page.getByText('Ada Chan').waitFor();
});

onPage('a provider’s failure is told with what to do, also a code that the page does not know', {}, async (page, { url }) => {
  await page.goto(url);
  await page.getByRole('link', { name: 'Continue with Broken ID' }).click();
  await page.getByRole('alert').getByText('The provider cannot be reached at the moment.').waitFor();
  await page.goto(`${url}/sign-in?problem=teapot`);
  await page.getByRole('alert').getByText('teapot').waitFor();
});

onPage('an invitation shows who invites, takes a name and a password, and signs in', {}, async (page, { url }) => {
  await page.goto(`${url}/invitation#inv-open-token`);
  await page.getByText('To act for Harbour Forwarding (Forwarder) on Fairway.').waitFor();
  assert.equal(page.url(), `${url}/invitation`, 'the token has left the address');
  await page.getByRole('button', { name: 'Accept and sign in' }).click();
  await page.getByText('At least 12 characters, please.').waitFor();
  await page.getByLabel('Your name').fill('Lee Ho');
  await page.getByLabel('Choose a password').fill('another four good words');
  await page.getByRole('button', { name: 'Accept and sign in' }).click();
  await page.getByText('Lee Ho').waitFor();
  assert.equal(new URL(page.url()).pathname, '/');
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  await page.reload();
  await page.getByText('Lee Ho').waitFor();
});

onPage('an invitation that is not open says why and what to do', {}, async (page, { url }) => {
  for (const address of ['/invitation', '/invitation#inv-used-token']) {
    await page.goto(url + address);
    await page.getByRole('heading', { name: 'This invitation is not open' }).waitFor();
    await page.goto('about:blank');
  }
});

onPage('a guest’s link shows one journey and nothing else', {}, async (page, { url, server }) => {
  await page.goto(`${url}/guest#fw_guest_journey`);
  await page.getByRole('heading', { level: 1, name: 'MSCU6639870' }).waitFor();
  assert.equal(page.url(), `${url}/guest`, 'the key has left the address');
  await page.getByText(/You see this one journey as a guest, until \d+ \w+ \d{4}/).waitFor();
  assert.equal(await page.getByRole('search').count(), 0);
  assert.equal(await page.getByRole('navigation').count(), 0);
  assert.deepEqual(await page.locator('a[href^="/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href'))), []);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'MSCU6639870' }).waitFor();
  server.office.state.guests.clear();
  await page.reload();
  await page.getByRole('heading', { name: 'This link has ended' }).waitFor();
});

onPage('a guest’s link signs nobody else in, whoever’s cookie or key it is', {}, async (page, { url, key, server }) => {
  await signInAs(page, url, 'ada@harbour.test');
  await page.goto(`${url}/guest#fw_no_such_link`);
  await page.getByRole('heading', { name: 'This link has ended' }).waitFor();
  assert.equal(await page.getByText('Ada Chan').count(), 0);
  await page.goto('about:blank');
  server.office.operatorKey = 'fw_an_organisation_key';
  try {
    await page.goto(`${url}/guest#fw_an_organisation_key`);
    await page.getByRole('heading', { name: 'This link has ended' }).waitFor();
  } finally {
    server.office.operatorKey = key;
  }
});
