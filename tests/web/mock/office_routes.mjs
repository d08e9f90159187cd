// The routes of people, keys, grants and reads on the state of office.mjs: as much of the server's behaviour as the portal must meet.
import { allRights, at, makeOffice, parties, totpCode } from './office.mjs';

const unsafe = (method) => !['GET', 'HEAD', 'OPTIONS'].includes(method);
const summary = ({ id, name, role }) => ({ id, name, role });

class Refusal extends Error {
  constructor(status, code, title, headers = {}) {
    super(title);
    Object.assign(this, { status, code, headers });
  }
}

const notFound = () => new Refusal(404, 'not_found', 'nothing by this name');

export class Office {
  operatorKey;
  waitS = 30; // after three failures
  state = makeOffice();
  #next = 1;

  constructor(operatorKey) {
    this.operatorKey = operatorKey;
  }

  reset() {
    this.state = makeOffice();
    this.waitS = 30;
  }

  // Who asks: by key or by cookie; null for nobody. Throws where a cookie comes without what proves the page.
  viewer(request) {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (bearer === this.operatorKey) return { party: parties.operator, rights: [...allRights] };
    const guest = this.state.guests.get(bearer);
    if (guest !== undefined) return { party: parties.forwarder, rights: ['read'], guest: { reference: guest.reference, expires: guest.expires } };
    if (bearer !== undefined) return null;
    const token = /(?:^|; )fairway=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
    const session = this.state.sessions.get(token);
    const person = this.state.people.find(({ listed }) => listed.id === session?.person && listed.status === 'active');
    if (person === undefined) return null;
    if (unsafe(request.method) && request.headers['x-csrf-token'] !== session.csrf) throw new Refusal(403, 'forbidden', 'the session’s token is missing');
    return { party: parties[person.party], rights: person.listed.rights, person, session, token };
  }

  // [status, body, headers] of one of these routes; null for another.
  answer(request, url, body) {
    try {
      return this.#open(request, url, body) ?? this.#closed(request, url, body);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const { status, code, message, headers } = refusal;
      return [status, { type: 'about:blank', title: message, status, code }, headers];
    }
  }

  #open(request, url, body) {
    const providers = [{ id: 'acme', name: 'Acme Port ID' }, { id: 'broken', name: 'Broken ID' }];
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /v1/sign-in':
        return [200, { password: true, providers }];
      case 'POST /v1/session':
        return this.#signIn(body);
      case 'GET /v1/session/oidc': {
        if (url.searchParams.get('provider') === 'broken') return [302, null, { location: '/sign-in?problem=unavailable' }];
        const ada = this.state.people.find(({ listed }) => listed.id === 'per_ada');
        return [302, null, { ...this.#begin(ada)[2], location: url.searchParams.get('return') ?? '/' }];
      }
      case 'POST /v1/invitations/look': {
        const { party, shown } = this.#openInvitation(body.token);
        return [200, { party: { ...summary(parties[party]), ...shown.party }, email: shown.email, expires: shown.expires, ways: { password: true, providers } }];
      }
      case 'POST /v1/invitations/acceptance': {
        const { party, shown } = this.#openInvitation(body.token);
        shown.status = 'accepted';
        const listed = { id: this.#id('per'), name: body.name, email: shown.email, rights: shown.rights, status: 'active', secondFactor: false, lastSignIn: at() };
        const person = { party, password: body.password, ways: ['password'], listed };
        this.state.people.push(person);
        return this.#begin(person);
      }
    }
    return null;
  }

  #signIn({ email, password, code }) {
    const failures = this.state.failures.get(email) ?? 0;
    if (failures >= 3) {
      setTimeout(() => this.state.failures.delete(email), this.waitS * 1_000).unref();
      throw new Refusal(429, 'throttled', 'too many attempts', { 'retry-after': String(this.waitS) });
    }
    const person = this.state.people.find(({ listed }) => listed.email === email);
    if (person === undefined || person.password !== password || person.listed.status !== 'active') {
      this.state.failures.set(email, failures + 1);
      throw new Refusal(401, 'unauthorized', 'e-mail address or password is wrong');
    }
    if (person.listed.secondFactor && code !== totpCode) throw new Refusal(401, 'second_factor', 'a code is needed');
    return this.#begin(person);
  }

