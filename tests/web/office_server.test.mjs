// An organisation's life on the real server: invited, signed in, with colleagues and keys, letting a bank and a driver see one journey,
// and reading who looked. The tests build on each other, as the days of an organisation do.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { launch, openPage } from './support/browser.mjs';
import { isOurs, post, startFairway } from './support/fairway.mjs';
import { signIn, signInAs } from './support/portal.mjs';
import { codeOf } from './support/totp.mjs';

const skip = isOurs ? false : 'needs FAIRWAY_BIN';

const container = 'MSCU6639870';
const other = 'TRLU7258404'; // of the same organisation, and nobody else's business
const carrier = { email: 'ada@pearl.test', name: 'Ada Chan', password: 'four words in a row' };
const colleague = { email: 'ravi@pearl.test', name: 'Ravi Shah', password: 'another four words here' };
const banker = { email: 'grace@bank.test', name: 'Grace Ho', password: 'not the same words again' };

let server;
let browser;
const opened = {}; // the browsers of the people, each with its own cookies
let authenticator; // the otpauth:// address in Ada's app

// Of one container: into the terminal, which a driver sees, and on board, which is not a driver's business.
function events(equipmentReference) {
  return [happened(equipmentReference, 'GTIN', '2026-03-14T08:58:00+08:00'), happened(equipmentReference, 'LOAD', '2026-03-15T09:10:00+08:00')];
}

function happened(equipmentReference, equipmentEventTypeCode, eventDateTime) {
  return {
    eventID: randomUUID(), eventType: 'EQUIPMENT', eventCreatedDateTime: '2026-03-15T10:00:00+08:00', eventClassifierCode: 'ACT',
    eventDateTime, equipmentEventTypeCode, equipmentReference, ISOEquipmentCode: '22G1', emptyIndicatorCode: 'LADEN',
    eventLocation: { UNLocationCode: 'HKHKG', facilityCode: 'SCT', facilityCodeListProvider: 'SMDG' },
    transportCall: {
      transportCallID: `call-${equipmentReference}`, exportVoyageNumber: '031W', UNLocationCode: 'HKHKG', facilityCode: 'SCT', facilityCodeListProvider: 'SMDG',
      facilityTypeCode: 'POTE', modeOfTransport: 'VESSEL', vessel: { vesselIMONumber: '9811012', vesselName: 'PEARL MERIDIAN' },
    },
    documentReferences: [{ documentReferenceType: 'BKG', documentReferenceValue: `BKG${equipmentReference.slice(4)}` }],
  };
}

async function open(name) {
  opened[name] = await openPage(browser);
  return opened[name].page;
}

