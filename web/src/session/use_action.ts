// What a signed-in person does: one request at a time, with its problem for as long as nothing else is tried.
import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { Api } from '../api/client';
import { asProblem, type ApiProblem } from '../api/problem';
import { useSession } from './session';

export interface Action<Argument> {
  run: (argument: Argument) => void;
  pending: boolean;
  problem: ApiProblem | null;
  reset: () => void;
}

interface Options<Result> {
  // Lists that are asked for again, by the beginnings of their keys.
  changes?: readonly string[];
  then?: (result: Result) => void;
}

export function useAction<Argument, Result>(act: (api: Api, argument: Argument) => Promise<Result>, { changes = [], then }: Options<Result> = {}): Action<Argument> {
  const queries = useQueryClient();
  const { api, recheck } = useSession();
  const mutation = useMutation({
    mutationFn: (argument: Argument) => act(api, argument),
    onSuccess: (result) => {
      for (const key of changes) void queries.invalidateQueries({ queryKey: [key] });
      then?.(result);
    },
    onError: (error) => {
      // The session has ended, or was renewed in another tab, or lost a right.
      const { code } = asProblem(error);
      if (code === 'unauthorized' || code === 'forbidden') void recheck();
    },
  });
  return {
    run: (argument) => {
      if (!mutation.isPending) mutation.mutate(argument);
    },
    pending: mutation.isPending,
    problem: mutation.error === null ? null : asProblem(mutation.error),
    reset: mutation.reset,
  };
}
