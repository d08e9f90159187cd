// The portal on the real server, from the message that goes in to what a person reads.
import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { launch, openPage } from './support/browser.mjs';
import { isAvailable, isOurs, post, startFairway } from './support/fairway.mjs';
import { openKeySignIn, search, signIn, waitForPhase } from './support/portal.mjs';

const skip = isAvailable ? false : 'needs FAIRWAY_BIN, or FAIRWAY_URL and FAIRWAY_TEST_KEY';

// References of this run alone, so that a store that is used again starts clean.
const run = String(randomInt(1_000_000)).padStart(6, '0');
const container = `TSTU${run}${checkDigit(`TSTU${run}`)}`;
const booking = `BKG${run}`;
const billOfLading = `BOL${run}`;

function checkDigit(prefix) {
  let sum = 0;
  for (let i = 0; i < 10; ++i) {
    let value = prefix.charCodeAt(i) - 48;
    if (i < 4) {
      value = prefix.charCodeAt(i) - 55;
      value += (value > 10) + (value > 20) + (value > 30);
    }
    sum += value * 2 ** i;
  }
  return (sum % 11) % 10;
}

function gateIn() {
  return (
    `UNB+UNOA:2+SCT+PRL+260314:0905+${run}'UNH+1+CODECO:D:95B:UN:ITG14'BGM+34+GATE${run}+9'NAD+CF+PRL:160:166'` +
    `EQD+CN+${container}+22G1:102:5++3+5'RFF+BN:${booking}'DTM+7:202603140858:203'LOC+165+HKHKG:139:6+SCT:72:306'CNT+16:1'UNT+9+1'UNZ+1+${run}'`
  );
}

const references = [
  { documentReferenceType: 'BKG', documentReferenceValue: booking },
  { documentReferenceType: 'TRD', documentReferenceValue: billOfLading },
];

function call(port, facility) {
  return {
    transportCallID: `${run}-${port}`, exportVoyageNumber: '031W', UNLocationCode: port, facilityCode: facility, facilityCodeListProvider: 'SMDG',
    facilityTypeCode: 'POTE', modeOfTransport: 'VESSEL', vessel: { vesselIMONumber: '9811012', vesselName: 'PEARL MERIDIAN' },
  };
}

function transport(code, classifier, when, port, facility) {
  return {
    eventID: randomUUID(), eventType: 'TRANSPORT', eventCreatedDateTime: '2026-03-10T09:00:00+08:00', eventClassifierCode: classifier,
    eventDateTime: when, transportEventTypeCode: code, transportCall: call(port, facility), documentReferences: references,
    references: [{ referenceType: 'EQ', referenceValue: container }],
  };
}

function equipment(code, classifier, when) {
  return {
    eventID: randomUUID(), eventType: 'EQUIPMENT', eventCreatedDateTime: '2026-03-15T10:00:00+08:00', eventClassifierCode: classifier,
    eventDateTime: when, equipmentEventTypeCode: code, equipmentReference: container, ISOEquipmentCode: '22G1', emptyIndicatorCode: 'LADEN',
    eventLocation: { UNLocationCode: 'HKHKG', facilityCode: 'SCT', facilityCodeListProvider: 'SMDG' }, transportCall: call('HKHKG', 'SCT'),
    documentReferences: references,
  };
}

let server;
let browser;
let terminalKey;
let carrierKey;

async function seed() {
  await post(server, terminalKey, '/v1/messages', 'application/edifact', gateIn());
  const planned = [
    transport('DEPA', 'PLN', '2026-03-15T06:00:00+08:00', 'HKHKG', 'SCT'),
    transport('ARRI', 'PLN', '2026-03-19T05:00:00+08:00', 'SGSIN', 'PPT'),
    equipment('LOAD', 'ACT', '2026-03-15T09:10:00+08:00'),
  ];
  await post(server, carrierKey, '/v1/events', 'application/json', JSON.stringify(planned));
  await post(server, terminalKey, '/v1/events', 'application/json', JSON.stringify(equipment('LOAD', 'ACT', '2026-03-15T03:42:00+08:00')));
}

