// What a person does on the portal, as functions.

export async function signIn(page, url, key, path = '/') {
  await page.goto(url + path);
  await page.locator('input[name=key]').fill(key);
  await page.locator('form button[type=submit]').click();
  await page.locator('.party-badge').waitFor();
}

export async function search(page, reference) {
  await page.locator('input[name=reference]').fill(reference);
  await page.locator('form[role=search] button[type=submit]').click();
}

export async function waitForPhase(page, phase) {
  await page.locator(`.connection[data-phase=${phase}]`).waitFor();
}

// Elements that stick out of the window, as text; nothing may.
export async function overflowing(page) {
  return page.evaluate(() => {
    if (document.documentElement.scrollWidth <= window.innerWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
      .map((element) => `${element.tagName}.${element.className}`);
  });
}
