// The manifest of an evidence bundle, which lists every part with its digest, and the seal, by which the log says that it made this bundle.
import { fromDecimal, isEqual, refuse, textOf, toBase64, toHex, utf8 } from './bytes.mjs';
import { membersOf, readJson } from './json.mjs';
import { noteFrom, signersOf } from './note.mjs';
import { sha256 } from './sha256.mjs';

function partFrom(value) {
  const part = membersOf(value, { name: 'text', bytes: 'integer', sha256: 'text' });
  if (part === null || fromDecimal(String(part.bytes)) === null) refuse('malformed_manifest', { detail: 'a part' });
  return part;
}

// { origin, made, about, parts: [{ name, bytes, sha256 }] }
export function manifestFrom(bytes) {
  const shape = { format: 'text', version: 'integer', origin: 'text', made: 'text', about: 'text', parts: 'list' };
  const text = textOf(bytes);
  const manifest = membersOf(text === null ? null : readJson(text), shape);
  if (manifest === null) refuse('malformed_manifest', { detail: 'not in the one spelling' });
  if (manifest.format !== 'fairway-evidence' || manifest.version !== 1n) refuse('malformed_manifest', { detail: 'of another version' });
  return { ...manifest, parts: manifest.parts.map(partFrom) };
}

// That the parts are just those of the manifest.
export async function checkParts(manifest, parts) {
  if (manifest.parts.length !== parts.length) refuse('malformed_manifest', { detail: 'it lists other parts' });
  const digests = await Promise.all(parts.map(({ bytes }) => sha256(bytes)));
  for (const [i, listed] of manifest.parts.entries()) {
    if (listed.name !== parts[i].name) refuse('malformed_manifest', { detail: 'it lists other parts' });
    const isSame = listed.bytes === BigInt(parts[i].bytes.length) && listed.sha256 === toHex(digests[i]);
    if (!isSame) refuse('part_changed', { about: listed.name });
  }
}

export async function sealText(origin, manifestBytes) {
  return `fairway-evidence/v1\n${origin}\n${toBase64(await sha256(manifestBytes))}\n`;
}

// That a log of the policy sealed the manifest, and nobody else signed.
export async function checkSeal(seal, manifest, manifestBytes, policy) {
  const note = noteFrom(seal);
  if (!isEqual(utf8(note.text), utf8(await sealText(manifest.origin, manifestBytes)))) refuse('seal_of_other');
  const logs = policy.logs.filter(({ key }) => key.name === manifest.origin);
  if (logs.length === 0) refuse('unknown_log', { about: manifest.origin });
  if (note.signatures.length !== 1) refuse('malformed_note', { detail: 'a seal has one signature' });
  await signersOf(note, logs.map(({ key }) => key));
}
