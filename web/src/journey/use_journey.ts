import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';

import { dataOf } from '../api/client';
import { asProblem } from '../api/problem';
import { useSession } from '../session/session';

// How soon to ask again by the state of the last answer. Events arrive by the stream; this only keeps "as of" honest.
const periodsMs = { good: 60_000, notFound: 15_000, passing: 5_000 };

function periodAfter(error: unknown): number | false {
  if (error === null) return periodsMs.good;
  const problem = asProblem(error);
  if (problem.code === 'not_found') return periodsMs.notFound;
  return problem.passes ? periodsMs.passing : false;
}

export function useJourney(reference: string, trip: number | undefined) {
  const { api, expire } = useSession();
  const query = useQuery({
    queryKey: ['journey', reference, trip],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/journeys/{reference}', { params: { path: { reference }, query: { trip } }, signal })),
    refetchInterval: ({ state }) => periodAfter(state.error),
  });

  const unauthorized = query.error !== null && asProblem(query.error).code === 'unauthorized';
  useEffect(() => {
    if (unauthorized) expire();
  }, [unauthorized, expire]);

  return query;
}
