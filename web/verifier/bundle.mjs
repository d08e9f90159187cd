// Evidence bundles: what is checked of each part, and what is found.
import { checkAnchor } from './anchor.mjs';
import { isEqual, refuse } from './bytes.mjs';
import { checkCertificate } from './certificate.mjs';
import { checkParts, checkSeal, manifestFrom } from './manifest.mjs';
import { entryOpened, openingFrom } from './opening.mjs';
import { believe, policyFrom } from './policy.mjs';
import { entryOf, isProven, proofFrom } from './proof.mjs';
import { readZip } from './zip.mjs';

const entriesMax = 1000;

// Parts of every entry come in pairs, by its number.
const openingName = /^openings\/([1-9][0-9]*)\.json$/;
const proofName = /^proofs\/([1-9][0-9]*)\.tlog-proof$/;

// What is not checked here, because it proves nothing by itself or needs more than a browser has. A part of another name is refused.
const others = [
  { name: /^signatures\//, code: 'signatures_unchecked' },
  { name: /^timestamp\.tsr$/, code: 'timestamp_unchecked' },
  { name: /^(statement\.(html|pdf)|verifier\.html)$/, code: 'for_people' },
];
const checked = [openingName, proofName, /^(policy\.txt|anchor\.json|certificate\.json)$/];

function unwrap(bytes) {
  const [first, second, ...parts] = readZip(bytes);
  if (first.name !== 'manifest.json' || second?.name !== 'seal') refuse('malformed_zip', { detail: 'manifest and seal come first' });
  return { manifest: manifestFrom(first.bytes), manifestBytes: first.bytes, seal: second.bytes, parts };
}

const byNumber = (parts, pattern) => new Map(parts.flatMap((part) => (pattern.test(part.name) ? [[pattern.exec(part.name)[1], part]] : [])));

// [{ opening, proof, name }]: an opening without a proof shows nothing, and the other way round.
function pairsOf(parts) {
  const [openings, proofs] = [byNumber(parts, openingName), byNumber(parts, proofName)];
  if (openings.size === 0 || openings.size > entriesMax) refuse('no_entries');
  const alone = [...openings.keys(), ...proofs.keys()].find((number) => !openings.has(number) || !proofs.has(number));
  if (alone !== undefined) refuse('alone', { about: alone });
  return [...openings].map(([number, part]) => {
    const [opening, proof] = [openingFrom(part.bytes), proofFrom(proofs.get(number).bytes)];
    if (String(opening.entry) !== number || proof.index !== opening.entry - 1n) refuse('other_entry', { about: part.name });
    return { opening, proof, name: part.name };
  });
}

function oneCheckpoint(pairs) {
  const [{ proof: first }] = pairs;
  const other = pairs.find(({ proof }) => !isEqual(proof.checkpoint, first.checkpoint));
  if (other !== undefined) refuse('other_checkpoint', { about: other.name });
  return first.checkpoint;
}

async function checkEntry({ opening, proof, name }, checkpoint) {
  const entry = await entryOpened(opening);
  if (!isEqual(entry, entryOf(proof))) refuse('opening_fails', { about: name });
  if (!(await isProven(proof, entry, checkpoint))) refuse('not_in_tree', { about: name });
}

export function shownOf({ entry, fields }) {
  const shown = fields.filter((field) => field.commitment === undefined).map(({ path, value }) => ({ path, value }));
  return { entry, shown, hidden: fields.length - shown.length };
}

async function holdToAnchor(parts, report) {
  const part = parts.find(({ name }) => name === 'anchor.json');
  if (part === undefined) return report.notes('no_anchor');
  report.anchor = await checkAnchor(part.bytes, report.checkpoint);
  report.holds('anchor_consistent');
  report.notes('anchor_unasked');
}

function holdToCertificate(parts, report) {
  const part = parts.find(({ name }) => name === 'certificate.json');
  if (part === undefined) return;
  report.holds('certificate_based', { count: checkCertificate(part.bytes, report.entries) });
  report.notes('certificate_terms');
}

function noteOther(name, report) {
  if (checked.some((pattern) => pattern.test(name))) return;
  const other = others.find((each) => each.name.test(name));
  if (other === undefined) refuse('part_unknown', { about: name });
  report.notes(other.code, { about: name });
}

// The findings that every bundle has, and what it shows.
export async function checkBundle(bytes, given, report) {
  const { manifest, manifestBytes, seal, parts } = unwrap(bytes);
  await checkParts(manifest, parts);
  const own = parts.find(({ name }) => name === 'policy.txt');
  if (own === undefined) refuse('part_missing', { about: 'policy.txt' });
  const brought = await policyFrom(own.bytes);
  const policy = given ?? brought;
  Object.assign(report, { origin: manifest.origin, made: manifest.made, about: manifest.about });
  report.holds('parts_whole', { count: parts.length });
  await checkSeal(seal, manifest, manifestBytes, policy);
  report.holds('sealed');
  const pairs = pairsOf(parts);
  const believed = await believe(policy, oneCheckpoint(pairs));
  if (believed.checkpoint.origin !== manifest.origin) refuse('other_log', { about: believed.checkpoint.origin });
  report.believes(believed);
  await Promise.all(pairs.map((pair) => checkEntry(pair, believed.checkpoint)));
  report.entries = pairs.map(({ opening }) => shownOf(opening));
  report.holds('entries_proven', { count: pairs.length });
  await holdToAnchor(parts, report);
  holdToCertificate(parts, report);
  for (const { name } of parts) noteOther(name, report);
}
