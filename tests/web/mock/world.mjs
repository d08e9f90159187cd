// @ts-check
// Journeys that are rare in a small store and that the page must show well: contradictions, corrections, a container used twice,
// a booking of many containers, plans without events. Held to the API's description by `npm run check` in web/.

/** @typedef {import('../../../web/src/api/types').Journey} Journey */
/** @typedef {import('../../../web/src/api/types').JourneyEvent} JourneyEvent */
/** @typedef {import('../../../web/src/api/types').JourneyMilestone} JourneyMilestone */
/** @typedef {import('../../../web/src/api/types').Instant} Instant */

const minuteMs = 60_000;

const parties = /** @type {const} */ ({
  terminal: { id: 'pty_terminal00', name: 'Stonecutters Container Terminal', role: 'terminal' },
  carrier: { id: 'pty_carrier000', name: 'Pearl Ocean Lines', role: 'carrier' },
  haulier: { id: 'pty_haulier000', name: 'Lantau Haulage', role: 'haulier' },
  forwarder: { id: 'pty_forwarder0', name: 'Harbour Forwarding', role: 'forwarder' },
  hidden: { id: 'pty_hidden0000' },
});

const sources = {
  codeco: { format: 'EDIFACT', type: 'CODECO D.95B ITG14', interchange: '77', message: '1', document: 'GATE0001', segment: 4, offset: 118 },
  coarri: { format: 'EDIFACT', type: 'COARRI D.95B ITG13', interchange: '2231', message: '3', document: 'LOAD0448', segment: 9, offset: 1482 },
  iftsta: { format: 'EDIFACT', type: 'IFTSTA D.00B', interchange: '9', message: '12', document: 'ST-20931', segment: 6, offset: 402 },
  dcsa: { format: 'DCSA', type: 'TNT 2.2 TRANSPORT' },
};

const places = {
  depot: { UNLocationCode: 'HKHKG', facilityCode: 'TMD', facilityTypeCode: 'DEPO', name: 'Tuen Mun Depot' },
  hongKong: { UNLocationCode: 'HKHKG', facilityCode: 'SCT', facilityCodeListProvider: 'SMDG', facilityTypeCode: 'POTE' },
  singapore: { UNLocationCode: 'SGSIN', facilityCode: 'PPT', facilityCodeListProvider: 'SMDG', facilityTypeCode: 'POTE' },
  rotterdam: { UNLocationCode: 'NLRTM', facilityCode: 'ECT', facilityCodeListProvider: 'SMDG', facilityTypeCode: 'POTE' },
};

const offsets = { HKHKG: '+08:00', SGSIN: '+08:00', NLRTM: '+01:00' };

/** "2026-03-14T08:58" at the offset. @param {string} civil @param {string} [offset] @param {Instant['zone']} [zone] @returns {Instant} */
function at(civil, offset = '+08:00', zone = 'stated') {
  const local = `${civil}:00${offset}`;
  return { instant: new Date(local).toISOString().replace('.000Z', 'Z'), local, zone };
}

/** The same as the API writes it outside of events. @param {string} civil @param {string} [offset] */
function text(civil, offset = '+08:00') {
  return `${civil}:00${offset}`;
}

/** Collects claims and numbers their entries. */
class Claims {
  /** @param {number} first */
  constructor(first) {
    this.next = first;
    /** @type {JourneyEvent[]} */
    this.events = [];
  }

  /**
   * @param {keyof typeof parties} party
   * @param {JourneyEvent['milestone']} milestone
   * @param {JourneyEvent['classifier']} classifier
   * @param {keyof typeof places} place
   * @param {string} civil
   * @param {Partial<JourneyEvent>} [more]
   */
  add(party, milestone, classifier, place, civil, more = {}) {
    const where = places[place];
    const occurred = at(civil, offsets[/** @type {keyof typeof offsets} */ (where.UNLocationCode)]);
    const entry = this.next++;
    const received = classifier === 'actual' ? Date.parse(occurred.instant) + 7 * minuteMs : Date.parse('2026-03-09T04:12:00Z') + entry * 1000;
    this.events.push({
      eventID: `claim-${entry}`,
      milestone,
      classifier,
      occurred,
      place: where,
      references: [],
      source: milestone === 'arrived' || milestone === 'departed' ? sources.dcsa : sources.coarri,
      entry,
      receivedAt: new Date(received).toISOString(),
      party: parties[party],
      status: 'current',
      conflict: false,
      ...more,
    });
    return entry;
  }

