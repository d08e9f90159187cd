// Who is signed in: an API key kept for this browser tab, and the party that it belongs to.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';

import { createApi, dataOf, type Api } from '../api/client';
import { asProblem, type ApiProblem } from '../api/problem';
import type { Party } from '../api/types';

const storageKey = 'fairway.key';

export interface Session {
  key: string;
  api: Api;
  party: Party;
  signOut: () => void;
  // The server no longer takes the key: back to the sign-in page, which says so.
  expire: () => void;
}

// What the gate shows while there is no session.
export type Gate =
  | { state: 'signed_out'; expired: boolean; signIn: (key: string, party: Party) => void }
  | { state: 'restoring' }
  | { state: 'failed'; problem: ApiProblem; retry: () => void };

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession outside of a session');
  return session;
}

export function fetchParty(key: string): Promise<Party> {
  return dataOf(createApi(key).GET('/v1/me')).then((me) => me.party);
}

export function SessionProvider({ gate, children }: { gate: (gate: Gate) => ReactNode; children: ReactNode }) {
  const queries = useQueryClient();
  const [key, setKey] = useState(() => sessionStorage.getItem(storageKey));
  const [expired, setExpired] = useState(false);

  const me = useQuery({
    queryKey: ['me', key],
    queryFn: () => fetchParty(key ?? ''),
    enabled: key !== null,
    staleTime: Infinity,
  });

  const leave = useCallback(
    (because: 'asked' | 'expired') => {
      sessionStorage.removeItem(storageKey);
      setExpired(because === 'expired');
      setKey(null);
      queries.clear();
    },
    [queries],
  );

  const signIn = useCallback(
    (newKey: string, party: Party) => {
      sessionStorage.setItem(storageKey, newKey);
      queries.setQueryData(['me', newKey], party);
      setExpired(false);
      setKey(newKey);
    },
    [queries],
  );

  const session = useMemo<Session | null>(() => {
    if (key === null || me.data === undefined) return null;
    return { key, api: createApi(key), party: me.data, signOut: () => leave('asked'), expire: () => leave('expired') };
  }, [key, me.data, leave]);

  if (session !== null) return <SessionContext value={session}>{children}</SessionContext>;
  if (key === null) return gate({ state: 'signed_out', expired, signIn });
  if (!me.isError) return gate({ state: 'restoring' });
  const problem = asProblem(me.error);
  if (problem.code === 'unauthorized') return gate({ state: 'signed_out', expired: true, signIn });
  return gate({ state: 'failed', problem, retry: () => void me.refetch() });
}
