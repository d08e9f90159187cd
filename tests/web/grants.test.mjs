import assert from 'node:assert/strict';

import { tabTo } from './support/access.mjs';
import { signInAs } from './support/portal.mjs';
import { suite } from './support/suite.mjs';

const { onPage } = suite();
const ada = 'ada@harbour.test';

async function openDialog(page, url, email = ada) {
  await signInAs(page, url, email, '/grants');
  await page.getByRole('button', { name: 'New grant' }).click();
  return page.getByRole('dialog', { name: 'New grant' });
}

onPage('a grant is a sentence: who lets whom see which data of what, until when, for which purpose', {}, async (page, { url }) => {
  await signInAs(page, url, ada, '/grants');
  const sentence = page.locator('.record', { hasText: 'gr_given1' }).locator('.grant-sentence');
  await sentence.waitFor();
  assert.match(
    (await sentence.innerText()).replace(/\s+/g, ' '),
    /^Your organisation lets Victoria Trade Bank see the milestones, the goods and the value of bill of lading PRLHKG778812 until \d+ \w+ \d{4} \d\d:\d\d \+08:00, for this purpose: Financing of the shipment\.$/,
  );
  await page.getByRole('radio', { name: /^UTC/ }).click();
  assert.match(await sentence.innerText(), /UTC/);
});

onPage('states are filtered, and a state without grants says how to see the others', {}, async (page, { url }) => {
  await signInAs(page, url, ada, '/grants');
  await page.locator('.record').nth(2).waitFor();
  await page.getByLabel('State').selectOption('expired');
  await page.getByText('gr_old1').waitFor();
  assert.equal(await page.locator('.record').count(), 1);
  await page.getByLabel('State').selectOption('declined');
  await page.getByText('None in this state').waitFor();
});