  /** One milestone for each thing that happens at one place to one container. @returns {JourneyMilestone[]} */
  milestones() {
    /** @type {Map<string, JourneyMilestone>} */
    const rows = new Map();
    for (const event of this.events) {
      if (event.status === 'retracted') continue;
      const container = event.references.find((reference) => reference.kind === 'equipment')?.value;
      const document = event.references.find((reference) => event.documentTypeCode !== undefined && reference.kind === 'transport_document')?.value;
      const key = [event.milestone, event.place?.UNLocationCode, event.place?.facilityCode, container, document].join('|');
      const row = rows.get(key) ?? { milestone: event.milestone, equipment: container, document, place: event.place, planned: [], estimated: [], actual: [], conflict: false };
      rows.set(key, row);
      row[event.classifier].push(event.entry);
      row.conflict ||= event.conflict;
    }
    return [...rows.values()];
  }
}

const vessel = { mode: /** @type {const} */ ('vessel'), vesselName: 'PEARL MERIDIAN', vesselIMONumber: '9811012', voyage: '031W', service: 'AE7', carrier: 'PRL' };
const feeder = { mode: /** @type {const} */ ('vessel'), vesselName: 'STRAITS RUNNER', vesselIMONumber: '9621039', voyage: '118E' };

/** @param {string} value @returns {JourneyEvent['references']} */
function container(value) {
  return [{ kind: 'equipment', value }, { kind: 'booking', value: '177NHK0042' }];
}

const box = 'MSCU6639870';

/** One container from a depot in Hong Kong to Rotterdam by way of Singapore. */
function richClaims() {
  const claims = new Claims(41_000);
  const of = { references: container(box) };
  const facts = { ISOEquipmentCode: '22G1', load: /** @type {const} */ ('laden'), grossKg: 21_480, seals: [{ number: 'HK778120' }] };
  claims.add('forwarder', 'picked_up', 'planned', 'depot', '2026-03-12T14:00', { ...of, source: sources.iftsta });
  claims.add('haulier', 'picked_up', 'actual', 'depot', '2026-03-12T14:25', { ...of, source: sources.codeco, equipment: { ISOEquipmentCode: '22G1', load: 'empty' } });
  claims.add('carrier', 'gate_in', 'planned', 'hongKong', '2026-03-14T06:00', { ...of, source: sources.iftsta });
  claims.add('terminal', 'gate_in', 'actual', 'hongKong', '2026-03-14T08:58', { ...of, source: sources.codeco, equipment: facts, occurred: { ...at('2026-03-14T08:58', '+08:00', 'place'), text: '202603140858' } });
  claims.add('forwarder', 'document_issued', 'actual', 'hongKong', '2026-03-14T18:00', {
    references: [{ kind: 'transport_document', value: 'PRLHKG778812' }], documentTypeCode: 'TRD', source: { format: 'DCSA', type: 'TNT 2.2 SHIPMENT' },
  });
  claims.add('carrier', 'loaded', 'planned', 'hongKong', '2026-03-15T02:00', { ...of, transport: vessel });
  claims.add('terminal', 'loaded', 'actual', 'hongKong', '2026-03-15T03:42', { ...of, transport: vessel, equipment: { ...facts, stowage: '0220482' }, conflict: true });
  claims.add('carrier', 'loaded', 'actual', 'hongKong', '2026-03-15T09:10', { ...of, transport: vessel, source: sources.iftsta, conflict: true });
  claims.add('carrier', 'departed', 'planned', 'hongKong', '2026-03-15T06:00', { transport: vessel });
  claims.add('carrier', 'departed', 'estimated', 'hongKong', '2026-03-15T10:00', { transport: vessel, status: 'superseded' });
  claims.add('terminal', 'departed', 'estimated', 'hongKong', '2026-03-15T12:00', { transport: vessel });
  claims.add('terminal', 'departed', 'actual', 'hongKong', '2026-03-15T12:20', { transport: vessel, reason: 'WEA', remark: 'Strong monsoon signal; pilotage suspended until 11:30' });
  claims.add('carrier', 'arrived', 'planned', 'singapore', '2026-03-19T05:00', { transport: vessel });
  claims.add('carrier', 'arrived', 'estimated', 'singapore', '2026-03-19T13:30', { transport: vessel });
  claims.add('carrier', 'discharged', 'planned', 'singapore', '2026-03-19T16:00', { ...of, transport: vessel });
  claims.add('carrier', 'loaded', 'planned', 'singapore', '2026-03-21T04:00', { ...of, transport: feeder });
  claims.add('carrier', 'arrived', 'planned', 'rotterdam', '2026-04-11T06:00', { transport: feeder });
  claims.add('hidden', 'arrived', 'estimated', 'rotterdam', '2026-04-12T20:00', { transport: feeder, occurred: at('2026-04-12T20:00', '+00:00', 'assumed') });
  claims.add('terminal', 'gate_in', 'actual', 'hongKong', '2026-03-13T08:58', { ...of, source: sources.codeco, status: 'corrected' });
  claims.add('haulier', 'gate_out', 'actual', 'depot', '2026-03-12T19:10', { ...of, source: sources.codeco, status: 'retracted' });
  claims.add('forwarder', 'declaration_accepted', 'actual', 'hongKong', '2026-03-13T10:20', { ...of, source: { format: 'filing', type: 'hk/2', document: 'fil_1' } });
  claims.add('forwarder', 'declaration_released', 'actual', 'hongKong', '2026-03-14T07:45', { ...of, source: { format: 'filing', type: 'cn/export', document: 'fil_2' } });
  return claims;
}

