// @ts-check
// The people, keys, grants and reads of the stand-in server, as they are at the start of every test. Held to the API's description by
// `npm run check` in web/.

/** @typedef {import('../../../web/src/api/types').Party} Party */
/** @typedef {import('../../../web/src/api/types').ListedPerson} ListedPerson */
/** @typedef {import('../../../web/src/api/types').Grant} Grant */
/** @typedef {import('../../../web/src/api/types').Read} Read */
/** @typedef {import('../../../web/src/api/types').Right} Right */

export const password = 'four words in a row';
export const totpCode = '123456';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** @param {number} [offsetMs] */
export function at(offsetMs = 0) {
  return new Date(Date.now() + offsetMs).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** @type {Record<'operator' | 'forwarder' | 'haulier' | 'bank' | 'customs', Party>} */
export const parties = {
  operator: { id: 'pty_operator00', name: 'Port of Test', role: 'operator', identifiers: [{ scheme: 'UN', value: 'FAIRWAY' }] },
  forwarder: {
    id: 'pty_forwarder0',
    name: 'Harbour Forwarding',
    role: 'forwarder',
    identifiers: [{ scheme: 'SCAC', value: 'HBFW' }, { scheme: 'BR', value: '20411778' }],
  },
  haulier: { id: 'pty_haulier000', name: 'Lantau Haulage', role: 'haulier', identifiers: [{ scheme: 'BR', value: '30998100' }] },
  bank: { id: 'pty_bank000000', name: 'Victoria Trade Bank', role: 'bank', identifiers: [] },
  customs: { id: 'pty_customs000', name: 'Customs and Excise', role: 'authority', identifiers: [] },
};

/** @type {readonly Right[]} */
export const allRights = ['read', 'send', 'manage', 'grant'];

/** @param {string} id @param {string} name @param {string} email @param {keyof typeof parties} party @param {Partial<ListedPerson>} [more] */
function person(id, name, email, party, more = {}) {
  /** @type {ListedPerson} */
  const listed = { id, name, email, rights: [...allRights], status: 'active', secondFactor: false, lastSignIn: at(-5 * hourMs), ...more };
  return { party, password, ways: /** @type {const} */ (['password']), listed };
}

/** @param {keyof typeof parties} of */
function summary(of) {
  const { id, name, role } = parties[of];
  return { id, name, role };
}

/** @returns {Grant[]} */
function grants() {
  const { forwarder, haulier, bank, operator } = { forwarder: summary('forwarder'), haulier: summary('haulier'), bank: summary('bank'), operator: summary('operator') };
  return [
    {
      id: 'gr_offer1', kind: 'nomination', from: operator, to: forwarder, scope: { references: ['equipment:MSCU6639870', 'booking:177NHK0042'] },
      fields: ['milestones', 'release_right'], purpose: 'Collection for the exhibition', expires: at(30 * dayMs), state: 'offered', created: at(-2 * hourMs), direction: 'received',
    },
    {
      id: 'gr_given1', kind: 'consent', from: forwarder, to: bank, scope: { references: ['transport_document:PRLHKG778812'] },
      fields: ['milestones', 'goods_description', 'value'], purpose: 'Financing of the shipment', expires: at(60 * dayMs), state: 'accepted', created: at(-3 * dayMs), decided: at(-2 * dayMs), direction: 'given',
    },
    {
      id: 'gr_given2', kind: 'delegation', from: forwarder, to: haulier, scope: { all: true },
      fields: ['milestones', 'party_names', 'position'], purpose: 'All haulage of the year', expires: at(300 * dayMs), state: 'offered', created: at(-dayMs), direction: 'given',
    },
    {
      id: 'gr_old1', kind: 'nomination', from: forwarder, to: haulier, scope: { references: ['equipment:TGHU4567017'] },
      fields: ['milestones'], purpose: 'Collection', expires: at(-10 * dayMs), state: 'expired', created: at(-40 * dayMs), decided: at(-39 * dayMs), direction: 'given',
    },
  ];
}

/** 120 reads, one every three hours, the newest first. @returns {Read[]} */
function reads() {
  /** @type {Omit<Read, 'id' | 'at'>[]} */
  const kinds = [
    { reader: summary('bank'), person: true, channel: 'journey', grant: 'gr_given1', basis: 'grant', purpose: 'Financing of the shipment', references: ['transport_document:PRLHKG778812'], events: 12 },
    { reader: summary('haulier'), person: false, channel: 'stream', basis: 'named', references: ['equipment:MSCU6639870'], events: 1 },
    { reader: summary('customs'), person: true, channel: 'journey', basis: 'legal_basis', purpose: '=HYPERLINK("Cap. 60, s. 20")', references: ['equipment:MSCU6639870', 'booking:177NHK0042', 'equipment:TGHU4567017', 'equipment:TGHU4567022', 'seal:HK778120'], events: 31 },
    { reader: summary('operator'), channel: 'export', basis: 'operator', references: [], events: 2048 },
    { reader: summary('haulier'), person: true, channel: 'events', basis: 'own_role', references: ['booking:177NHK0042'], events: 4 },
  ];
  return Array.from({ length: 120 }, (_, index) => {
    const kind = kinds[index % kinds.length];
    if (kind === undefined) throw new Error('no kind');
    return { ...kind, id: `rd_${1000 - index}`, at: at(-10 * 60_000 - index * 3 * hourMs) };
  });
}

export function makeOffice() {
  return {
    people: [
      person('per_mei', 'Mei Wong', 'mei@harbour.test', 'forwarder', { secondFactor: true }),
      person('per_ada', 'Ada Chan', 'ada@harbour.test', 'forwarder'),
      person('per_ravi', 'Ravi Shah', 'ravi@harbour.test', 'forwarder', { rights: ['read'], lastSignIn: undefined }),
      person('per_kit', 'Kit Lau', 'kit@customs.test', 'customs'),
    ],
    /** @type {Map<string, { person: string, csrf: string }>} */
    sessions: new Map(),
    /** @type {Map<string, number>} */
    failures: new Map(),
    invitations: /** @type {{ party: keyof typeof parties, token: string, shown: import('../../../web/src/api/types').Invitation }[]} */ ([
      { party: 'forwarder', token: 'inv-open-token', shown: { id: 'inv_1', email: 'lee@harbour.test', name: 'Lee', rights: ['read', 'send'], expires: at(6 * dayMs), status: 'open' } },
      { party: 'forwarder', token: 'inv-used-token', shown: { id: 'inv_2', email: 'ravi@harbour.test', rights: ['read'], expires: at(2 * dayMs), status: 'accepted' } },
    ]),
    keys: /** @type {import('../../../web/src/api/types').Key[]} */ ([
      { keyID: 'k7d2m9', label: 'Gate system', scopes: ['send'], created: at(-90 * dayMs), expires: at(275 * dayMs), status: 'active' },
      { keyID: 'k1a4zz', label: 'EDI converter', scopes: ['read', 'send'], created: at(-400 * dayMs), status: 'active' },
      { keyID: 'k0old0', label: 'Old converter', scopes: ['send'], created: at(-800 * dayMs), status: 'withdrawn' },
    ]),
    certificates: /** @type {import('../../../web/src/api/types').Certificate[]} */ ([]),
    serviceAccounts: /** @type {import('../../../web/src/api/types').ServiceAccount[]} */ ([
      { id: 'sa_1', issuer: 'https://id.harbour.test', subject: 'tms-prod', label: 'Transport management', scopes: ['read'], expires: at(100 * dayMs), status: 'active' },
    ]),
    grants: grants(),
    /** @type {Map<string, { reference: string, expires: string, grant: string }>} */
    guests: new Map([['fw_guest_journey', { reference: 'equipment:MSCU6639870', expires: at(7 * dayMs), grant: 'gr_guest0' }]]),
    reads: reads(),
  };
}
