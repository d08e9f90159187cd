// The API as typed calls, generated from openapi/fairway.yaml. One client serves one key.
import createClient, { type Client } from 'openapi-fetch';

import { ApiProblem, problemOf } from './problem';
import type { paths } from './schema';

export type Api = Client<paths>;

export function createApi(key: string): Api {
  return createClient<paths>({ baseUrl: '/', headers: { Authorization: `Bearer ${key}` } });
}

// The body of a good answer; throws an ApiProblem for every other outcome.
export async function dataOf<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  let answer: Awaited<typeof call>;
  try {
    answer = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem('unreachable', String(error));
  }
  if (answer.data === undefined) throw problemOf(answer.response.status, answer.error);
  return answer.data;
}
