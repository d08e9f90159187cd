// What the tests of the page's states have in common: a stand-in server and a browser, started once a file.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { MockServer, key } from '../mock/server.mjs';
import { launch, openPage } from './browser.mjs';

export function suite() {
  const shared = { key };
  before(async () => {
    shared.server = new MockServer();
    await shared.server.start();
    shared.url = shared.server.url;
    shared.browser = await launch();
  });
  after(async () => {
    await shared.browser?.close();
    await shared.server?.stop();
  });

  // A test on a page of its own, in which the browser must have nothing to complain about.
  shared.onPage = (name, options, body) =>
    test(name, { timeout: 180_000 }, async () => {
      const { context, page, complaints } = await openPage(shared.browser, options);
      shared.server.reset();
      try {
        await body(page, shared);
        assert.deepEqual(complaints, [], 'console errors, exceptions and policy violations');
      } finally {
        await context.close();
      }
    });
  return shared;
}