/** Customs of both sides, where a terminal has not heard of the release. @returns {Journey['customs']} */
function bothCustoms() {
  const entry = 41_020;
  return [
    {
      equipment: box, regime: 'cn', state: 'released', since: text('2026-03-14T07:45'), entry: entry + 1, number: '530120260000012345', party: parties.carrier,
      paid: true, conflict: true,
      declarations: [{ number: '530120260000012345', form: 'cn/export', state: 'released', since: text('2026-03-14T07:45'), entry: entry + 1, paid: true }],
      said: [
        { party: parties.carrier, state: 'released', since: text('2026-03-14T07:45'), entry: entry + 1 },
        { party: parties.terminal, state: 'held', since: text('2026-03-13T22:05'), entry },
      ],
      history: [
        { state: 'lodged', at: text('2026-03-12T09:00'), entry: entry - 1 },
        { state: 'held', at: text('2026-03-13T22:05'), entry },
        { state: 'released', at: text('2026-03-14T07:45'), entry: entry + 1 },
      ],
    },
    {
      equipment: box, regime: 'hk', state: 'inspection', since: text('2026-03-14T06:30'), entry, number: 'HK26000451', party: parties.forwarder,
      paid: false, conflict: false,
      declarations: [
        { number: 'HK26000451', form: 'hk/2', state: 'inspection', since: text('2026-03-14T06:30'), entry, paid: false },
        { form: 'hk/manifest', state: 'rejected', since: text('2026-03-13T11:00'), entry, paid: false },
      ],
      said: [{ party: parties.forwarder, state: 'inspection', since: text('2026-03-14T06:30'), entry }],
      history: [{ state: 'inspection', at: text('2026-03-14T06:30'), entry }],
    },
  ];
}

/** @returns {Journey} */
function rich() {
  const claims = richClaims();
  const [first, second] = claims.events.filter((event) => event.conflict);
  return {
    reference: { kind: 'equipment', value: box },
    asOf: new Date().toISOString(),
    position: 50_000,
    references: [
      { kind: 'equipment', value: box },
      { kind: 'booking', value: '177NHK0042' },
      { kind: 'transport_document', value: 'PRLHKG778812' },
      { kind: 'house_document', value: 'HF-26-003391' },
      { kind: 'vessel', value: '9811012' },
      { kind: 'vessel', value: '9621038', flag: 'wrong_check_digit' },
      { kind: 'voyage', value: 'PRL/031W', overShared: true },
      { kind: 'seal', value: 'HK778120' },
      { kind: 'customer_reference', value: 'PO 4500-8812/A' },
    ],
    trips: [
      { number: 1, from: '2025-11-02T03:10:00Z', to: '2026-01-20T09:44:00Z', current: false, booking: '177NHK0007' },
      { number: 2, from: '2026-03-12T06:25:00Z', to: '2026-03-15T04:20:00Z', current: true, booking: '177NHK0042' },
    ],
    status: { milestone: 'departed', classifier: 'actual', at: text('2026-03-15T12:20'), place: places.hongKong },
    customs: bothCustoms(),
    legs: [
      { number: 1, mode: 'truck', from: places.depot, to: places.hongKong, vehicle: 'LM 4821', departed: { planned: text('2026-03-12T14:00'), actual: text('2026-03-12T14:25') }, arrived: { planned: text('2026-03-14T06:00'), actual: text('2026-03-14T08:58') }, state: 'done' },
      { number: 2, ...vessel, from: places.hongKong, to: places.singapore, departed: { planned: text('2026-03-15T06:00'), estimated: text('2026-03-15T12:00'), actual: text('2026-03-15T12:20') }, arrived: { planned: text('2026-03-19T05:00'), estimated: text('2026-03-19T13:30') }, state: 'under_way' },
      { number: 3, ...feeder, from: places.singapore, to: places.rotterdam, departed: {}, arrived: { planned: text('2026-04-11T06:00', '+01:00'), estimated: text('2026-04-12T20:00', '+00:00') }, state: 'planned' },
    ],
    milestones: claims.milestones(),
    events: claims.events,
    conflicts: [
      { kind: 'time', milestone: 'loaded', equipment: box, entries: [first?.entry ?? 0, second?.entry ?? 0], text: 'Stonecutters Container Terminal says 03:42, Pearl Ocean Lines says 09:10 (5 h 28 min apart).' },
    ],
    expected: [
      { milestone: 'arrived', place: places.singapore, at: text('2026-03-19T13:30'), classifier: 'estimated', text: 'PEARL MERIDIAN should arrive at SGSIN.' },
      { milestone: 'discharged', place: places.singapore, equipment: box, at: text('2026-03-19T16:00'), classifier: 'planned', text: 'MSCU6639870 should be discharged at SGSIN.' },
      { milestone: 'gate_out', place: places.rotterdam, equipment: box, text: 'MSCU6639870 leaves the terminal after discharge.' },
    ],
    truncated: false,
  };
}

