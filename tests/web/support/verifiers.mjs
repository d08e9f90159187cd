// Both verifiers over the same files: `fairway verify` of FAIRWAY_BIN, and web/verifier.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

import { verify } from '../../../web/verifier/verify.mjs';

const program = process.env.FAIRWAY_BIN;
const exitHolds = 0;
let folder;

export const hasProgram = program !== undefined;

export async function cleanUp() {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
}

// The program reads the file from its input, so that thousands need no disk.
function programSays(file, policyFile) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['verify', '-', ...(policyFile === null ? [] : ['--policy', policyFile])], { stdio: ['pipe', 'ignore', 'ignore'] });
    child.on('error', reject);
    child.on('exit', (code, signal) => (signal === null ? resolve(code === exitHolds) : reject(new Error(`ended by ${signal}`))));
    child.stdin.on('error', () => {}); // it may refuse before it has read all
    child.stdin.end(file);
  });
}

async function browserSays(file, policy) {
  const { verdict } = await verify(new Uint8Array(file), policy === null ? null : new Uint8Array(Buffer.from(policy)));
  return verdict === 'holds' || verdict === 'own';
}

// Runs all cases { name, file, policy?, holds? }, some at a time, each under `usual` where it has no policy of its own; null is none. What
// comes back are those on which the two differ, or on which they are not as they should be.
export async function differencesUnder(usual, cases) {
  folder ??= await mkdtemp(join(tmpdir(), 'fairway-agree-'));
  const files = new Map([[null, null]]);
  for (const policy of new Set([usual, ...cases.map((each) => each.policy ?? usual)])) {
    files.set(policy, join(folder, `policy_${files.size}.txt`));
    await writeFile(files.get(policy), policy);
  }
  const found = [];
  const queue = cases.values();
  const work = async () => {
    for (const { name, file, policy = usual, holds } of queue) {
      const [ours, theirs] = await Promise.all([browserSays(file, policy), programSays(file, files.get(policy))]);
      if (ours !== theirs || (holds !== undefined && ours !== holds)) found.push(`${name}: browser ${ours}, program ${theirs}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return found;
}

// A case for each byte of the file with a bit of it turned.
export function withByteChanged(name, file, options) {
  return Array.from(file, (_, at) => {
    const changed = Buffer.from(file);
    changed[at] ^= 1 << at % 8;
    return { name: `${name}, byte ${at}`, file: changed, holds: false, ...options };
  });
}