  #begin(person) {
    const token = this.#id('tok');
    this.state.sessions.set(token, { person: person.listed.id, csrf: this.#id('csrf') });
    return [201, this.#session(token), { 'set-cookie': `fairway=${token}; HttpOnly; SameSite=Lax; Path=/` }];
  }

  #session(token) {
    const { person: id, csrf } = this.state.sessions.get(token);
    const { listed, ways, party } = this.state.people.find(({ listed: each }) => each.id === id);
    const { email, name, rights, secondFactor } = listed;
    return { person: { id, email, name, rights, secondFactor, ways }, party: parties[party], csrf, expires: at(12 * 3_600_000) };
  }

  #openInvitation(token) {
    const invitation = this.state.invitations.find((each) => each.token === token && each.shown.status === 'open');
    if (invitation === undefined) throw notFound();
    return invitation;
  }

  #closed(request, url, body) {
    const route = routes.find(([method, path]) => method === request.method && path.test(url.pathname));
    if (route === undefined) return null;
    const viewer = this.viewer(request);
    if (viewer === null) throw new Refusal(401, 'unauthorized', 'nobody is signed in');
    const [, path, right, act] = route;
    if (right !== null && !viewer.rights.includes(right)) throw new Refusal(403, 'forbidden', `the right "${right}" is lacking`);
    const id = decodeURIComponent(path.exec(url.pathname)[1] ?? '');
    return act.call(this, { viewer, body, id, query: url.searchParams });
  }

  id(prefix) {
    return this.#id(prefix);
  }

  session(token) {
    return this.#session(token);
  }

  #id(prefix) {
    return `${prefix}_${this.#next++}`;
  }

  // The other party, or 404.
  party(text) {
    const found = Object.values(parties).find(({ id, identifiers }) => id === text || identifiers.some(({ scheme, value }) => `${scheme}:${value}` === text));
    if (found === undefined) throw notFound();
    return summary(found);
  }

  grant(id, viewer) {
    const grant = this.state.grants.find((each) => each.id === id && [each.from.id, each.to.id].includes(viewer.party.id));
    if (grant === undefined) throw notFound();
    return grant;
  }
}

function page(items, name, query) {
  const limit = Number(query.get('limit') ?? 50);
  const start = Number(query.get('cursor') ?? 0);
  const end = start + limit;
  return [200, { [name]: items.slice(start, end), ...(end < items.length && { next: String(end) }) }];
}

function find(items, key, id) {
  const found = items.find((item) => item[key] === id);
  if (found === undefined) throw notFound();
  return found;
}

const seenBy = (grant, viewer) => ({ ...grant, direction: grant.from.id === viewer.party.id ? 'given' : 'received' });

function decide(state, wanted) {
  return function ({ id, viewer }) {
    const grant = this.grant(id, viewer);
    if (!wanted.includes(grant.state)) throw new Refusal(409, 'conflict', `the grant is ${grant.state}`);
    Object.assign(grant, { state, decided: at() });
    for (const [key, guest] of this.state.guests) if (state === 'revoked' && guest.grant === id) this.state.guests.delete(key);
    return [200, seenBy(grant, viewer)];
  };
}

// What certificates and service accounts have in common.
function credentials(path, name, make) {
  const one = new RegExp(`^/v1/${path}/([^/]+)$`);
  return [
    ['GET', new RegExp(`^/v1/${path}$`), 'manage', function ({ query }) { return page(this.state[name], name, query); }],
    ['POST', new RegExp(`^/v1/${path}$`), 'manage', function ({ body }) {
      const made = { id: this.id(path), scopes: body.scopes ?? [...allRights], status: 'active', label: body.label, expires: body.expires, ...make(body) };
      this.state[name].push(made);
      return [201, made];
    }],
    ['DELETE', one, 'manage', function ({ id }) { find(this.state[name], 'id', id).status = 'withdrawn'; return [204]; }],
  ];
}

