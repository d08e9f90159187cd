// What a signed-in person does: one request at a time, with its problem for as long as nothing else is tried.
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { createApi, type Api, type Credential } from '../api/client';
import { asProblem, type ApiProblem } from '../api/problem';
import { useSession } from './session';

export interface Action<Argument> {
  run: (argument: Argument) => void;
  pending: boolean;
  problem: ApiProblem | null;
  reset: () => void;
}

function isRenewed(before: Credential, now: Credential): boolean {
  return before.how === 'person' && now.how === 'person' && before.csrf !== now.csrf;
}

interface Options<Result> {
  // Lists that are asked for again, by the beginnings of their keys.
  changes?: readonly string[];
  then?: (result: Result) => void;
}

export function useAction<Argument, Result>(act: (api: Api, argument: Argument) => Promise<Result>, { changes = [], then }: Options<Result> = {}): Action<Argument> {
  const queries = useQueryClient();
  const { api, credential, recheck } = useSession();
  const mutation = useMutation({
    mutationFn: async (argument: Argument) => {
      try {
        return await act(api, argument);
      } catch (error) {
        const { code } = asProblem(error);
        if (code !== 'unauthorized' && code !== 'forbidden') throw error;
        // The session has ended, or lost a right, or was renewed in another tab: then the same is asked once more.
        const now = await recheck();
        if (now === null || !isRenewed(credential, now.credential)) throw error;
        return act(createApi(now.credential), argument);
      }
    },
    onSuccess: (result) => {
      for (const key of changes) void queries.invalidateQueries({ queryKey: [key] });
      then?.(result);
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
