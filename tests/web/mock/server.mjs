// A stand-in for `fairway serve`: the built portal under the real content security policy, and canned journeys (world.mjs).
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import { addArrival, makeWorld } from './world.mjs';

const dist = fileURLToPath(new URL('../../../web/dist/', import.meta.url));
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

export const key = 'fwk_test_key';
const party = { id: 'pty_operator00', name: 'Port of Test', role: 'operator', identifiers: [{ scheme: 'UN', value: 'FAIRWAY' }] };

export class MockServer {
  #server = createServer((request, response) => void this.#answer(request, response));
  #streams = new Set();
  journeys = makeWorld();
  revoked = false;
  requests = [];

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
    if (!url.pathname.startsWith('/v1/')) return this.#file(url.pathname, response);
    if (this.revoked || request.headers.authorization !== `Bearer ${key}`)
      return this.#problem(response, 401, 'unauthorized', 'the API key is not known', '', 'check the key');
    if (url.pathname === '/v1/me') return this.#json(response, 200, { party });
    if (url.pathname === '/v1/stream') return this.#stream(request, url, response);
    return this.#journey(decodeURIComponent(url.pathname.replace('/v1/journeys/', '')), response);
  }

  #journey(reference, response) {
    const journey = this.journeys.get(reference);
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

  #json(response, status, body) {
    response.writeHead(status, { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json' });
    response.end(JSON.stringify(body));
  }

  #problem(response, status, code, title, detail, hint) {
    this.#json(response, status, { type: 'about:blank', title, status, code, detail, hint });
  }
}