// Method, path, the right that it needs, and what it does.
const routes = [
  ['GET', /^\/v1\/session$/, null, function ({ viewer }) {
    if (viewer.token === undefined) throw new Refusal(401, 'unauthorized', 'no session');
    return [200, this.session(viewer.token)];
  }],
  ['DELETE', /^\/v1\/session$/, null, function ({ viewer }) { this.state.sessions.delete(viewer.token); return [204]; }],
  ['GET', /^\/v1\/me$/, null, function ({ viewer: { party, rights, guest } }) { return [200, { party, rights, ...(guest && { guest }) }]; }],
  ['POST', /^\/v1\/me\/password$/, null, function ({ viewer, body }) {
    if (viewer.person.password !== body.old) throw new Refusal(403, 'forbidden', 'the old password is wrong');
    viewer.person.password = body.new;
    return [204];
  }],
  ['POST', /^\/v1\/me\/second-factor$/, null, function ({ viewer }) {
    const label = encodeURIComponent(viewer.person.listed.email);
    return [200, { secret: 'JBSWY3DPEHPK3PXP', uri: `otpauth://totp/Fairway:${label}?secret=JBSWY3DPEHPK3PXP&issuer=Fairway` }];
  }],
  ['PUT', /^\/v1\/me\/second-factor$/, null, secondFactor(true)],
  ['DELETE', /^\/v1\/me\/second-factor$/, null, secondFactor(false)],
  ['GET', /^\/v1\/people$/, 'manage', function ({ viewer, query }) {
    return page(this.state.people.filter(({ party }) => parties[party].id === viewer.party.id).map(({ listed }) => listed), 'people', query);
  }],
  ['PATCH', /^\/v1\/people\/([^/]+)$/, 'manage', function ({ id, body }) {
    const { listed } = find(this.state.people.map((each) => ({ ...each, id: each.listed.id })), 'id', id);
    const managers = this.state.people.filter((each) => each.party === 'forwarder' && each.listed.rights.includes('manage'));
    if (body.rights && !body.rights.includes('manage') && managers.length === 1 && managers[0].listed === listed)
      throw new Refusal(409, 'conflict', 'nobody could manage any more');
    Object.assign(listed, body);
    return [200, listed];
  }],
  ['GET', /^\/v1\/invitations$/, 'manage', function ({ query }) { return page(this.state.invitations.map(({ shown }) => shown), 'invitations', query); }],
  ['POST', /^\/v1\/invitations$/, 'manage', function ({ viewer, body }) {
    const token = this.id('token');
    const party = Object.keys(parties).find((name) => parties[name].id === viewer.party.id);
    const shown = { id: this.id('inv'), email: body.email, name: body.name, rights: body.rights ?? ['read'], party: body.party, expires: at(7 * 86_400_000), status: 'open' };
    this.state.invitations.unshift({ party, token, shown });
    return [201, { ...shown, token, link: `/invitation#${token}` }];
  }],
  ['DELETE', /^\/v1\/invitations\/([^/]+)$/, 'manage', function ({ id }) {
    find(this.state.invitations.map(({ shown }) => shown), 'id', id).status = 'withdrawn';
    return [204];
  }],
  ['GET', /^\/v1\/keys$/, 'manage', function () { return [200, { keys: this.state.keys }]; }],
  ['POST', /^\/v1\/keys$/, 'manage', function ({ body }) {
    const keyID = this.id('key');
    this.state.keys.push({ keyID, label: body.label, scopes: body.scopes ?? [...allRights], expires: body.expires, created: at(), status: 'active' });
    return [201, { keyID, key: `fw_${keyID}_secret` }];
  }],
  ['DELETE', /^\/v1\/keys\/([^/]+)$/, 'manage', function ({ id }) { find(this.state.keys, 'keyID', id).status = 'withdrawn'; return [200, {}]; }],
  ['POST', /^\/v1\/keys\/([^/]+)\/rotation$/, 'manage', function ({ id, query }) {
    const old = find(this.state.keys, 'keyID', id);
    const keyID = this.id('key');
    this.state.keys.push({ ...old, keyID, created: at() });
    old.expires = at(Number(query.get('overlap')) * 1_000);
    return [201, { keyID, key: `fw_${keyID}_secret` }];
  }],
  ...credentials('certificates', 'certificates', () => ({ fingerprint: 'a1b2c3d4e5f60718293a4b5c6d7e8f90', subject: 'CN=edi.harbour.test,O=Harbour Forwarding' })),
  ...credentials('service-accounts', 'serviceAccounts', ({ issuer, subject }) => ({ issuer, subject })),
  ['GET', /^\/v1\/parties\/([^/]+)$/, null, function ({ id }) { return [200, this.party(id)]; }],
  ['GET', /^\/v1\/grants$/, 'read', function ({ viewer, query }) {
    const mine = this.state.grants.filter(({ from, to }) => [from.id, to.id].includes(viewer.party.id)).map((grant) => seenBy(grant, viewer));
    const asked = (name) => query.get(name) === null;
    return page(mine.filter((grant) => (asked('direction') || grant.direction === query.get('direction')) && (asked('state') || grant.state === query.get('state'))), 'grants', query);
  }],
  ['POST', /^\/v1\/grants$/, 'grant', function ({ viewer, body }) {
    const legal = body.kind === 'legal_basis';
    if (body.scope.all && body.kind !== 'delegation') throw new Refusal(400, 'invalid', 'only a delegation reaches everything');
    const from = summary(viewer.party);
    const grant = {
      id: this.id('gr'), kind: body.kind, from, to: legal ? from : this.party(body.to), scope: body.scope, fields: body.fields ?? [], purpose: body.purpose ?? '',
      ...(body.reason && { reason: body.reason }), expires: body.expires, state: legal ? 'accepted' : 'offered', created: at(), direction: 'given',
    };
    this.state.grants.unshift(grant);
    return [201, grant];
  }],
  ['GET', /^\/v1\/grants\/([^/]+)$/, 'read', function ({ id, viewer }) { return [200, seenBy(this.grant(id, viewer), viewer)]; }],
  ['POST', /^\/v1\/grants\/([^/]+)\/acceptance$/, 'grant', decide('accepted', ['offered'])],
  ['POST', /^\/v1\/grants\/([^/]+)\/refusal$/, 'grant', decide('declined', ['offered'])],
  ['DELETE', /^\/v1\/grants\/([^/]+)$/, 'grant', decide('revoked', ['offered', 'accepted'])],
  ['POST', /^\/v1\/guest-links$/, 'grant', function ({ viewer, body }) {
    const key = `fw_${this.id('guest')}`;
    const grant = {
      id: this.id('gr'), kind: 'guest', from: summary(viewer.party), to: { id: '', name: body.label, role: body.role }, scope: { references: [body.reference] },
      fields: [], purpose: 'guest link', expires: body.expires, state: 'accepted', created: at(), direction: 'given',
    };
    this.state.grants.unshift(grant);
    this.state.guests.set(key, { reference: body.reference, expires: body.expires, grant: grant.id });
    return [201, { grant, key, link: `/guest#${key}` }];
  }],
  ['GET', /^\/v1\/access-log$/, 'read', function ({ query }) {
    const [from, until, reader] = ['from', 'until', 'reader'].map((name) => query.get(name));
    const wanted = (read) => (!from || Date.parse(read.at) >= Date.parse(from)) && (!until || Date.parse(read.at) < Date.parse(until)) && (!reader || read.reader.id === reader);
    return page(this.state.reads.filter(wanted), 'reads', query);
  }],
];

function secondFactor(on) {
  return function ({ viewer, body }) {
    if (body.code !== totpCode) throw new Refusal(400, 'invalid', 'the code is wrong');
    viewer.person.listed.secondFactor = on;
    return [204];
  };
}

