// The pages of an organisation for everybody: languages, names of controls, contrast, small screens.
import assert from 'node:assert/strict';

import { faintTexts, nameless, overflowing, ownWords } from './support/access.mjs';
import { signInAs } from './support/portal.mjs';
import { suite } from './support/suite.mjs';

const { onPage } = suite();
const ada = 'ada@harbour.test';
const addresses = ['/organisation', '/people', '/keys', '/grants', '/who-looked', '/account'];

// The dialogs, by the page that they are on and the button that opens them.
const dialogs = [
  ['/people', '.page-tools .button.primary'],
  ['/people', '.record-actions .button'],
  ['/keys', '.section-head .button'],
  ['/keys', '.record-actions .button'],
  ['/grants', '.page-tools .button.primary'],
  ['/grants', '.record-actions .button'],
  ['/account', '.panel .button.primary'],
];

async function visit(page, url, address) {
  await page.goto(url + address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.record, .table, .panel').first().waitFor();
  await page.waitForTimeout(300);
}

async function onEverything(page, url, check) {
  for (const address of addresses) {
    await visit(page, url, address);
    await check(address);
  }
  for (const [address, button] of dialogs) {
    await visit(page, url, address);
    await page.locator(button).first().click();
    await page.locator('.dialog .dialog-buttons').waitFor();
    await check(`${address}, the dialog of ${button}`);
  }
}

for (const [locale, words] of [
  ['zh-HK', ['機構', '人員', '密鑰', '授權', '查閱紀錄', '我的帳戶']],
  ['zh-CN', ['机构', '人员', '密钥', '授权', '查阅记录', '我的账户']],
]) {
  onPage(`every page speaks ${locale}, and nothing of its own is left in English`, { locale }, async (page, { url }) => {
    await signInAs(page, url, ada);
    for (const [index, address] of addresses.entries()) {
      await visit(page, url, address);
      assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), words[index]);
    }
    const english = ['your', 'the', 'Rights', 'Read', 'Send', 'Manage', 'Grant', 'Until', 'Revoke', 'Withdraw', 'Milestones', 'Purpose', 'Bank', 'Container', 'Copy', 'Close', 'Cancel', 'Save'];
    const own = (text) => text.replace(/Port of Test|Victoria Trade Bank|Financing of the shipment|All haulage of the year|SCAC:\w+/g, '');
    await onEverything(page, url, async (where) => {
      const said = own(await ownWords(page));
      for (const word of english) assert.ok(!new RegExp(`\\b${word}\\b`).test(said), `"${word}" stands on ${where}`);
    });
  });
}

for (const [width, locale] of [[360, 'en-GB'], [360, 'zh-HK'], [768, 'en-GB'], [1024, 'en-GB'], [1920, 'zh-CN']]) {
  onPage(`nothing of the organisation scrolls sideways at ${width} pixels in ${locale}`, { viewport: { width, height: 740 }, locale }, async (page, { url }) => {
    await signInAs(page, url, ada);
    await onEverything(page, url, async (where) => assert.deepEqual(await overflowing(page), [], where));
    for (const address of ['/invitation#inv-open-token', '/guest#fw_guest_journey', '/sign-in?problem=forbidden']) {
      await page.goto('about:blank');
      await page.goto(url + address);
      await page.getByRole('heading', { level: 1 }).waitFor();
      assert.deepEqual(await overflowing(page), [], address);
    }
  });
}

for (const colorScheme of ['light', 'dark']) {
  onPage(`every control has a name and every text stands out, ${colorScheme}`, { colorScheme }, async (page, { url }) => {
    await page.goto(`${url}/sign-in?problem=forbidden`);
    await page.locator('.provider-list').waitFor();
    assert.deepEqual(await faintTexts(page), []);
    await signInAs(page, url, ada);
    await onEverything(page, url, async (where) => {
      assert.deepEqual(await nameless(page), [], where);
      assert.deepEqual(await faintTexts(page), [], where);
    });
  });
}
