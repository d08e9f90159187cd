import assert from 'node:assert/strict';

import { search, signIn } from './support/portal.mjs';
import { suite } from './support/suite.mjs';

const { onPage } = suite();

async function open(page, { url, key }, reference) {
  await signIn(page, url, key, `/track/${reference}`);
  await page.getByRole('heading', { level: 1, name: reference }).waitFor();
}

for (const [kind, typed, found] of [
  ['container, as people write it', ' mscu 663987-0 ', 'MSCU6639870'],
  ['booking', '177nhk0042', '177NHK0042'],
  ['bill of lading', 'PRLHKG778812', 'PRLHKG778812'],
]) {
  onPage(`search by ${kind}`, {}, async (page, { url, key }) => {
    await signIn(page, url, key);
    await search(page, typed);
    await page.getByRole('heading', { level: 1, name: found }).waitFor();
    assert.equal(new URL(page.url()).pathname, `/track/${found}`);
  });
}

onPage('recent searches are offered again and can be forgotten', {}, async (page, shared) => {
  await open(page, shared, '177NHK0042');
  await page.getByRole('link', { name: 'Fairway, to the start page' }).click();
  await page.getByRole('link', { name: '177NHK0042' }).waitFor();
  await page.getByRole('button', { name: 'Remove 177NHK0042 from the list' }).click();
  assert.equal(await page.getByRole('link', { name: '177NHK0042' }).count(), 0);
});

onPage('a wrong check digit is pointed out while typing, and is no bar', {}, async (page, { url, key }) => {
  await signIn(page, url, key);
  await page.locator('input[name=reference]').fill('MSCU6639871');
  await page.getByText('should end in 0').waitFor();
  await page.locator('input[name=reference]').press('Enter');
  await page.getByRole('heading', { name: 'Nothing is known of MSCU6639871' }).waitFor();
});

onPage('the headline says where it is, what is next and what is late', {}, async (page, shared) => {
  await open(page, shared, 'MSCU6639870');
  const now = page.getByRole('region', { name: 'Now' });
  await now.getByText('Departed').waitFor();
  await now.getByText('Hong Kong').waitFor();
  await page.getByRole('region', { name: 'Next', exact: true }).getByText('Arrival').waitFor();
  const attention = page.getByRole('region', { name: 'Attention' });
  await attention.getByText(/Arrival overdue by \d+ d/).waitFor();
  await attention.getByText('Arrival expected 1 d 15 h late').waitFor();
  await attention.getByRole('link', { name: '1 contradiction between claims' }).waitFor();
});

onPage('the customs of both sides stand by container, with since when and who says so', {}, async (page, shared) => {
  await open(page, shared, 'MSCU6639870');
  const customs = page.getByRole('region', { name: 'Customs' });
  await customs.getByRole('heading', { level: 3, name: 'MSCU6639870' }).waitFor();
  assert.deepEqual(await customs.getByRole('heading', { level: 4 }).allTextContents(), ['Mainland', 'Hong Kong']);
  const [mainland, hongKong] = await customs.locator('.customs-side').allInnerTexts();
  assert.match(mainland, /Released\s+since\s+14 Mar 2026\s+07:45\s+\+08:00[\s\S]*530120260000012345[\s\S]*paid/);
  assert.match(mainland, /Contradiction[\s\S]*Stonecutters Container Terminal[\s\S]*Held\s+since\s+13 Mar 2026/);
  assert.match(hongKong, /To be inspected[\s\S]*HK26000451[\s\S]*no number yet[\s\S]*hk\/manifest[\s\S]*Rejected/);
  assert.ok(!hongKong.includes('Contradiction'));
  await customs.getByText('Show all 3 steps').click();
  assert.deepEqual(await customs.locator('.customs-history .time-clock').allTextContents(), ['09:00', '22:05', '07:45']);
});

onPage('legs show means, places, states and three kinds of time', {}, async (page, shared) => {
  await open(page, shared, 'MSCU6639870');
  const legs = page.locator('.leg');
  assert.equal(await legs.count(), 3);
  assert.deepEqual(await page.locator('.leg-state').allTextContents(), ['Done', 'Under way', 'Planned']);
  assert.match(await legs.nth(1).innerText(), /PEARL MERIDIAN · voyage 031W[\s\S]*Planned\s+15 Mar 2026\s+06:00[\s\S]*Actual\s+15 Mar 2026\s+12:20/);
});

