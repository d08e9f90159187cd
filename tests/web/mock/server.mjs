// A stand-in for `fairway serve`: the built portal under the real content security policy, canned journeys (world.mjs), and an
// organisation with people, keys and grants in memory (office.mjs).
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Office } from './office_routes.mjs';
import { addArrival, makeWorld } from './world.mjs';

const dist = fileURLToPath(new URL('../../../web/dist/', import.meta.url));
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

export const key = 'fwk_test_key';

export class MockServer {
  #server = createServer((request, response) => void this.#answer(request, response));
  #streams = new Set();
  journeys = makeWorld();
  office = new Office(key);
  ledger = null; // what is served below /ledger/, by name; null: this server keeps none
  evidence = null; // the bundle of any journey
  revoked = false;
  requests = [];

  // As it is at the start of every test.
  reset() {
    this.journeys = makeWorld();
    this.office.reset();
    this.ledger = null;
    this.evidence = null;
    this.revoked = false;
  }

  async start() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  // Something happens in the port: every journey of the container shows it, every stream says it.
  publishArrival() {
    const event = addArrival(this.journeys.get('MSCU6639870'));
    for (const response of this.#streams) this.#write(response, event);
  }

  #write(response, event) {
    response.write(`id: ${event.entry}\nevent: event\ndata: ${JSON.stringify(event)}\n\n`);
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.url);
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    response.setHeader('content-security-policy', policy);
    response.setHeader('x-content-type-options', 'nosniff');
    if (url.pathname.startsWith('/ledger/')) return this.#ledger(url.pathname.slice('/ledger/'.length), response);
    if (!url.pathname.startsWith('/v1/')) return this.#file(url.pathname, response);
    const body = await readBody(request);
    const isKey = request.headers.authorization !== undefined;
    const [status, answer, headers] = (this.revoked && isKey ? null : this.office.answer(request, url, body)) ?? [];
    if (status !== undefined) return this.#json(response, status, answer, headers);
    const viewer = this.revoked && isKey ? null : this.office.viewer(request);
    if (viewer === null) return this.#problem(response, 401, 'unauthorized', 'the API key is not known', '', 'check the key');
    if (url.pathname === '/v1/stream') return this.#stream(request, url, response);
    if (url.pathname.endsWith('/evidence')) return this.#evidence(response);
    return this.#journey(decodeURIComponent(url.pathname.replace('/v1/journeys/', '')), viewer, response);
  }

  #ledger(name, response) {
    const found = this.ledger?.[name];
    if (found === undefined) return this.#problem(response, 404, 'not_found', 'this server keeps no ledger', '', '');
    response.writeHead(200, { 'content-type': name === 'status' ? 'application/json' : 'text/plain; charset=utf-8' });
    response.end(found);
  }

  #evidence(response) {
    if (this.evidence === null) return this.#problem(response, 503, 'unavailable', 'no witness has seen these entries yet', '', 'ask again in a second');
    response.writeHead(200, { 'content-type': 'application/zip' });
    response.end(this.evidence);
  }

  #journey(reference, viewer, response) {
    const mayBeSeen = viewer.guest === undefined || viewer.guest.reference === reference;
    const journey = mayBeSeen ? this.journeys.get(reference.replace(/^[a-z_]+:/, '')) : undefined;
    if (reference === 'STORE-DOWN')
      return this.#problem(response, 503, 'unavailable', 'the store cannot be reached', 'connection refused', 'it recovers by itself');
    if (journey === undefined) return this.#problem(response, 404, 'not_found', 'nothing is known of this reference', reference, '');
    return this.#json(response, 200, { ...journey, asOf: new Date().toISOString() });
  }

  #stream(request, url, response) {
    const after = Number(request.headers['last-event-id'] ?? url.searchParams.get('after') ?? 0);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': connected\n\n');
    for (const event of this.journeys.get('MSCU6639870').events) if (event.entry > after) this.#write(response, event);
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
  }

  async #file(path, response) {
    const file = join(dist, normalize(extname(path) === '' ? '/index.html' : path));
    try {
      const body = await readFile(file);
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  }

  #json(response, status, body, headers = {}) {
    const type = body == null ? {} : { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json' };
    response.writeHead(status, { 'cache-control': 'no-store', ...type, ...headers });
    response.end(body == null ? undefined : JSON.stringify(body));
  }

  #problem(response, status, code, title, detail, hint) {
    this.#json(response, status, { type: 'about:blank', title, status, code, detail, hint });
  }
}

async function readBody(request) {
  let text = '';
  for await (const piece of request) text += piece;
  return text === '' ? {} : JSON.parse(text);
}