onPage('an offered grant is accepted, after it was said what that means', {}, async (page, { url, server }) => {
  await signInAs(page, url, ada, '/grants');
  await page.getByRole('tab', { name: 'Received' }).click();
  await page.getByRole('button', { name: 'Accept the offer of Port of Test' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Accept what Port of Test offers?' });
  await dialog.getByText('It takes effect at once.').waitFor();
  await dialog.getByRole('button', { name: 'Accept' }).click();
  await page.locator('.record', { hasText: 'gr_offer1' }).getByText('In force').waitFor();
  assert.equal(server.office.state.grants.find(({ id }) => id === 'gr_offer1').state, 'accepted');
});

onPage('an offered grant is declined', {}, async (page, { url }) => {
  await signInAs(page, url, ada, '/grants');
  await page.getByRole('tab', { name: 'Received' }).click();
  await page.getByRole('button', { name: 'Decline the offer of Port of Test' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Decline' }).click();
  await page.locator('.record', { hasText: 'gr_offer1' }).getByText('Declined').waitFor();
});

onPage('revoking says that it takes effect at once; what was decided meanwhile is told', {}, async (page, { url, server }) => {
  await signInAs(page, url, ada, '/grants');
  await page.getByRole('button', { name: 'Revoke the grant with Victoria Trade Bank' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Revoke this grant?' });
  await dialog.getByText('It takes effect at once').waitFor();
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await page.locator('.record', { hasText: 'gr_given1' }).getByText('Revoked').waitFor();
  await page.getByRole('button', { name: 'Revoke the grant with Lantau Haulage' }).click();
  server.office.state.grants.find(({ id }) => id === 'gr_given2').state = 'declined';
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await dialog.getByRole('alert').getByText('This contradicts what is stored').waitFor();
});

onPage('a nomination shows the other party’s name before it is given', {}, async (page, { url, server }) => {
  const dialog = await openDialog(page, url);
  await dialog.getByRole('button', { name: 'Offer the grant' }).click();
  await dialog.getByText('Write at least one reference.').waitFor();
  await dialog.getByLabel('To whom').fill('br:99');
  await dialog.getByRole('button', { name: 'Look up' }).click();
  await dialog.getByText('Nobody here is known by this.').waitFor();
  await dialog.getByLabel('To whom').fill('br:30998100');
  await dialog.getByLabel(/References, one a line/).fill('mscu 663987-0\n177nhk0042\nhouse_document:HF-26-003391\n');
  await dialog.getByText(/Container MSCU6639870 · Booking 177NHK0042 · House bill of lading HF-26-003391/).waitFor();
  await dialog.getByLabel('Other numbers are').selectOption('transport_document');
  await dialog.getByText('Position', { exact: true }).click();
  await dialog.getByLabel('For which purpose').fill('Collection');
  await dialog.getByText('30 days').click();
  await dialog.getByRole('button', { name: 'Offer the grant' }).click(); // not looked up yet: the name is shown, nothing is given
  await dialog.getByText('This is Lantau Haulage, Haulier.').waitFor();
  assert.equal(server.office.state.grants.length, 4);
  await dialog.getByRole('button', { name: 'Offer the grant' }).click();
  await page.getByRole('dialog', { name: 'Offered to Lantau Haulage' }).getByText('It takes effect when they accept it.').waitFor();
  const [made] = server.office.state.grants;
  assert.deepEqual([made.kind, made.to.id, made.fields, made.purpose], ['nomination', 'pty_haulier000', ['milestones', 'position'], 'Collection']);
  assert.deepEqual(made.scope, { references: ['equipment:MSCU6639870', 'transport_document:177NHK0042', 'house_document:HF-26-003391'] });
  assert.equal(Math.round((Date.parse(made.expires) - Date.now()) / 86_400_000), 30);
  await page.getByRole('button', { name: 'Close' }).last().click();
  await page.locator('.record', { hasText: made.id }).getByText('Offered').waitFor();
});

onPage('a delegation can be for everything, to the end of a chosen day; a consent cannot', {}, async (page, { url, server }) => {
  const dialog = await openDialog(page, url);
  await dialog.getByText('Consent', { exact: true }).click();
  assert.equal(await dialog.getByText('Everything of your organisation').count(), 0);
  await dialog.getByText('Delegation', { exact: true }).click();
  await dialog.getByText('Everything of your organisation').click();
  await dialog.getByLabel('To whom').fill('pty_haulier000');
  await dialog.getByRole('button', { name: 'Look up' }).click();
  await dialog.getByText('This is Lantau Haulage, Haulier.').waitFor();
  await dialog.getByLabel('For which purpose').fill('Everything on land');
  await dialog.getByText('A date', { exact: true }).click();
  await dialog.getByLabel('Last day').fill('2020-01-01');
  await dialog.getByRole('button', { name: 'Offer the grant' }).click();
  await dialog.getByText('Choose a day that is not past.').waitFor();
  await dialog.getByLabel('Last day').fill('2031-05-04');
  await dialog.getByRole('button', { name: 'Offer the grant' }).click();
  await page.getByRole('dialog', { name: 'Offered to Lantau Haulage' }).waitFor();
  assert.deepEqual(server.office.state.grants[0].scope, { all: true });
  assert.equal(server.office.state.grants[0].expires, '2031-05-04T15:59:59Z'); // the browser is in Hong Kong
});

onPage('only an authority has the legal basis, in force at once', {}, async (page, { url, server }) => {
  const dialog = await openDialog(page, url, 'kit@customs.test');
  await dialog.getByText('Legal basis', { exact: true }).click();
  await dialog.getByLabel(/References, one a line/).fill('MSCU6639870');
  await dialog.getByRole('button', { name: 'Put in force' }).click();
  await dialog.getByText('This is needed.').waitFor();
  await dialog.getByLabel('Law, article and file').fill('Cap. 60 s. 20, file 26/118');
  await dialog.getByText('Sealed', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Put in force' }).click();
  await page.getByRole('dialog', { name: 'In force' }).getByText('Cap. 60 s. 20, file 26/118').waitFor();
  assert.equal(server.office.state.grants[0].state, 'accepted');
});

onPage('a guest link is shown once, opens the journey, and ends when it is revoked', {}, async (page, { url }) => {
  const dialog = await openDialog(page, url);
  assert.equal(await dialog.getByText('Legal basis', { exact: true }).count(), 0);
  await dialog.getByText('Guest link', { exact: true }).click();
  await dialog.getByText('The guest sees this one journey').waitFor();
  await dialog.getByLabel('Container, booking or bill of lading').fill('mscu 663987 0');
  await dialog.getByLabel('Name for this link').fill('Driver of LM 4821');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const once = page.getByRole('dialog', { name: 'The guest link' });
  await once.getByRole('button', { name: 'Copy' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await once.getByRole('button', { name: 'Close' }).click();
  const driver = await page.context().newPage();
  await driver.goto(link);
  await driver.getByRole('heading', { level: 1, name: 'MSCU6639870' }).waitFor();
  await page.getByRole('button', { name: 'Revoke the grant with Driver of LM 4821' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await page.locator('.record', { hasText: 'Driver of LM 4821' }).getByText('Revoked').waitFor();
  await driver.reload();
  await driver.getByRole('heading', { name: 'This link has ended' }).waitFor();
});

onPage('long lists come page by page', {}, async (page, { url, server }) => {
  const [one] = server.office.state.grants.filter(({ id }) => id === 'gr_given1');
  for (let n = 0; n < 70; ++n) server.office.state.grants.push({ ...one, id: `gr_many${n}` });
  await signInAs(page, url, ada, '/grants');
  await page.getByRole('button', { name: 'Load more' }).click();
  await page.getByText('gr_many69').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Load more' }).count(), 0);
});

onPage('a grant is given with the keyboard alone, and the focus comes back', {}, async (page, { url, server }) => {
  await signInAs(page, url, ada, '/grants');
  await page.locator('.record').first().waitFor();
  await tabTo(page, '.page-tools .button.primary');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, 'input[type=radio]');
  await page.keyboard.press('ArrowDown'); // consent
  await tabTo(page, 'input[name=party]');
  await page.keyboard.insertText('pty_bank000000');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('This is Victoria Trade Bank, Bank.').waitFor();
  await tabTo(page, 'textarea[name=references]');
  await page.keyboard.insertText('MSCU6639870');
  await tabTo(page, 'input[value=value]');
  await page.keyboard.press('Space');
  await tabTo(page, 'input[name=purpose]');
  await page.keyboard.insertText('Finance');
  await tabTo(page, 'button[type=submit]');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Offered to Victoria Trade Bank' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const [made] = server.office.state.grants;
  assert.deepEqual([made.kind, made.fields, made.purpose], ['consent', ['milestones', 'value'], 'Finance']);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'New grant');
});
