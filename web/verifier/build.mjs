// Writes the offline verifier: every module and style of it in one HTML file, under a policy that lets only these run and nothing be fetched.
//
//   node web/verifier/build.mjs [FILE]        web/dist/verifier.html unless told otherwise
//
// A module becomes a function that returns what it exports. That covers the imports and exports that are written here, and fails on others.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const portalStyles = ['ui/tokens.css', 'ui/base.css', 'ui/controls.css', 'ui/panels.css', 'app/header.css'];
const styles = [...portalStyles.map((file) => `../src/${file}`), 'verifier.css', 'offline/page.css'];

const variableOf = (file) => `module_${relative(here, file).replace(/\W/g, '_')}`;
const namesOf = (list) => list.split(',').map((name) => name.trim()).filter((name) => name !== '');

// The module's text as a function, after those of the modules that it imports.
function bundleOf(file, done = new Map()) {
  if (done.has(file)) return done;
  done.set(file, null);
  const exported = [];
  const imported = readFileSync(file, 'utf8').replace(/^import \{([^}]*)\} from '(\.[^']+)';$/gm, (_, names, from) => {
    const other = resolve(dirname(file), from);
    if (bundleOf(other, done).get(other) === null) throw new Error(`${file}: imports in a circle`);
    return `const { ${namesOf(names).join(', ').replace(/ as /g, ': ')} } = ${variableOf(other)};`;
  });
  const body = imported
    .replace(/^export (?=(?:async )?function (\w+)|const (\w+)|class (\w+))/gm, (_, ...names) => {
      exported.push(names.slice(0, 3).find((name) => name !== undefined));
      return '';
    })
    .replace(/^export \{([^}]*)\};$/gm, (_, names) => {
      exported.push(...namesOf(names));
      return '';
    });
  if (/^\s*(import|export)\b/m.test(body)) throw new Error(`${file}: an import or export of another form`);
  done.delete(file); // to stand behind what it imports
  return done.set(file, `const ${variableOf(file)} = (() => {\n${body}\nreturn { ${exported.join(', ')} };\n})();\n`);
}

const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export function offlinePage() {
  const script = `\n'use strict';\n${[...bundleOf(resolve(here, 'offline/page.mjs')).values()].join('')}`;
  const style = `\n${styles.map((file) => readFileSync(resolve(here, file), 'utf8')).join('\n')}`;
  if (/<\/(script|style)|<!--/i.test(script + style)) throw new Error('a text that would end its element');
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
  const filled = { policy, script, style };
  return readFileSync(resolve(here, 'offline/page.html'), 'utf8').replace(/\{\{(\w+)\}\}/g, (_, name) => filled[name]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = resolve(process.argv[2] ?? resolve(here, '../dist/verifier.html'));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, offlinePage());
}
