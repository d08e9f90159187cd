// The page for everybody: languages, keyboard alone, small screens, dark, print.
import assert from 'node:assert/strict';

import { faintTexts, nameless, overflowing, ownWords, tabTo } from './support/access.mjs';
import { signIn } from './support/portal.mjs';
import { suite } from './support/suite.mjs';

const { onPage } = suite();

onPage('the language is switched, remembered, and told to the browser', {}, async (page, { url, key }) => {
  await signIn(page, url, key, '/track/MSCU6639870');
  const main = page.getByRole('main');
  await page.getByRole('radio', { name: '繁體中文' }).click();
  await main.getByRole('heading', { name: '時間線' }).waitFor();
  await main.getByText('2026年3月15日').first().waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-Hant');
  await page.getByRole('radio', { name: '简体中文' }).click();
  await main.getByRole('heading', { name: '时间线' }).waitFor();
  await page.reload();
  await main.getByRole('heading', { name: '时间线' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-Hans');
  await page.getByRole('radio', { name: 'English' }).click();
  await main.getByRole('heading', { name: 'Timeline' }).waitFor();
});

for (const [locale, expected] of [['zh-HK', '登入'], ['zh-TW', '登入'], ['zh-CN', '登录'], ['de-DE', 'Sign in']]) {
  onPage(`a browser set to ${locale} begins in its language`, { locale }, async (page, { url }) => {
    await page.goto(url);
    await page.getByRole('button', { name: expected, exact: true }).waitFor();
  });
}

onPage('in Chinese nothing of the page’s own is left in English', { locale: 'zh-HK' }, async (page, { url, key }) => {
  await signIn(page, url, key, '/track/MSCU6639870');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('button', { name: '展開所有申報' }).click();
  const words = await ownWords(page);
  for (const english of ['Loading', 'Planned', 'Estimated', 'Actual', 'Received', 'Source', 'Says', 'late', 'Vessel', 'claim', 'Trip'])
    assert.ok(!new RegExp(`\\b${english}\\b`).test(words), `"${english}" stands in the Chinese page`);
});

onPage('sign in, search, unfold, filter times and sign out without a mouse', {}, async (page, { url, key }) => {
  await page.goto(url);
  await page.locator('.provider-list').waitFor(); // the field for the e-mail address has the focus from the start
  await tabTo(page, '.sign-in-other button');
  await page.keyboard.press('Enter');
  await page.getByLabel('API key').waitFor();
  await page.keyboard.insertText(key); // and now that for the key
  await page.keyboard.press('Enter');
  await page.locator('.party-badge').waitFor();
  await page.keyboard.insertText('mscu6639870');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'MSCU6639870' }).waitFor();

  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'reference');
  await page.keyboard.press('Tab');
  await tabTo(page, '.journey-tools [role=radio]');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await page.locator('.headline-now').getByText('04:20').waitFor();

  await tabTo(page, '.claims-toggle');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, 'solid', 'the focus is visible');
  await page.keyboard.press('Enter');
  await page.locator('.milestone-panel .claim').first().waitFor();

  await page.getByRole('button', { name: 'Sign out' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('E-mail address').waitFor();
});

onPage('the first stop of the keyboard skips to the content', {}, async (page, { url, key }) => {
  await signIn(page, url, key, '/track/MSCU6639870');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
});

onPage('a slash stays a slash in a field', {}, async (page, { url, key }) => {
  await signIn(page, url, key);
  await page.locator('input[name=reference]').pressSequentially('PO/45');
  assert.equal(await page.locator('input[name=reference]').inputValue(), 'PO/45');
});

onPage('every control has a name, and the page its landmarks', {}, async (page, { url, key }) => {
  await signIn(page, url, key, '/track/MSCU6639870');
  await page.getByRole('heading', { level: 1 }).waitFor();
  for (const role of ['banner', 'main', 'search']) assert.equal(await page.getByRole(role).count(), 1, role);
  assert.deepEqual(await nameless(page), []);
});

const addresses = ['/', '/track/MSCU6639870', '/track/177NHK0099', '/track/MSCU6639871', '/track/STORE-DOWN'];
for (const width of [360, 480, 768, 1024, 1920]) {
  onPage(`nothing scrolls sideways at ${width} pixels`, { viewport: { width, height: 800 } }, async (page, { url, key }) => {
    await page.goto(url);
    await page.locator('.provider-list').waitFor();
    assert.deepEqual(await overflowing(page), [], 'the sign-in page');
    await signIn(page, url, key);
    for (const address of addresses) {
      await page.goto(url + address);
      await page.getByRole('heading').first().waitFor();
      await page.waitForTimeout(300);
      assert.deepEqual(await overflowing(page), [], address);
    }
    for (const language of ['繁體中文', '简体中文']) {
      await page.goto(`${url}/track/MSCU6639870`);
      await page.getByRole('radio', { name: language }).click();
      await page.locator('.claims-toggle').nth(1).click();
      assert.deepEqual(await overflowing(page), [], language);
    }
  });
}

for (const colorScheme of ['light', 'dark']) {
  onPage(`text stands out from its background, ${colorScheme}`, { colorScheme }, async (page, { url, key }) => {
    await signIn(page, url, key, '/track/MSCU6639870');
    await page.getByRole('button', { name: 'Show every claim' }).click();
    assert.deepEqual(await faintTexts(page), []);
    await page.goto(`${url}/track/STORE-DOWN`);
    await page.getByRole('alert').waitFor();
    assert.deepEqual(await faintTexts(page), []);
  });
}

onPage('on paper every claim is unfolded and the controls are gone', {}, async (page, { url, key }) => {
  await signIn(page, url, key, '/track/MSCU6639870');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  assert.ok((await page.locator('.milestone-panel .claim').count()) > 10);
  assert.ok(await page.locator('form[role=search]').isHidden());
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  assert.equal(await page.locator('.milestone-panel .claim').count(), 0);
});
