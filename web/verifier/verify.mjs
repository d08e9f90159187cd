// What a file proves: the one entry point of the verifier. Nothing throws for a file that is damaged or false: the report says so.
import { Refusal, toBase64 } from './bytes.mjs';
import { checkBundle } from './bundle.mjs';
import { believe, policyFrom } from './policy.mjs';
import { entryOf, isProof, isProven, proofFrom } from './proof.mjs';
import { checkReceipt, isReceipt } from './receipt.mjs';
import { canHash } from './sha256.mjs';
import { isZip } from './zip.mjs';

// verdict: 'holds'; 'own' (nothing is wrong, but whom it relies on is what the file itself says); 'fails'; 'unsettled' (nothing to check
// it against, or no means to). findings: [{ verdict: 'holds' | 'fails' | 'note', code, about, detail, count }], by codes of words.mjs.
class Report {
  kind = 'unknown';
  verdict = 'fails';
  ownPolicy = false;
  origin = '';
  about = '';
  made = '';
  checkpoint = null;
  witnesses = [];
  median = 0n; // by the witnesses' clocks, in seconds since 1970
  anchor = null;
  due = 0n; // of a receipt: by when, in seconds since 1970
  entries = [];
  findings = [];

  #add(verdict, code, { about = '', detail = '', count = 0 } = {}) {
    this.findings.push({ verdict, code, about, detail, count });
  }

  holds(code, more) {
    this.#add('holds', code, more);
  }

  fails(code, more) {
    this.#add('fails', code, more);
  }

  notes(code, more) {
    this.#add('note', code, more);
  }

  believes({ checkpoint, witnesses, median }) {
    const shown = { ...checkpoint, rootText: toBase64(checkpoint.root) };
    Object.assign(this, { origin: checkpoint.origin, checkpoint: shown, witnesses, median });
    this.holds('log_signed', { about: checkpoint.origin });
    if (witnesses.length > 0) this.holds('witnessed', { count: witnesses.length });
    else this.notes('no_witness');
  }
}

async function checkProof(bytes, policy, report) {
  const proof = proofFrom(bytes);
  const entry = entryOf(proof);
  const believed = await believe(policy, proof.checkpoint);
  report.believes(believed);
  if (!(await isProven(proof, entry, believed.checkpoint))) throw new Refusal('not_in_tree');
  report.entries = [{ entry: proof.index + 1n, shown: [], hidden: null }];
  report.holds('entries_proven', { count: 1 });
}

async function checkPromise(bytes, policy, report) {
  const { origin, due, promise } = await checkReceipt(bytes, policy);
  Object.assign(report, { origin, due, about: promise.party });
  report.entries = promise.entries.map(({ entry, event, digest }) => {
    const shown = Object.entries({ event, digest }).filter(([, value]) => value !== undefined);
    return { entry, shown: shown.map(([path, value]) => ({ path, value })) };
  });
  report.holds('promised', { count: promise.entries.length });
  report.notes('promise_only');
}

const kinds = [
  { kind: 'bundle', is: isZip, check: checkBundle, bringsPolicy: true },
  { kind: 'proof', is: isProof, check: checkProof },
  { kind: 'receipt', is: isReceipt, check: checkPromise },
];

async function settle(report, check) {
  try {
    await check();
    report.verdict = report.ownPolicy ? 'own' : 'holds';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    report.verdict = 'fails';
    report.entries = [];
    report.fails(error.code, error);
  }
}

function unsettled(report, code) {
  report.verdict = 'unsettled';
  report.notes(code);
  return report;
}

// `file` and `policy` are bytes; `policy` is null where none is given, and then a bundle is held to its own.
export async function verify(file, policy = null) {
  const report = new Report();
  if (!canHash()) return unsettled(report, 'no_cryptography');
  const known = kinds.find(({ is }) => is(file));
  if (known === undefined) {
    report.fails('unknown_file');
    return report;
  }
  report.kind = known.kind;
  if (policy === null && !known.bringsPolicy) return unsettled(report, 'no_policy');
  await settle(report, async () => {
    const given = policy === null ? null : await policyFrom(policy);
    report.ownPolicy = given === null;
    await known.check(file, given, report);
  });
  return report;
}
