// The real server: FAIRWAY_BIN is started on a store of its own; else FAIRWAY_URL is used with the operator's FAIRWAY_TEST_KEY.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const dist = fileURLToPath(new URL('../../../web/dist', import.meta.url));
const run = promisify(execFile);

export const isAvailable = Boolean(process.env.FAIRWAY_BIN || (process.env.FAIRWAY_URL && process.env.FAIRWAY_TEST_KEY));
// A server of our own can be stopped, and takes more parties.
export const isOurs = Boolean(process.env.FAIRWAY_BIN);

class RunningFairway {
  url = process.env.FAIRWAY_URL;
  operatorKey = process.env.FAIRWAY_TEST_KEY;

  async stop() {}
}

class OwnFairway {
  #folder;
  #process;
  #listen = '127.0.0.1:0';

  async start() {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'fairway-web-'));
    this.url = undefined;
    this.store = `rocksdb:${this.#folder}/data`;
    const args = ['serve', '--store', this.store, '--listen', this.#listen, '--portal', dist, '--log-level', 'warn'];
    this.#process = spawn(process.env.FAIRWAY_BIN, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: this.#process.stdout })) {
      const said = /serves (http:\/\/(\S+))/.exec(line);
      if (said === null) continue;
      [, this.url, this.#listen] = said; // started again, it takes the same port
      break;
    }
    if (this.url === undefined) throw new Error('the server ended before it served');
    this.operatorKey ??= await this.addParty('Port of Test', 'operator');
    return this;
  }

  async addParty(name, role, ...identifiers) {
    const ids = identifiers.flatMap((identifier) => ['--id', identifier]);
    const { stdout } = await run(process.env.FAIRWAY_BIN, ['admin', 'party', 'add', name, '--role', role, ...ids, '--store', this.store]);
    return stdout.trim();
  }

  // The address at which a new organisation's first person makes an account.
  async inviteOrganisation(email, name, role, identifier) {
    const party = ['--name', name, '--role', role, '--identifier', identifier];
    const { stdout } = await run(process.env.FAIRWAY_BIN, ['admin', 'invite', '--email', email, ...party, '--store', this.store]);
    return `${this.url}/invitation#${stdout.trim()}`;
  }

  async halt() {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    await ended;
  }

  async stop() {
    await this.halt();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

export async function startFairway() {
  return isOurs ? new OwnFairway().start() : new RunningFairway();
}

export async function post(server, key, path, contentType, body) {
  const response = await fetch(server.url + path, { method: 'POST', headers: { Authorization: `Bearer ${key}`, 'Content-Type': contentType }, body });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`POST ${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}
