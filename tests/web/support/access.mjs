// What everybody needs of a page, measured in the browser: names, contrast, width, the keyboard.
import assert from 'node:assert/strict';

// Tabs until the element that has the focus matches, so that a test goes where a person without a mouse goes.
export async function tabTo(page, selector, steps = 60) {
  for (let step = 0; step < steps; ++step) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  assert.fail(`the keyboard does not reach ${selector}`);
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

// WCAG contrast of every visible text with the first opaque background behind it.
export async function faintTexts(page) {
  return page.evaluate(() => {
    const parse = (colour) => {
      const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
      return { r, g, b, a };
    };
    const luminance = ({ r, g, b }) => {
      const linear = [r, g, b].map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    };
    const behind = (element) => {
      for (let each = element; each; each = each.parentElement) {
        const colour = parse(getComputedStyle(each).backgroundColor);
        if (colour.a === 1) return colour;
      }
      return { r: 255, g: 255, b: 255 };
    };
    const faint = [];
    for (const element of document.querySelectorAll('body *')) {
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim().length > 1);
      if (!own || element.getClientRects().length === 0 || element.closest('.visually-hidden, [aria-hidden=true]')) continue;
      const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))].sort((x, y) => y - x);
      if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(`${element.className}: ${element.textContent}`);
    }
    return faint;
  });
}

// Controls without a name for a screen reader, as HTML.
export async function nameless(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], input, select, textarea')]
      .filter((element) => !(element.getAttribute('aria-label') || element.getAttribute('aria-labelledby') || element.textContent.trim() || element.labels?.length))
      .map((element) => element.outerHTML),
  );
}

// The words of the page itself, in its content and in a dialog over it; without what is marked as English.
export async function ownWords(page) {
  return page.evaluate(() => {
    const shown = document.querySelector('[role=dialog], [role=alertdialog]') ?? document.querySelector('main');
    const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement.closest('[lang=en]')) found.push(node.textContent);
    }
    return found.join('\n');
  });
}
