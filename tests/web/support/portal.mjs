// What a person does on the portal, as functions.

// The sign-in page with the field for a key, which is folded away where people sign in with an account.
export async function openKeySignIn(page, url) {
  await page.goto(url);
  await page.locator('input[name=key], .sign-in-other button').first().waitFor();
  const field = page.locator('input[name=key]');
  if (!(await field.isVisible())) await page.locator('.sign-in-other button').click();
  await field.waitFor();
}

export async function signInAs(page, url, email, path = '/', password = 'four words in a row') {
  await page.goto(url + path);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.locator('form button[type=submit]').click();
  await page.locator('.party-badge').waitFor();
}

export async function signIn(page, url, key, path = '/') {
  await openKeySignIn(page, url + path);
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
