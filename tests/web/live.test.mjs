import assert from 'node:assert/strict';

import { BreakableProxy } from './support/breakable_proxy.mjs';
import { openKeySignIn, search, signIn, waitForPhase } from './support/portal.mjs';
import { suite } from './support/suite.mjs';

const { onPage } = suite();

async function behindProxy(shared, body) {
  const proxy = new BreakableProxy(shared.url);
  await proxy.mend();
  try {
    await body(proxy);
  } finally {
    await proxy.cut();
  }
}

onPage('an event that comes in appears by itself and is marked new', {}, async (page, { url, key, server }) => {
  await signIn(page, url, key, '/track/MSCU6639870');
  await waitForPhase(page, 'live');
  server.publishArrival();
  await page.locator('.headline-now').getByText('Arrived').waitFor();
  await page.locator('.milestone-fresh', { hasText: 'Arrival' }).getByText('new').waitFor();
  await page.getByRole('status').getByText('1 new event').waitFor();
});

onPage('the stream goes on from the last entry after the connection was lost', {}, async (page, shared) => {
  await behindProxy(shared, async (proxy) => {
    await signIn(page, proxy.url, shared.key, '/track/MSCU6639870');
    await waitForPhase(page, 'live');
    await proxy.cut();
    await page.getByText(/Connection lost, trying again in \d+ second/).waitFor();
    await page.getByRole('heading', { level: 1, name: 'MSCU6639870' }).waitFor();
    shared.server.publishArrival();
    await page.getByText(/trying again in [5-9] seconds/).waitFor({ timeout: 30_000 }); // the waits grow
    await proxy.mend();
    await page.getByRole('button', { name: 'Try now' }).click();
    await waitForPhase(page, 'live');
    await page.locator('.headline-now').getByText('Arrived').waitFor();
    await page.locator('.milestone-fresh').first().waitFor();
  });
});

onPage('a search while the server is down says so, and is answered when it is back', {}, async (page, shared) => {
  await behindProxy(shared, async (proxy) => {
    await signIn(page, proxy.url, shared.key);
    await proxy.cut();
    await search(page, '177NHK0042');
    await page.getByRole('alert').getByText('The server cannot be reached').waitFor();
    await proxy.mend();
    await page.getByRole('heading', { level: 1, name: '177NHK0042' }).waitFor();
  });
});

onPage('signing in while the server is down says so, and works when it is back', {}, async (page, shared) => {
  await behindProxy(shared, async (proxy) => {
    await openKeySignIn(page, proxy.url);
    await page.getByLabel('API key').fill(shared.key);
    await proxy.cut();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('The server cannot be reached').waitFor();
    await proxy.mend();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Port of Test').waitFor();
  });
});

onPage('a problem of the server is shown with its detail and its hint', {}, async (page, { url, key }) => {
  await signIn(page, url, key, '/track/STORE-DOWN');
  const alert = page.getByRole('alert');
  await alert.getByText('The server cannot reach its store').waitFor();
  await alert.getByText('connection refused').waitFor();
  await alert.getByText('it recovers by itself', { exact: true }).waitFor();
  await alert.getByRole('button', { name: 'Try again' }).waitFor();
});

onPage('the stream is asked for by every reference that joins the journey', {}, async (page, { url, key, server }) => {
  server.requests.length = 0;
  await signIn(page, url, key, '/track/MSCU6639870');
  await waitForPhase(page, 'live');
  const stream = server.requests.find((request) => request.startsWith('GET /v1/stream'));
  const references = new URL(stream.slice(4), url).searchParams.getAll('reference');
  assert.equal(references[0], 'equipment:MSCU6639870');
  assert.ok(references.includes('booking:177NHK0042') && references.includes('vessel:9811012'));
  assert.ok(!references.includes('voyage:PRL/031W'), 'an over-shared reference would bring half of the port');
});
