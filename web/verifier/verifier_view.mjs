// The verifier as a part of a page: a file to choose or drop, the policy that it is held to, and the report. The offline page and the
// portal's page are this, each in its own frame.
import { element, reportView } from './report_view.mjs';
import { verify } from './verify.mjs';

const fileBytesMax = 64 << 20;

// One choice of a file: a heading, what it is for, a control with the keyboard's focus, and what is chosen.
class Chooser {
  #input;

  constructor(name, accept, onFile, onRemove) {
    Object.assign(this, { name, onRemove });
    this.heading = element('h2', { id: `verifier-${name}-label` });
    this.help = element('p', { id: `verifier-${name}-help`, class: 'verifier-help' });
    this.#input = element('input', { type: 'file', id: `verifier-${name}`, class: 'visually-hidden', accept });
    this.#input.setAttribute('aria-labelledby', `verifier-${name}-label verifier-${name}-choose`);
    this.#input.setAttribute('aria-describedby', `verifier-${name}-help verifier-${name}-chosen`);
    this.label = element('label', { for: `verifier-${name}`, id: `verifier-${name}-choose`, class: 'button' });
    this.chosen = element('span', { id: `verifier-${name}-chosen`, class: 'verifier-chosen' });
    this.remove = element('button', { type: 'button', class: 'button quiet small' });
    const row = element('div', { class: 'verifier-choice' }, this.#input, this.label, this.chosen, this.remove);
    this.root = element('section', { class: 'panel verifier-chooser', 'aria-labelledby': `verifier-${name}-label` }, this.heading, this.help, row);
    this.#input.addEventListener('change', () => this.#input.files.length > 0 && onFile(this.#input.files[0]));
    this.remove.addEventListener('click', () => this.#forget());
    listenForDrops(this.root, onFile);
  }

  #forget() {
    this.#input.value = ''; // so that the same file may be chosen again
    this.onRemove();
    this.#input.focus();
  }

  say(words, chosen, none) {
    this.heading.textContent = words.page[this.name];
    this.help.textContent = words.page[`${this.name}Help`];
    this.label.textContent = words.page.choose;
    this.chosen.textContent = chosen ?? words.page[none];
    this.remove.textContent = words.page.remove;
    this.remove.hidden = chosen === null;
  }
}

function listenForDrops(target, onFile) {
  const mark = (is) => target.classList.toggle('verifier-dropping', is);
  target.addEventListener('dragover', (event) => {
    event.preventDefault();
    mark(true);
  });
  target.addEventListener('dragleave', () => mark(false));
  target.addEventListener('drop', (event) => {
    event.preventDefault();
    event.stopPropagation();
    mark(false);
    if (event.dataTransfer.files.length > 0) onFile(event.dataTransfer.files[0]);
  });
}

async function read(file) {
  if (file.size > fileBytesMax) return { name: file.name, problem: 'tooLarge' };
  try {
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    return { name: file.name, problem: 'unread' };
  }
}

export class VerifierView {
  #language;
  #given; // the policy of whoever shows this: { bytes, name }, or null
  #file = null;
  #policy = null;
  #outcome = null; // a report, or a word of words.page that says why there is none
  #turn = 0; // the check that counts: an older one that ends later is forgotten
  #files = new Chooser('file', '.zip,.tlog-proof,.json,.txt', (file) => this.#take(file), () => this.#drop());
  #policies = new Chooser('policy', '.txt,text/plain', (file) => this.#takePolicy(file), () => this.#setPolicy(null));
  #status = element('p', { class: 'verifier-status', role: 'status' });
  #result = element('div', { class: 'verifier-result' });

  constructor(root, language, given = null) {
    this.#given = given;
    root.replaceChildren(element('div', { class: 'verifier-choosers' }, this.#files.root, this.#policies.root), this.#status, this.#result);
    listenForDrops(root, (file) => this.#take(file));
    this.speak(language);
  }

  // In another language, with what is shown.
  speak(language) {
    this.#language = language;
    this.#files.say(language.words, this.#file?.name ?? null, 'none');
    this.#policies.say(language.words, this.#policy?.name ?? null, 'noneGiven');
    if (this.#policy === null && this.#given !== null) this.#policies.chosen.textContent = this.#given.name;
    this.#show();
  }

  // The policy that counts where nobody chooses one.
  give(given) {
    const isOther = given?.bytes !== this.#given?.bytes;
    this.#given = given;
    this.speak(this.#language);
    if (isOther && this.#policy === null && this.#file !== null) void this.#check();
  }

  async #take(file) {
    this.#file = await read(file);
    await this.#check();
  }

  #drop() {
    this.#file = null;
    void this.#check();
  }

  async #takePolicy(file) {
    this.#setPolicy(await read(file));
  }

  #setPolicy(policy) {
    this.#policy = policy;
    void this.#check();
  }

  async #check() {
    const turn = ++this.#turn;
    this.#outcome = this.#file === null ? null : 'checking';
    this.speak(this.#language);
    const outcome = await this.#judge();
    if (turn !== this.#turn) return;
    this.#outcome = outcome;
    this.#show();
    this.#result.querySelector('h2')?.focus();
  }

  async #judge() {
    const policy = this.#policy ?? this.#given;
    const problem = this.#file?.problem ?? policy?.problem;
    if (this.#file === null || problem !== undefined) return problem ?? null;
    try {
      return await verify(this.#file.bytes, policy?.bytes ?? null);
    } catch (error) {
      console.error(error);
      return 'failed';
    }
  }

  #show() {
    const isReport = typeof this.#outcome === 'object' && this.#outcome !== null;
    const { words } = this.#language;
    this.#status.textContent = isReport ? words.verdict[this.#outcome.verdict].title : (words.page[this.#outcome] ?? '');
    this.#status.classList.toggle('visually-hidden', isReport);
    this.#result.replaceChildren(...(isReport ? [reportView(this.#outcome, this.#language)] : []));
  }
}
