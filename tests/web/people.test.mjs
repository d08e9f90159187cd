// The organisation, its people and keys, and one's own account.
import assert from 'node:assert/strict';

import { password, totpCode } from './mock/office.mjs';
import { signIn, signInAs } from './support/portal.mjs';
import { suite } from './support/suite.mjs';

const { onPage } = suite();
const ada = 'ada@harbour.test';

onPage('the menu has what the rights allow, and an address without the right says so', {}, async (page, { url }) => {
  await signInAs(page, url, 'ravi@harbour.test');
  const menu = page.getByRole('navigation', { name: 'Pages' });
  assert.deepEqual(await menu.getByRole('link').allTextContents(), ['Track', 'Grants', 'Who looked', 'Organisation', 'My account']);
  await page.goto(`${url}/people`);
  await page.getByRole('alert').getByText('You may not do this').waitFor();
  await page.goto(`${url}/grants`);
  await page.getByRole('heading', { level: 1, name: 'Grants' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'New grant' }).count(), 0);
});

onPage('on a phone the menu opens with the keyboard and leads to a page', { viewport: { width: 390, height: 800 } }, async (page, { url }) => {
  await signInAs(page, url, ada);
  await page.getByRole('button', { name: 'Menu' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Track' }).waitFor();
  for (let step = 0; step < 3; ++step) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('E-mail address').waitFor();
});

onPage('the organisation shows its identifiers, its id to copy, and the rights of who looks', {}, async (page, { url }) => {
  await signInAs(page, url, 'ravi@harbour.test', '/organisation');
  await page.getByText('SCAC:HBFW').waitFor();
  await page.getByRole('button', { name: 'Copy' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'pty_forwarder0');
  assert.equal(await page.locator('.right-lacking').count(), 3);
});

onPage('people are listed with rights, second factor and last sign-in; rights are changed', {}, async (page, { url, server }) => {
  await signInAs(page, url, ada, '/people');
  const ravi = page.locator('.record', { hasText: 'Ravi Shah' });
  await ravi.getByText('no second factor · Last sign-in never').waitFor();
  await page.locator('.record', { hasText: 'Mei Wong' }).getByText('with second factor').waitFor();
  await page.getByRole('button', { name: 'Change the rights of Ravi Shah' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rights of Ravi Shah' });
  await dialog.getByText('Send', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await ravi.getByRole('listitem').getByText('Send').waitFor();
  assert.deepEqual(server.office.state.people[2].listed.rights, ['read', 'send']);
});

onPage('suspending asks first and ends what the person could do; reactivating brings it back', {}, async (page, { url }) => {
  await signInAs(page, url, ada, '/people');
  assert.equal(await page.getByRole('button', { name: 'Suspend Ada Chan' }).count(), 0);
  await page.getByRole('button', { name: 'Suspend Ravi Shah' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Suspend Ravi Shah?' });
  await dialog.getByText('signed out everywhere at once').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Suspend Ravi Shah' }).click();
  await dialog.getByRole('button', { name: 'Suspend' }).click();
  await page.locator('.record', { hasText: 'Ravi Shah' }).getByText('Suspended').waitFor();
  await page.getByRole('button', { name: 'Reactivate Ravi Shah' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reactivate' }).click();
  await page.getByRole('button', { name: 'Suspend Ravi Shah' }).waitFor();
});

onPage('a session that was renewed in another tab goes on without a question', {}, async (page, { url, server }) => {
  await signInAs(page, url, ada, '/people');
  await page.getByRole('button', { name: 'Suspend Ravi Shah' }).click();
  for (const session of server.office.state.sessions.values()) session.csrf = 'renewed';
  await page.getByRole('alertdialog').getByRole('button', { name: 'Suspend' }).click();
  await page.locator('.record', { hasText: 'Ravi Shah' }).getByText('Suspended').waitFor();
});

onPage('a right that is taken away meanwhile is told with the server’s words', {}, async (page, { url, server }) => {
  await signInAs(page, url, ada, '/people');
  await page.getByRole('button', { name: 'Suspend Ravi Shah' }).click();
  server.office.state.people[1].listed.rights = ['read'];
  await page.getByRole('alertdialog').getByRole('button', { name: 'Suspend' }).click();
  await page.getByRole('alert').getByText('You may not do this').waitFor();
});

onPage('an invitation is made, shown once, copied, listed and withdrawn', {}, async (page, { url, server }) => {
  await signInAs(page, url, ada, '/people');
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  await dialog.getByText('This is not an e-mail address.').waitFor();
  await dialog.getByLabel('E-mail address').fill('chris@harbour.test');
  await dialog.getByText('Grant', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  const once = page.getByRole('dialog', { name: 'Send this link to chris@harbour.test' });
  await once.getByText('Shown only now.').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await once.count(), 1, 'what is shown once is not lost by a key');
  await once.getByRole('button', { name: 'Copy' }).click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), new RegExp(`^${url}/invitation#token_\\d+$`));
  await once.getByRole('button', { name: 'Close' }).click();
  assert.deepEqual(server.office.state.invitations[0].shown.rights, ['read', 'grant']);
  await page.getByRole('button', { name: 'Withdraw the invitation of chris@harbour.test' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click();
  await page.locator('.record', { hasText: 'chris@harbour.test' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Show 2 that are closed' }).click();
  await page.locator('.record', { hasText: 'chris@harbour.test' }).getByText('Withdrawn').waitFor();
});

onPage('the operator invites a new organisation', {}, async (page, { url, key, server }) => {
  await signIn(page, url, key, '/people');
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('A new organisation').click();
  await dialog.getByLabel('Name of the organisation').fill('Tsing Yi Depot');
  await dialog.getByLabel('Its role in the port').selectOption('warehouse');
  await dialog.getByLabel(/Its identifiers/).fill('SMDG:TYD\nnonsense');
  await dialog.getByLabel('E-mail address').fill('first@depot.test');
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  await dialog.getByText('“nonsense” has no scheme before a colon.').waitFor();
  await dialog.getByLabel(/Its identifiers/).fill('SMDG:TYD');
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  await page.getByRole('dialog', { name: 'Send this link to first@depot.test' }).waitFor();
  assert.deepEqual(server.office.state.invitations[0].shown.party, { name: 'Tsing Yi Depot', role: 'warehouse', identifiers: ['SMDG:TYD'] });
});

onPage('a key is made, shown once, rotated with an overlap, and withdrawn', {}, async (page, { url, server }) => {
  server.requests.length = 0;
  await signInAs(page, url, ada, '/keys');
  await page.getByRole('button', { name: 'New key' }).click();
  const dialog = page.getByRole('dialog', { name: 'New API key' });
  await dialog.getByLabel('What it is for').fill('Weighbridge');
  await dialog.getByText('Read', { exact: true }).click();
  await dialog.getByText('No end').click();
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  const once = page.getByRole('dialog', { name: 'Your new key' });
  assert.match(await once.getByLabel('API key').inputValue(), /^fw_key_\d+_secret$/);
  await once.getByRole('button', { name: 'Close' }).click();
  const made = server.office.state.keys.at(-1);
  assert.deepEqual([made.label, made.scopes, made.expires], ['Weighbridge', ['send'], undefined]);

  await page.getByRole('button', { name: 'Rotate Gate system' }).click();
  await page.getByRole('dialog').getByText('7 days').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make the new key' }).click();
  await once.getByRole('button', { name: 'Close' }).click();
  assert.ok(server.requests.some((request) => request === 'POST /v1/keys/k7d2m9/rotation?overlap=604800'));

  await page.getByRole('button', { name: 'Withdraw Weighbridge' }).click();
  await page.getByRole('alertdialog').getByText('This cannot be undone.').waitFor();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click();
  await page.locator('.record', { hasText: 'Weighbridge' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Show 2 that have ended' }).waitFor();
});

onPage('a certificate is added and withdrawn; a private key is refused before it is sent', {}, async (page, { url, server }) => {
  await signInAs(page, url, ada, '/keys');
  await page.getByText('No certificate acts for your organisation').waitFor();
  await page.getByRole('button', { name: 'Add a certificate' }).click();
  const dialog = page.getByRole('dialog');
  const pem = (what) => `-----BEGIN ${what}-----\nMIIB\n-----END ${what}-----`;
  await dialog.getByLabel('Certificate (PEM)').fill(`${pem('CERTIFICATE')}\n${pem('EC PRIVATE KEY')}`);
  await dialog.getByText('This is a private key.').waitFor();
  server.requests.length = 0;
  await dialog.getByRole('button', { name: 'Add the certificate' }).click();
  assert.deepEqual(server.requests, []);
  await dialog.getByLabel('Certificate (PEM)').fill(pem('CERTIFICATE'));
  await dialog.getByRole('button', { name: 'Add the certificate' }).click();
  await page.locator('.record', { hasText: 'CN=edi.harbour.test' }).waitFor();
  await page.getByRole('button', { name: 'Withdraw CN=edi.harbour.test,O=Harbour Forwarding' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click();
  await page.getByText('No certificate acts for your organisation').waitFor();
});

onPage('a service account is added', {}, async (page, { url }) => {
  await signInAs(page, url, ada, '/keys');
  await page.getByRole('button', { name: 'Add a service account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Issuer').fill('id.acme.test');
  await dialog.getByLabel('Subject').fill('gate-1');
  await dialog.getByRole('button', { name: 'Add the service account' }).click();
  await dialog.getByText('The issuer is an address that begins with https://.').waitFor();
  await dialog.getByLabel('Issuer').fill('https://id.acme.test');
  await dialog.getByRole('button', { name: 'Add the service account' }).click();
  await page.locator('.record', { hasText: 'https://id.acme.test · gate-1' }).waitFor();
});

onPage('the password is changed, and a wrong old one is told', {}, async (page, { url, server }) => {
  await signInAs(page, url, ada, '/account');
  await page.getByLabel('Password until now').fill('not this one');
  await page.getByLabel('New password').fill('a longer one than before');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('This is not your password until now.').waitFor();
  await page.getByLabel('Password until now').fill(password);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByRole('status').getByText('Your password is changed.').waitFor();
  assert.equal(server.office.state.people[1].password, 'a longer one than before');
});

onPage('a second factor is set up by a QR code or its address, confirmed, and switched off', {}, async (page, { url, server }) => {
  await signInAs(page, url, ada, '/account');
  await page.getByRole('button', { name: 'Set up' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set up a second factor' });
  await dialog.getByRole('img', { name: /QR code/ }).waitFor();
  assert.match(await dialog.getByLabel('Or copy this address into the app').inputValue(), /^otpauth:\/\/totp\/Fairway:ada%40harbour\.test\?secret=/);
  await dialog.getByLabel('Code of six digits').fill('999999');
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  await dialog.getByText('This code is not right.').waitFor();
  await dialog.getByLabel('Code of six digits').fill(totpCode);
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  await page.getByText('On', { exact: true }).waitFor();
  assert.equal(server.office.state.people[1].listed.secondFactor, true);
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByLabel('Code of six digits').fill(totpCode);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Switch off' }).click();
  await page.getByText('Off', { exact: true }).waitFor();
});
