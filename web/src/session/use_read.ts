// What a signed-in person reads: one answer, or a list page by page. An answer of 401 ends the session.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';

import type { Api } from '../api/client';
import { asProblem } from '../api/problem';
import { useSession } from './session';

function useExpiry(error: unknown): void {
  const { expire } = useSession();
  const unauthorized = error !== null && asProblem(error).code === 'unauthorized';
  useEffect(() => {
    if (unauthorized) expire();
  }, [unauthorized, expire]);
}

export function useRead<T>(key: readonly unknown[], read: (api: Api, signal: AbortSignal) => Promise<T>) {
  const { api } = useSession();
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => read(api, signal) });
  useExpiry(query.error);
  return query;
}


export function usePages<Item>(
  key: readonly unknown[],
  read: (api: Api, cursor: string | undefined, signal: AbortSignal) => Promise<{ items: readonly Item[]; next?: string }>,
) {
  const { api } = useSession();
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(api, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });
  useExpiry(query.error);
  return query;
}
