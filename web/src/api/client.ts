// The API as typed calls, generated from openapi/fairway.yaml. One client serves one credential.
import createClient, { type Client } from 'openapi-fetch';

import { ApiProblem, problemOf } from './problem';
import type { paths } from './schema';

export type Api = Client<paths>;

// What a request is made with: an API key, a person's cookie (with what proves that the page knows the session), or neither.
export type Credential = { how: 'key'; key: string } | { how: 'person'; csrf: string } | { how: 'nobody' };

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

// A request with a key goes without the cookie, so that it is the key that acts.
export function carried(credential: Credential): { credentials: RequestCredentials; headers: Record<string, string> } {
  if (credential.how === 'key') return { credentials: 'omit', headers: { Authorization: `Bearer ${credential.key}` } };
  return { credentials: 'same-origin', headers: {} };
}

export function createApi(credential: Credential): Api {
  const api = createClient<paths>({ baseUrl: '/', ...carried(credential) });
  if (credential.how === 'person') {
    api.use({
      onRequest: ({ request }) => {
        if (!safeMethods.has(request.method)) request.headers.set('x-csrf-token', credential.csrf);
      },
    });
  }
  return api;
}

type Answer<T> = { data?: T; error?: unknown; response: Response };

async function answerOf<T>(call: Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem('unreachable', String(error));
  }
}

// The body of a good answer; throws an ApiProblem for every other outcome.
export async function dataOf<T>(call: Promise<Answer<T>>): Promise<T> {
  const answer = await answerOf(call);
  if (answer.data === undefined) throw problemOf(answer.response, answer.error);
  return answer.data;
}

// For good answers without a body.
export async function doneOf(call: Promise<Answer<unknown>>): Promise<void> {
  const answer = await answerOf(call);
  if (!answer.response.ok) throw problemOf(answer.response, answer.error);
}
