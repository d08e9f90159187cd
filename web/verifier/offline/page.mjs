// The offline page: one file that needs nothing but a browser.
import { element } from '../report_view.mjs';
import { VerifierView } from '../verifier_view.mjs';
import { languages, preferredLanguage } from '../words.mjs';

const storageKey = 'fairway.language';

// Pages from disk may have no storage, or share one with every other.
function remembered() {
  try {
    return languages.find(({ code }) => code === localStorage.getItem(storageKey));
  } catch {
    return undefined;
  }
}

function remember(code) {
  try {
    localStorage.setItem(storageKey, code);
  } catch {
    // It is chosen again next time.
  }
}

const shown = {
  skip: document.querySelector('.skip-link'),
  title: document.querySelector('h1'),
  lead: document.querySelector('.lead'),
};
const group = document.querySelector('.offline-languages');

let language = remembered() ?? preferredLanguage(navigator.languages);
const view = new VerifierView(document.querySelector('#verifier'), language);

function speak(next) {
  language = next;
  document.documentElement.lang = next.code;
  document.title = next.words.page.documentTitle;
  for (const [name, place] of Object.entries(shown)) place.textContent = next.words.page[name];
  group.setAttribute('aria-label', next.words.page.language);
  for (const button of group.children) button.setAttribute('aria-pressed', String(button.lang === next.code));
  view.speak(next);
}

for (const each of languages) {
  const button = element('button', { type: 'button', class: 'button small quiet', lang: each.code }, each.label);
  button.addEventListener('click', () => {
    remember(each.code);
    speak(each);
  });
  group.append(button);
}
speak(language);

// A file dropped beside its place must not replace the page.
for (const name of ['dragover', 'drop']) window.addEventListener(name, (event) => event.preventDefault());
