// JSON in the one spelling that Fairway writes: no blanks, and escapes only where a string cannot do without. Whatever would be written
// otherwise is refused, so that no byte of a part can be changed without changing what it says. Parts whose format does not ask for that
// are read in any spelling. Objects are Maps, integers are BigInt.

const depthMax = 32;
const loneSurrogate = /\p{Surrogate}/u;
const shortEscapes = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

export function quote(text) {
  // eslint-disable-next-line no-control-regex -- control characters are what is escaped
  const escaped = text.replace(/["\\\u0000-\u001f]/g, (c) => shortEscapes[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `"${escaped}"`;
}

class Reader {
  #text;
  #isStrict;
  #at = 0;

  constructor(text, isStrict) {
    this.#text = text;
    this.#isStrict = isStrict;
  }

  whole() {
    const value = this.#value(0);
    this.#skipBlanks();
    if (this.#at !== this.#text.length) throw new SyntaxError('more than one value');
    return value;
  }

  #skipBlanks() {
    while (!this.#isStrict && ' \t\n\r'.includes(this.#text[this.#at] ?? '.')) ++this.#at;
  }

  #take(pattern) {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) throw new SyntaxError(`at ${this.#at}`);
    this.#at += match[0].length;
    return match[0];
  }

  #takes(character) {
    this.#skipBlanks();
    if (this.#text[this.#at] !== character) return false;
    ++this.#at;
    return true;
  }

  #value(depth) {
    if (depth > depthMax) throw new SyntaxError('too deep');
    if (this.#takes('{')) return this.#object(depth);
    if (this.#takes('[')) return this.#list(depth);
    if (this.#text[this.#at] === '"') return this.#string();
    const word = this.#take(/true|false|null|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y);
    return /^(0|-?[1-9][0-9]*)$/.test(word) ? BigInt(word) : JSON.parse(word);
  }

  #string() {
    this.#skipBlanks();
    const start = this.#at;
    if (!this.#takes('"')) throw new SyntaxError(`at ${start}`);
    while (this.#at < this.#text.length && this.#text[this.#at] !== '"') this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    const raw = this.#text.slice(start, ++this.#at);
    const text = JSON.parse(raw);
    if (this.#isStrict ? quote(text) !== raw : loneSurrogate.test(text)) throw new SyntaxError('a string in another spelling');
    return text;
  }

  // A Map, since a member may have any name.
  #object(depth) {
    const members = new Map();
    if (this.#takes('}')) return members;
    for (;;) {
      const name = this.#string();
      if ((this.#isStrict && members.has(name)) || !this.#takes(':')) throw new SyntaxError(`at ${this.#at}`);
      members.set(name, this.#value(depth + 1));
      if (this.#takes('}')) return members;
      if (!this.#takes(',')) throw new SyntaxError(`at ${this.#at}`);
    }
  }

  #list(depth) {
    const items = [];
    if (this.#takes(']')) return items;
    for (;;) {
      items.push(this.#value(depth + 1));
      if (this.#takes(']')) return items;
      if (!this.#takes(',')) throw new SyntaxError(`at ${this.#at}`);
    }
  }
}

// The value of the text; null where it is no JSON, or not in the one spelling.
export function readJson(text, { anySpelling = false } = {}) {
  try {
    return new Reader(text, !anySpelling).whole();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

// The members of an object in exactly this order, as a plain object; null otherwise. `types` gives each member's type, with '?' after it
// where it may be left out.
export function membersOf(value, types) {
  if (!(value instanceof Map)) return null;
  const result = {};
  const names = [...value.keys()];
  for (const [name, type] of Object.entries(types)) {
    const isOptional = type.endsWith('?');
    if (names[0] !== name) {
      if (isOptional) continue;
      return null;
    }
    names.shift();
    if (!is[isOptional ? type.slice(0, -1) : type](value.get(name))) return null;
    result[name] = value.get(name);
  }
  return names.length === 0 ? result : null;
}

const is = {
  text: (value) => typeof value === 'string',
  integer: (value) => typeof value === 'bigint',
  list: Array.isArray,
  any: () => true,
};
