// Every way a request can fail, as one error: the server's problem+json, or `unreachable` where no answer came.
import type { Problem } from './types';

export type ProblemCode = Problem['code'] | 'unreachable';

export class ApiProblem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly title: string = '',
    readonly detail: string = '',
    readonly hint: string = '',
    readonly retryAfterS: number | null = null, // where the server says when it makes sense to try again
  ) {
    super(title || code);
    this.name = 'ApiProblem';
  }

  // Whether the same request may succeed later without anybody changing it.
  get passes(): boolean {
    return this.code === 'unreachable' || this.code === 'unavailable' || this.code === 'overloaded' || this.code === 'internal';
  }
}

// For answers that are not problem+json: a proxy's page, an empty body.
const codeByStatus: Record<number, Problem['code']> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  415: 'unsupported',
  429: 'throttled',
};

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body;
}

function retryAfterOf(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : null;
}

export function problemOf(response: Response, body: unknown): ApiProblem {
  const wait = retryAfterOf(response);
  if (isProblem(body)) return new ApiProblem(body.code, body.title, body.detail, body.hint, wait);
  const { status } = response;
  return new ApiProblem(codeByStatus[status] ?? (status >= 500 ? 'unavailable' : 'internal'), `HTTP ${status}`, '', '', wait);
}

export function asProblem(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : new ApiProblem('unreachable', String(error));
}