onPage('a milestone unfolds into every claim with its party and source', {}, async (page, shared) => {
  await open(page, shared, 'MSCU6639870');
  const row = page.locator('.milestone', { hasText: 'Gate in' });
  await row.getByRole('button', { name: /3 claims/ }).click();
  const text = await row.innerText();
  assert.match(text, /Stonecutters Container Terminal/);
  assert.match(text, /EDIFACT CODECO D\.95B ITG14 · document GATE0001 · message 1 · interchange 77 · segment 4 · byte 118/);
  assert.match(text, /Received\s+14 Mar 2026\s+09:05\s+\+08:00/);
  assert.match(text, /202603140858/);
  assert.match(text, /zone of the place/);
});

onPage('contradicting claims stand side by side, marked', {}, async (page, shared) => {
  await open(page, shared, 'MSCU6639870');
  const conflicts = page.locator('#conflicts');
  await conflicts.getByText('Loading MSCU6639870: the times differ').waitFor();
  assert.deepEqual(await conflicts.locator('.claim-time .time-clock').allTextContents(), ['03:42', '09:10']);
  const [left, right] = await Promise.all([0, 1].map((index) => conflicts.locator('.claim').nth(index).boundingBox()));
  assert.equal(left.y, right.y);
  const cell = page.locator('.milestone-conflict .cell-actual');
  assert.deepEqual(await cell.locator('.time-clock').allTextContents(), ['03:42', '09:10']);
});

onPage('corrected and retracted claims are struck through', {}, async (page, shared) => {
  await open(page, shared, 'MSCU6639870');
  const struck = async (locator) => (await locator.evaluate((element) => getComputedStyle(element).textDecorationLine)) === 'line-through';
  assert.ok(await struck(page.locator('.cell-claim-corrected time')));
  assert.ok(await struck(page.locator('.other-claims .claim-retracted .claim-time time')));
  await page.locator('.other-claims').getByText('Taken back', { exact: true }).waitFor();
});

onPage('times are shown of the place, in UTC and of this device', { timezoneId: 'America/New_York' }, async (page, shared) => {
  await open(page, shared, 'MSCU6639870');
  const clock = page.locator('.headline-now .time');
  assert.match(await clock.innerText(), /12:20\s+\+08:00/);
  await page.getByRole('radio', { name: /^UTC/ }).click();
  assert.match(await clock.innerText(), /04:20\s+UTC/);
  await page.getByRole('radio', { name: /^Mine/ }).click();
  assert.match(await clock.innerText(), /00:20\s+−04:00/);
  await page.reload();
  assert.match(await clock.innerText(), /00:20\s+−04:00/);
});

onPage('references are flagged, linked and copied', {}, async (page, shared) => {
  await open(page, shared, 'MSCU6639870');
  await page.locator('.chip-flagged', { hasText: '9621038' }).getByText('wrong check digit').waitFor();
  await page.getByRole('button', { name: 'Copy HF-26-003391' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'HF-26-003391');
  await page.getByRole('link', { name: 'Track 177NHK0042' }).click();
  await page.getByRole('heading', { level: 1, name: '177NHK0042' }).waitFor();
});

onPage('a container used twice offers its trips', {}, async (page, shared) => {
  await open(page, shared, 'MSCU6639870');
  await page.getByRole('navigation', { name: 'Trips of this container' }).getByRole('link', { name: /Trip 1/ }).click();
  await page.waitForURL(/trip=1$/);
  await page.getByRole('heading', { level: 1, name: 'MSCU6639870' }).waitFor();
  assert.ok(shared.server.requests.some((request) => request.endsWith('/v1/journeys/MSCU6639870?trip=1')));
});

onPage('many containers are filtered by one', {}, async (page, shared) => {
  await open(page, shared, '177NHK0099');
  assert.equal(await page.locator('.milestone').count(), 48);
  await page.getByRole('combobox', { name: 'Container' }).fill('0507');
  await page.getByText('No container matches').waitFor();
  await page.getByRole('combobox', { name: 'Container' }).fill('67017');
  await page.getByRole('option', { name: 'TGHU4567017' }).click();
  assert.equal(await page.locator('.milestone').count(), 2);
  await page.getByRole('button', { name: 'Show all containers' }).click();
  assert.equal(await page.locator('.milestone').count(), 48);
});

onPage('a journey of plans alone teaches what is missing', {}, async (page, shared) => {
  await open(page, shared, 'PRLHKG900001');
  await page.getByText('Nothing has happened yet').waitFor();
  await page.getByText('No leg is known yet').waitFor();
});

onPage('an address that is no page says so', {}, async (page, { url, key }) => {
  await signIn(page, url, key, '/nowhere');
  await page.getByText('There is no page at this address').waitFor();
});
