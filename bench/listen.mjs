// Stream load, the same for every server under test: node listen.mjs URL STREAM_PATH POST_PATH SUBSCRIBERS EVENTS_PER_SECOND SECONDS [KEY]
// Opens the subscribers, posts events at the rate in batches, and counts what arrives. The first subscriber's events are counted one by
// one; all get the same, so that for the others their bytes will do, which keeps this client from being what is measured. Prints one
// JSON line.
import http from 'node:http';

const [, , address, streamPath, postPath, subscribers, rate, seconds, key] = process.argv;
const url = new URL(address);
const headers = key ? { authorization: `Bearer ${key}` } : {};
const run = `${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
const mark = Buffer.from('"eventID"');
let counted = 0, countedBytes = 0, otherBytes = 0, opened = 0, sent = 0, accepted = 0;

function listen() {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: url.hostname, port: url.port, path: streamPath, headers, agent: new http.Agent() }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`the stream answered ${response.statusCode}`));
      const counts = opened++ === 0;
      resolve();
      response.on('data', (piece) => {
        if (!counts) return void (otherBytes += piece.length);
        countedBytes += piece.length;
        for (let at = piece.indexOf(mark); at >= 0; at = piece.indexOf(mark, at + mark.length)) counted++;
      });
      response.on('error', () => {});
    });
    request.on('error', reject);
  });
}

function event() {
  const number = sent++;
  const now = new Date().toISOString();
  return {
    eventID: `${run}-${number}`, eventType: 'EQUIPMENT', eventCreatedDateTime: now, eventDateTime: now, eventClassifierCode: 'ACT',
    equipmentEventTypeCode: 'GTIN', equipmentReference: `MSCU${String(number % 1000).padStart(6, '0')}0`, ISOEquipmentCode: '45G1', emptyIndicatorCode: 'LADEN',
    eventLocation: { UNLocationCode: 'HKHKG', facilityCode: 'HITT' },
    documentReferences: [{ documentReferenceType: 'BKG', documentReferenceValue: `BKG${number % 300}` }, { documentReferenceType: 'TRD', documentReferenceValue: `MAEU${number % 500}` }],
  };
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
function post(events) {
  return new Promise((resolve) => {
    const body = JSON.stringify(events);
    const request = http.request({ host: url.hostname, port: url.port, path: postPath, method: 'POST', agent, headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
      response.resume();
      response.on('end', () => { if (response.statusCode < 300) accepted += events.length; resolve(); });
    });
    request.on('error', resolve);
    request.end(body);
  });
}

for (let i = 0; i < Number(subscribers); i += 50) await Promise.all(Array.from({ length: Math.min(50, Number(subscribers) - i) }, listen));
const started = performance.now();
const end = started + Number(seconds) * 1000;
let waiting = 0;
while (performance.now() < end) {
  const due = Math.min(2000, Math.floor(((performance.now() - started) / 1000) * Number(rate)) - sent);
  if (due > 0 && waiting < 4) {
    waiting++;
    post(Array.from({ length: due }, event)).then(() => waiting--);
  }
  await new Promise((resolve) => setTimeout(resolve, 10));
}
const inTime = Math.round(counted * (1 + otherBytes / Math.max(1, countedBytes)));
const elapsed = (performance.now() - started) / 1000;
console.log(JSON.stringify({ opened, sent, accepted, delivered: inTime, per_second: Math.round(inTime / elapsed) }));
process.exit(0);
