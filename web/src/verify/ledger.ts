// What the server says of its ledger, to anybody. These reads take no credential, and their answers are not the API's problems: a server
// that keeps no ledger answers 404, and then there is none.
import { useQuery } from '@tanstack/react-query';

import { ApiProblem, problemOf } from '../api/problem';

export interface LedgerStatus {
  origin: string;
  entries: number; // of the log
  size: number; // of them in the tree
  witnessed?: { size: number; root: string };
  warnings?: string[];
}

const periodMs = 10_000;

async function answerOf(path: string, signal: AbortSignal): Promise<Response | null> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'omit', signal });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem('unreachable', String(error));
  }
  // A server that does not know these addresses answers with the page itself.
  if (response.status === 404 || response.headers.get('content-type')?.startsWith('text/html') === true) return null;
  if (!response.ok) throw problemOf(response, null);
  return response;
}

async function bytesAt(path: string, signal: AbortSignal): Promise<Uint8Array | null> {
  const response = await answerOf(path, signal);
  return response === null ? null : new Uint8Array(await response.arrayBuffer());
}

async function statusAt(signal: AbortSignal): Promise<LedgerStatus | null> {
  const response = await answerOf('/ledger/status', signal);
  return response === null ? null : ((await response.json()) as LedgerStatus);
}

export function useLedgerStatus() {
  return useQuery({ queryKey: ['ledger', 'status'], queryFn: ({ signal }) => statusAt(signal), refetchInterval: periodMs });
}

export function useLedgerPolicy() {
  return useQuery({ queryKey: ['ledger', 'policy'], queryFn: ({ signal }) => bytesAt('/ledger/policy', signal) });
}

export function useWitnessedNote() {
  return useQuery({ queryKey: ['ledger', 'witnessed'], queryFn: ({ signal }) => bytesAt('/ledger/witnessed', signal), refetchInterval: periodMs });
}