before(async () => {
  if (!isAvailable) return;
  server = await startFairway();
  terminalKey = isOurs ? await server.addParty('Stonecutters Container Terminal', 'terminal', 'SMDG:SCT') : server.operatorKey;
  carrierKey = isOurs ? await server.addParty('Pearl Ocean Lines', 'carrier', 'SMDG:PRL') : server.operatorKey;
  await seed();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

function onPage(name, body, { needsOwn = false } = {}) {
  const reason = skip || (needsOwn && !isOurs && 'needs FAIRWAY_BIN');
  test(name, { skip: reason, timeout: 180_000 }, async () => {
    const { context, page, complaints } = await openPage(browser);
    try {
      await body(page);
      assert.deepEqual(complaints, [], 'console errors, exceptions and policy violations');
    } finally {
      await context.close();
    }
  });
}

onPage('a wrong key is refused', async (page) => {
  await openKeySignIn(page, server.url);
  await page.getByLabel('API key').fill('fw_wrong_key');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This key is not known here').waitFor();
});

for (const [kind, reference] of [['container', container], ['booking', booking], ['bill of lading', billOfLading]]) {
  onPage(`the ${kind} finds the container’s way`, async (page) => {
    await signIn(page, server.url, server.operatorKey);
    await search(page, reference.toLowerCase());
    await page.getByRole('heading', { level: 1, name: reference }).waitFor();
    await page.locator('.milestone', { hasText: 'Gate in' }).first().waitFor();
    await page.locator('.leg', { hasText: 'PEARL MERIDIAN' }).first().waitFor();
  });
}

onPage('a claim shows the EDIFACT message that it came from', async (page) => {
  await signIn(page, server.url, server.operatorKey, `/track/${container}`);
  const row = page.locator('.milestone', { hasText: 'Gate in' }).first();
  await row.locator('.claims-toggle').click();
  const claim = await row.locator('.claim').first().innerText();
  assert.match(claim, new RegExp(`EDIFACT CODECO D\\.95B ITG14 · document GATE${run} · message 1 · interchange ${run} · segment \\d+`));
  assert.match(claim, /14 Mar 2026\s+08:58\s+\+08:00/);
  assert.match(claim, /zone of the place/);
});

onPage('two parties who contradict each other stand side by side', async (page) => {
  await signIn(page, server.url, server.operatorKey, `/track/${container}`);
  const conflict = page.locator('.conflict', { hasText: 'Loading' });
  await conflict.waitFor();
  const parties = await conflict.locator('.claim .claim-fact .party').allInnerTexts();
  assert.equal(parties.length, 2);
  assert.ok(parties.some((party) => party.includes('Stonecutters')) && parties.some((party) => party.includes('Pearl')));
}, { needsOwn: true });

onPage('a party sees the journey that it sent, another one nothing', async (page) => {
  await signIn(page, server.url, terminalKey, `/track/${container}`);
  await page.getByRole('heading', { level: 1, name: container }).waitFor();
  const stranger = await server.addParty('Nobody’s Freight', 'forwarder');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, server.url, stranger, `/track/${container}`);
  await page.getByText(`Nothing is known of ${container}`).waitFor();
}, { needsOwn: true });

onPage('an event that goes in while somebody watches appears by itself', async (page) => {
  await signIn(page, server.url, server.operatorKey, `/track/${container}`);
  await waitForPhase(page, 'live');
  await post(server, carrierKey, '/v1/events', 'application/json', JSON.stringify(transport('DEPA', 'ACT', '2026-03-15T12:20:00+08:00', 'HKHKG', 'SCT')));
  await page.locator('.milestone-fresh', { hasText: 'Departure' }).first().waitFor();
  await page.locator('.headline-now').getByText('Departed').waitFor();
});

onPage('the page outlives a restart of the server and misses nothing', async (page) => {
  await signIn(page, server.url, server.operatorKey, `/track/${container}`);
  await waitForPhase(page, 'live');
  await server.halt();
  await waitForPhase(page, 'waiting');
  await server.start();
  await post(server, carrierKey, '/v1/events', 'application/json', JSON.stringify(transport('ARRI', 'ACT', '2026-03-19T14:05:00+08:00', 'SGSIN', 'PPT')));
  await page.locator('.headline-now').getByText('Arrived').waitFor({ timeout: 40_000 });
  await waitForPhase(page, 'live');
}, { needsOwn: true });
