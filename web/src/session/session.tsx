// Who is signed in: a person by the browser's cookie, or an API key or a guest's link kept for this browser tab.
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';

import { createApi, dataOf, doneOf, type Api, type Credential } from '../api/client';
import { asProblem, type ApiProblem } from '../api/problem';
import type { Me, Party, Person, Right, SessionBody } from '../api/types';

const keyStorage = 'fairway.key';

// Somebody whom the server knows.
export interface Who {
  how: 'key' | 'person' | 'guest';
  credential: Credential;
  party: Party;
  rights: readonly Right[];
  person?: Person;
  guest?: NonNullable<Me['guest']>;
}

export interface Session extends Who {
  api: Api;
  may: (right: Right) => boolean;
  // Throws the ApiProblem of a server that did not confirm it.
  signOut: () => Promise<void>;
  // The server no longer takes the credential: back to the sign-in page, which says so.
  expire: () => void;
  // Asks the server again who this is: after a change of oneself, and when it refuses something. Null where it cannot be known now.
  recheck: () => Promise<Who | null>;
}

// What the gate shows while there is no session.
export type Gate =
  | { state: 'signed_out'; expired: 'key' | 'person' | null; signIn: (who: Who) => void }
  | { state: 'restoring' }
  | { state: 'failed'; problem: ApiProblem; retry: () => void };

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession outside of a session');
  return session;
}

export async function whoHasKey(key: string): Promise<Who> {
  const credential: Credential = { how: 'key', key };
  const me = await dataOf(createApi(credential).GET('/v1/me'));
  const who = { credential, party: me.party, rights: me.rights ?? [] };
  return me.guest === undefined ? { how: 'key', ...who } : { how: 'guest', ...who, guest: me.guest };
}

export function whoIsPerson({ person, party, csrf }: SessionBody): Who {
  return { how: 'person', credential: { how: 'person', csrf }, party, rights: person.rights, person };
}

// Null where the browser has no session, or the server knows no people.
async function whoHasCookie(): Promise<Who | null> {
  try {
    return whoIsPerson(await dataOf(createApi({ how: 'nobody' }).GET('/v1/session')));
  } catch (error) {
    const { code } = asProblem(error);
    if (code === 'unauthorized' || code === 'not_found') return null;
    throw error;
  }
}

function whoQuery(key: string | null): readonly unknown[] {
  return ['who', key];
}

// Signs in from outside of a SessionProvider: the next one finds who it is.
export function enterAs(queries: QueryClient, who: Who): void {
  sessionStorage.removeItem(keyStorage);
  queries.setQueryData(whoQuery(null), who);
}

interface Props {
  // A guest's key, which is kept elsewhere: then nobody else is signed in here.
  guestKey?: string;
  gate: (gate: Gate) => ReactNode;
  children: ReactNode;
}

export function SessionProvider({ guestKey, gate, children }: Props) {
  const queries = useQueryClient();
  const [key, setKey] = useState(() => guestKey ?? sessionStorage.getItem(keyStorage));
  const [expired, setExpired] = useState<'key' | 'person' | null>(null);

  const query = useQuery({
    queryKey: whoQuery(key),
    queryFn: () => (key === null ? whoHasCookie() : whoHasKey(key)),
    staleTime: Infinity,
  });

  const leave = useCallback(
    (because: 'key' | 'person' | null) => {
      sessionStorage.removeItem(keyStorage);
      setExpired(because);
      setKey(null);
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'who' });
      queries.setQueryData(whoQuery(null), null);
    },
    [queries],
  );

  const signIn = useCallback(
    (who: Who) => {
      const newKey = who.credential.how === 'key' ? who.credential.key : null;
      if (newKey !== null) sessionStorage.setItem(keyStorage, newKey);
      queries.setQueryData(whoQuery(newKey), who);
      setExpired(null);
      setKey(newKey);
    },
    [queries],
  );

  const who = query.data ?? null;
  const session = useMemo<Session | null>(() => {
    if (who === null) return null;
    const api = createApi(who.credential);
    const expire = () => leave(who.how === 'person' ? 'person' : 'key');
    return {
      ...who,
      api,
      may: (right) => who.rights.includes(right),
      signOut: async () => {
        if (who.how === 'person') await endSession(api);
        leave(null);
      },
      expire,
      recheck: async () => {
        try {
          const now = key === null ? await whoHasCookie() : await whoHasKey(key);
          if (now === null) expire();
          else queries.setQueryData(whoQuery(key), now);
          return now;
        } catch (error) {
          if (asProblem(error).code === 'unauthorized') expire();
          return null;
        }
      },
    };
  }, [key, who, leave, queries]);

  if (session !== null) return <SessionContext value={session}>{children}</SessionContext>;
  if (query.isSuccess) return gate({ state: 'signed_out', expired, signIn });
  if (!query.isError) return gate({ state: 'restoring' });
  const problem = asProblem(query.error);
  if (problem.code === 'unauthorized') return gate({ state: 'signed_out', expired: 'key', signIn });
  return gate({ state: 'failed', problem, retry: () => void query.refetch() });
}

async function endSession(api: Api): Promise<void> {
  try {
    await doneOf(api.DELETE('/v1/session'));
  } catch (error) {
    if (asProblem(error).code !== 'unauthorized') throw error; // else it has ended already
  }
}