/** A booking of twenty-four containers. @returns {Journey} */
function wide() {
  const claims = new Claims(60_000);
  const boxes = Array.from({ length: 24 }, (_, index) => `TGHU45670${String(index).padStart(2, '0')}`);
  boxes.forEach((each, index) => {
    const hour = String(index).padStart(2, '0');
    const of = { references: [{ kind: /** @type {const} */ ('equipment'), value: each, flag: /** @type {const} */ ('wrong_check_digit') }] };
    claims.add('terminal', 'gate_in', 'actual', 'hongKong', `2026-03-13T${hour}:05`, of);
    claims.add('terminal', 'loaded', 'actual', 'hongKong', `2026-03-15T${hour}:40`, of);
  });
  return {
    reference: { kind: 'booking', value: '177NHK0099' },
    asOf: new Date().toISOString(),
    position: 70_000,
    references: [
      { kind: 'booking', value: '177NHK0099' },
      ...boxes.map((value) => ({ kind: /** @type {const} */ ('equipment'), value, flag: /** @type {const} */ ('wrong_check_digit') })),
    ],
    trips: [],
    status: { milestone: 'loaded', classifier: 'actual', at: text('2026-03-15T23:40'), place: places.hongKong, equipment: boxes[23] },
    customs: [],
    legs: [],
    milestones: claims.milestones().sort((a, b) => a.milestone.localeCompare(b.milestone)),
    events: claims.events,
    conflicts: [],
    expected: [],
    truncated: true,
  };
}

/** Known by its papers only. @returns {Journey} */
function planned() {
  const claims = new Claims(80_000);
  claims.add('carrier', 'departed', 'planned', 'hongKong', '2030-01-02T06:00', { transport: vessel });
  return {
    reference: { kind: 'transport_document', value: 'PRLHKG900001' },
    asOf: new Date().toISOString(),
    position: 80_001,
    references: [{ kind: 'transport_document', value: 'PRLHKG900001' }],
    trips: [],
    status: null,
    customs: [],
    legs: [],
    milestones: claims.milestones(),
    events: claims.events,
    conflicts: [],
    expected: [{ milestone: 'departed', place: places.hongKong, at: text('2030-01-02T06:00'), classifier: 'planned', text: 'PEARL MERIDIAN should depart from HKHKG.' }],
    truncated: false,
  };
}

/** A fresh set of journeys by the references that find them. @returns {Map<string, Journey>} */
export function makeWorld() {
  const one = rich();
  return new Map([
    ['MSCU6639870', one],
    ['177NHK0042', { ...one, reference: { kind: 'booking', value: '177NHK0042' }, trips: [] }],
    ['PRLHKG778812', { ...one, reference: { kind: 'transport_document', value: 'PRLHKG778812' }, trips: [] }],
    ['177NHK0099', wide()],
    ['PRLHKG900001', planned()],
  ]);
}

/** The arrival in Singapore, as it comes in while somebody watches. @param {Journey} journey @returns {JourneyEvent} */
export function addArrival(journey) {
  const entry = journey.position + 1;
  const claims = new Claims(entry);
  claims.add('carrier', 'arrived', 'actual', 'singapore', '2026-03-19T14:05', { transport: vessel, references: [{ kind: 'vessel', value: '9811012' }] });
  const [event] = claims.events;
  if (event === undefined) throw new Error('no event');
  journey.events.push(event);
  journey.milestones.find((row) => row.milestone === 'arrived' && row.place?.UNLocationCode === 'SGSIN')?.actual.push(entry);
  journey.status = { milestone: 'arrived', classifier: 'actual', at: event.occurred.local ?? event.occurred.instant, place: event.place ?? {} };
  journey.position = entry;
  return event;
}
