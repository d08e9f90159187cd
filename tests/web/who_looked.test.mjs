import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { signInAs } from './support/portal.mjs';
import { suite } from './support/suite.mjs';

const { onPage } = suite();
const ada = 'ada@harbour.test';

const rows = (page) => page.getByRole('table').getByRole('row');

onPage('who looked says when, who, what, how, and on which ground, newest first', {}, async (page, { url }) => {
  await signInAs(page, url, ada, '/who-looked');
  const first = rows(page).nth(1);
  await first.waitFor();
  assert.match(
    (await first.innerText()).replace(/\s+/g, ' '),
    /\d+ \w+ \d{4} \d\d:\d\d \+08:00 Victoria Trade Bank Bank · a person Bill of lading PRLHKG778812 12 events Journey by a grant grant gr_given1 Financing of the shipment/,
  );
  const third = rows(page).nth(3);
  assert.equal(await third.getByRole('listitem').count(), 3);
  await third.getByRole('button', { name: 'and 2 more' }).click();
  assert.equal(await third.getByRole('listitem').count(), 5);
});

onPage('more are loaded until there are no more', {}, async (page, { url }) => {
  await signInAs(page, url, ada, '/who-looked');
  await page.getByText('50 reads shown, there are more').waitFor();
  await page.getByRole('button', { name: 'Load more' }).click();
  await page.getByText('100 reads shown, there are more').waitFor();
  await page.getByRole('button', { name: 'Load more' }).click();
  await page.getByText('120 reads shown', { exact: true }).waitFor();
  assert.equal(await rows(page).count(), 121);
  assert.equal(await page.getByRole('button', { name: 'Load more' }).count(), 0);
});

onPage('the time span and the reader narrow it', {}, async (page, { url, server }) => {
  await signInAs(page, url, ada, '/who-looked');
  await page.getByText('24 hours').click();
  await page.getByText('8 reads shown', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Show only reads by Lantau Haulage' }).first().click();
  await page.getByText('Only Lantau Haulage').waitFor();
  await page.getByText('3 reads shown', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Show all readers' }).click();
  await page.getByText('8 reads shown', { exact: true }).waitFor();
  await page.getByLabel('Reader').fill('pty_customs000');
  await page.getByRole('button', { name: 'Look up' }).click();
  await page.getByText('Only Customs and Excise').waitFor();
  server.requests.length = 0;
  await page.getByText('Dates', { exact: true }).click();
  await page.getByLabel('From').fill('2031-03-01');
  await page.getByLabel('To', { exact: true }).fill('2031-03-02');
  await page.getByText('Nobody else has looked in this time').waitFor();
  const asked = server.requests.findLast((request) => request.startsWith('GET /v1/access-log'));
  const query = new URL(asked.slice(4), url).searchParams;
  assert.equal(query.get('from'), '2031-02-28T16:00:00.000Z'); // midnight in Hong Kong
  assert.equal(query.get('until'), '2031-03-02T16:00:00.000Z');
  assert.equal(query.get('reader'), 'pty_customs000');
});

onPage('what is shown is saved as CSV, in which no text becomes a formula', {}, async (page, { url }) => {
  await signInAs(page, url, ada, '/who-looked');
  await page.getByText('24 hours').click();
  await page.getByText('8 reads shown', { exact: true }).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as CSV' }).click()]);
  assert.match(download.suggestedFilename(), /^fairway-who-looked-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await download.path(), 'utf8');
  const lines = text.trimEnd().split('\r\n');
  assert.equal(lines.length, 9);
  assert.ok(lines[0].startsWith('\ufeff"Time (UTC)","Reader",'));
  assert.match(lines[1], /"Victoria Trade Bank","pty_bank000000","Bank","a person","Journey","by a grant","gr_given1","Financing of the shipment","transport_document:PRLHKG778812","12"$/);
  assert.ok(lines[3].includes(`"'=HYPERLINK(""Cap. 60, s. 20"")"`));
});

onPage('where nobody looked, the page explains what would stand there', {}, async (page, { url, server }) => {
  server.office.state.reads = [];
  await signInAs(page, url, ada, '/who-looked');
  await page.getByText('Nobody else has looked in this time').waitFor();
  await page.getByText('Your own reads are not listed.').waitFor();
});

onPage('a list that cannot be read says so and is read when the server is back', {}, async (page, { url }) => {
  await signInAs(page, url, ada);
  await page.route('**/v1/access-log*', (route) => route.abort());
  await page.getByRole('link', { name: 'Who looked' }).click();
  await page.getByRole('alert').getByText('The server cannot be reached').waitFor();
  await page.unroute('**/v1/access-log*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('table').waitFor();
});
