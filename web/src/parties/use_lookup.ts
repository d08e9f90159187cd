// Another party by its id or identifier, looked up before anything is given to it.
import { useState } from 'react';

import { dataOf } from '../api/client';
import { asProblem, type ApiProblem } from '../api/problem';
import type { PartySummary } from '../api/types';
import { useSession } from '../session/session';

export type Lookup =
  | { state: 'none' | 'looking' | 'unknown' }
  | { state: 'found'; party: PartySummary }
  | { state: 'failed'; problem: ApiProblem };

export interface PartyChoice {
  typed: string;
  type: (text: string) => void;
  lookup: Lookup;
  look: () => void;
}

// "smdg:hit" as the trade writes it; Fairway's own ids are lower case.
export function normaliseParty(typed: string): string {
  const text = typed.trim();
  const colon = text.indexOf(':');
  return colon < 0 ? text : `${text.slice(0, colon).trim().toUpperCase()}:${text.slice(colon + 1).trim()}`;
}

export function usePartyChoice(then?: (party: PartySummary) => void): PartyChoice {
  const { api } = useSession();
  const [typed, setTyped] = useState('');
  const [lookup, setLookup] = useState<Lookup>({ state: 'none' });
  const look = async () => {
    const party = normaliseParty(typed);
    if (party === '' || lookup.state === 'looking') return;
    setLookup({ state: 'looking' });
    try {
      const found = await dataOf(api.GET('/v1/parties/{party}', { params: { path: { party } } }));
      setLookup({ state: 'found', party: found });
      then?.(found);
    } catch (error) {
      const problem = asProblem(error);
      setLookup(problem.code === 'not_found' ? { state: 'unknown' } : { state: 'failed', problem });
    }
  };
  return {
    typed,
    type: (text) => {
      setTyped(text);
      setLookup({ state: 'none' });
    },
    lookup,
    look: () => void look(),
  };
}