before(async () => {
  if (!isOurs) return;
  server = await startFairway();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

function step(name, body) {
  test(name, { skip, timeout: 180_000 }, async () => {
    await body();
    for (const [who, { complaints }] of Object.entries(opened)) assert.deepEqual(complaints, [], `console errors, exceptions and policy violations of ${who}`);
  });
}

async function acceptInvitation(page, link, { email, name, password }) {
  await page.goto(link);
  await page.getByRole('heading', { name: 'You are invited' }).waitFor();
  assert.equal(await page.getByLabel('E-mail address').inputValue(), email);
  assert.equal(new URL(page.url()).hash, '', 'the token leaves the address');
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Choose a password').fill(password);
  await page.getByRole('button', { name: 'Accept and sign in' }).click();
  await page.locator('.party-badge', { hasText: name }).waitFor();
}

async function goTo(page, name) {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

// Closes what is shown once, and gives it back.
async function takeOnce(page, title, label) {
  const once = page.getByRole('dialog', { name: title });
  const text = await once.getByLabel(label).inputValue();
  await once.getByRole('button', { name: 'Close' }).click();
  return text;
}

async function giveGrant(page, kind, fill) {
  await goTo(page, 'Grants');
  await page.getByRole('button', { name: 'New grant' }).click();
  const dialog = page.getByRole('dialog', { name: 'New grant' });
  await dialog.getByText(kind, { exact: true }).click();
  await fill(dialog);
}

async function decide(page, button, answer) {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: answer }).click();
}

step('an organisation that the operator invited makes its account by the link, and is signed in by a cookie', async () => {
  const link = await server.inviteOrganisation(carrier.email, 'Pearl Ocean Lines', 'carrier', 'SMDG:PRL');
  const ada = await open('ada');
  await ada.goto(link);
  await ada.getByText('To act for Pearl Ocean Lines (Carrier) on Fairway.').waitFor();
  await acceptInvitation(ada, link, carrier);
  const [cookie] = await opened.ada.context.cookies();
  assert.deepEqual([cookie.name, cookie.httpOnly, cookie.sameSite], ['fairway', true, 'Lax']);
  await ada.reload();
  await ada.locator('.party-badge', { hasText: carrier.name }).waitFor();
  const second = await open('second');
  await second.goto(link);
  await second.getByRole('heading', { name: 'This invitation is not open' }).waitFor();
});

step('signing out ends the session; the password opens a new one, a wrong one does not', async () => {
  const { page: ada, context } = opened.ada;
  const before = await context.cookies();
  await ada.getByRole('button', { name: 'Sign out' }).click();
  await ada.getByLabel('E-mail address').waitFor();
  await context.addCookies(before); // the old cookie is worth nothing
  await ada.reload();
  await ada.getByLabel('E-mail address').fill(carrier.email);
  await ada.locator('input[name=password]').fill('four words in a raw');
  await ada.getByRole('button', { name: 'Sign in' }).click();
  await ada.getByText('E-mail address or password is wrong').waitFor();
  await signInAs(ada, server.url, carrier.email, '/', carrier.password);
});

step('a second factor is set up with the shown secret and asked for from then on', async () => {
  const { page: ada } = opened.ada;
  await goTo(ada, 'My account');
  await ada.getByRole('button', { name: 'Set up' }).click();
  const dialog = ada.getByRole('dialog', { name: 'Set up a second factor' });
  authenticator = await dialog.getByLabel('Or copy this address into the app').inputValue();
  assert.ok(authenticator.startsWith('otpauth://totp/'), authenticator);
  await dialog.getByLabel('Code of six digits').fill(codeOf(authenticator, 500));
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  await dialog.getByText('This code is not right.').waitFor();
  await dialog.getByLabel('Code of six digits').fill(codeOf(authenticator));
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  await ada.getByRole('button', { name: 'Switch off' }).waitFor();

  await ada.getByRole('button', { name: 'Sign out' }).click();
  await ada.getByLabel('E-mail address').fill(carrier.email);
  await ada.locator('input[name=password]').fill(carrier.password);
  await ada.getByRole('button', { name: 'Sign in' }).click();
  await ada.locator('input[name=code]').fill(codeOf(authenticator, 500));
  await ada.getByRole('button', { name: 'Sign in' }).click();
  await ada.getByText('This code is not right.').waitFor();
  await ada.locator('input[name=code]').fill(codeOf(authenticator, 1)); // no code works twice
  await ada.getByRole('button', { name: 'Sign in' }).click();
  await ada.locator('.party-badge', { hasText: carrier.name }).waitFor();
});

step('a colleague is invited, accepts, and gets more rights', async () => {
  const { page: ada } = opened.ada;
  await goTo(ada, 'People');
  await ada.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = ada.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByLabel('E-mail address').fill(colleague.email);
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  const link = await takeOnce(ada, `Send this link to ${colleague.email}`, 'Link');
  await ada.locator('.record', { hasText: colleague.email }).getByText('Open').waitFor();

  const ravi = await open('ravi');
  await acceptInvitation(ravi, link, colleague);
  const menu = ravi.getByRole('navigation', { name: 'Pages' });
  assert.equal(await menu.getByRole('link', { name: 'People' }).count(), 0);

  await ada.reload();
  const record = ada.locator('.record', { hasText: colleague.name });
  await record.getByText('no second factor').waitFor();
  await ada.locator('.record', { hasText: carrier.name }).getByText('with second factor').waitFor();
  await ada.getByRole('button', { name: `Change the rights of ${colleague.name}` }).click();
  const rights = ada.getByRole('dialog', { name: `Rights of ${colleague.name}` });
  await rights.getByText('Manage', { exact: true }).click();
  await rights.getByRole('button', { name: 'Save' }).click();
  await record.getByRole('listitem').getByText('Manage').waitFor();
  await ravi.reload();
  await menu.getByRole('link', { name: 'People' }).waitFor();
});

step('who is suspended is signed out everywhere, and comes back when reactivated', async () => {
  const { page: ada } = opened.ada;
  const { page: ravi } = opened.ravi;
  await decide(ada, `Suspend ${colleague.name}`, 'Suspend');
  await ada.locator('.record', { hasText: colleague.name }).getByText('Suspended').waitFor();
  await ravi.reload();
  await ravi.getByLabel('E-mail address').waitFor();
  await decide(ada, `Reactivate ${colleague.name}`, 'Reactivate');
  await ada.getByRole('button', { name: `Suspend ${colleague.name}` }).waitFor();
  await signInAs(ravi, server.url, colleague.email, '/', colleague.password);
});

step('nobody takes the last right to manage away', async () => {
  const { page: ada } = opened.ada;
  const drop = async (name) => {
    await ada.getByRole('button', { name: `Change the rights of ${name}` }).click();
    const dialog = ada.getByRole('dialog', { name: `Rights of ${name}` });
    await dialog.getByText('Manage', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    return dialog;
  };
  await (await drop(colleague.name)).waitFor({ state: 'detached' });
  const dialog = await drop(carrier.name);
  await dialog.getByRole('alert').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  assert.equal(await ada.locator('.record', { hasText: carrier.name }).getByRole('listitem').getByText('Manage').count(), 1);
});

step('a key that was made sends events, and once withdrawn is refused', async () => {
  const { page: ada } = opened.ada;
  await goTo(ada, 'Keys');
  await ada.getByRole('button', { name: 'New key' }).click();
  const dialog = ada.getByRole('dialog', { name: 'New API key' });
  await dialog.getByLabel('What it is for').fill('Line system');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  const key = await takeOnce(ada, 'Your new key', 'API key');
  await post(server, key, '/v1/events', 'application/json', JSON.stringify([...events(container), ...events(other)]));
  await ada.locator('.record', { hasText: 'Line system' }).getByText('Active').waitFor();
  await decide(ada, 'Withdraw Line system', 'Withdraw');
  await ada.getByRole('button', { name: 'Show 1 that has ended' }).click();
  await ada.locator('.record', { hasText: 'Line system' }).getByText('Withdrawn').waitFor();
  // A server may trust a key for two seconds more.
  const refused = async () => (await fetch(`${server.url}/v1/me`, { headers: { Authorization: `Bearer ${key}` } })).status === 401;
  const end = Date.now() + 10_000;
  while (!(await refused())) assert.ok(Date.now() < end, 'the key still works');
});

step('the operator invites a bank in the portal', async () => {
  const operator = await open('operator');
  await signIn(operator, server.url, server.operatorKey, '/people');
  await operator.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = operator.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByText('A new organisation').click();
  await dialog.getByLabel('Name of the organisation').fill('Victoria Trade Bank');
  await dialog.getByLabel('Its role in the port').selectOption('bank');
  await dialog.getByLabel(/Its identifiers/).fill('LEI:5493001KJTIIGC8Y1R12');
  await dialog.getByLabel('E-mail address').fill(banker.email);
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  const link = await takeOnce(operator, `Send this link to ${banker.email}`, 'Link');
  await operator.locator('.record', { hasText: banker.email }).getByText('Victoria Trade Bank (Bank)').waitFor();
  const grace = await open('grace');
  await acceptInvitation(grace, link, banker);
  await grace.goto(`${server.url}/track/${container}`);
  await grace.getByText(`Nothing is known of ${container}`).waitFor();
});

step('a consent that the bank accepts shows it the journey, of that reference alone', async () => {
  const { page: ada } = opened.ada;
  const { page: grace } = opened.grace;
  await giveGrant(ada, 'Consent', async (dialog) => {
    await dialog.getByLabel('To whom').fill('LEI:5493001KJTIIGC8Y1R12');
    await dialog.getByRole('button', { name: 'Look up' }).click();
    await dialog.getByText('This is Victoria Trade Bank, Bank.').waitFor();
    await dialog.getByLabel(/References, one a line/).fill(container);
    await dialog.getByLabel('For which purpose').fill('Financing of the shipment');
    await dialog.getByRole('button', { name: 'Offer the grant' }).click();
  });
  await ada.getByRole('dialog', { name: 'Offered to Victoria Trade Bank' }).getByRole('button', { name: 'Close' }).last().click();
  await ada.locator('.record', { hasText: 'Victoria Trade Bank' }).getByText('Offered').waitFor();

  await goTo(grace, 'Grants');
  await grace.getByRole('tab', { name: 'Received' }).click();
  await decide(grace, 'Accept the offer of Pearl Ocean Lines', 'Accept');
  const record = grace.locator('.record', { hasText: 'Pearl Ocean Lines' });
  await record.getByText('In force').waitFor();
  await record.getByRole('link', { name: container }).click();
  await grace.getByRole('heading', { level: 1, name: container }).waitFor();
  await grace.locator('.milestone', { hasText: 'Loading' }).first().waitFor();
  await grace.goto(`${server.url}/track/${other}`);
  await grace.getByText(`Nothing is known of ${other}`).waitFor();
});

step('who looked shows the bank’s reading, its ground and its purpose', async () => {
  const { page: ada } = opened.ada;
  await goTo(ada, 'Who looked');
  const row = ada.getByRole('row', { name: /Victoria Trade Bank/ }).first();
  await row.waitFor();
  assert.match((await row.innerText()).replace(/\s+/g, ' '), /Victoria Trade Bank Bank · a person Container MSCU6639870 2 events Journey by a grant grant \S+ Financing of the shipment/);
  await row.getByRole('button', { name: 'Show only reads by Victoria Trade Bank' }).click();
  await ada.getByText('Only Victoria Trade Bank').waitFor();
  await ada.getByRole('row', { name: /Victoria Trade Bank/ }).first().waitFor();
});

step('a guest’s link opens the one journey in any browser, and ends when it is revoked', async () => {
  const { page: ada } = opened.ada;
  await giveGrant(ada, 'Guest link', async (dialog) => {
    await dialog.getByLabel('Container, booking or bill of lading').fill(container);
    await dialog.getByLabel('Name for this link').fill('Driver of LM 4821');
    await dialog.getByRole('button', { name: 'Make the link' }).click();
  });
  const link = await takeOnce(ada, 'The guest link', 'Link');
  const driver = await open('driver');
  await driver.goto(link);
  await driver.getByRole('heading', { level: 1, name: container }).waitFor();
  await driver.getByText('You see this one journey as a guest').waitFor();
  await driver.locator('.milestone', { hasText: 'Gate in' }).first().waitFor();
  assert.equal(await driver.locator('.milestone', { hasText: 'Loading' }).count(), 0);
  assert.equal(new URL(driver.url()).hash, '', 'the key leaves the address');
  await decide(ada, 'Revoke the grant with Driver of LM 4821', 'Revoke');
  await ada.locator('.record', { hasText: 'Driver of LM 4821' }).getByText('Revoked').waitFor();
  await driver.reload();
  await driver.getByRole('heading', { name: 'This link has ended' }).waitFor();
});

step('once the consent is revoked the bank sees nothing', async () => {
  const { page: ada } = opened.ada;
  const { page: grace } = opened.grace;
  await decide(ada, 'Revoke the grant with Victoria Trade Bank', 'Revoke');
  await ada.locator('.record', { hasText: 'Victoria Trade Bank' }).getByText('Revoked').waitFor();
  await grace.goto(`${server.url}/track/${container}`);
  await grace.getByText(`Nothing is known of ${container}`).waitFor();
  await goTo(grace, 'Grants');
  await grace.getByRole('tab', { name: 'Received' }).click();
  await grace.locator('.record', { hasText: 'Pearl Ocean Lines' }).getByText('Revoked').waitFor();
});
