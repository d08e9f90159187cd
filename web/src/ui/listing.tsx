// A list that is read page by page: while it comes, where it fails, where it is empty, and where there is more.
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { asProblem } from '../api/problem';
import { ActionProblem } from './action_problem';
import { ProblemPanel } from './problem_panel';

interface Listed<Item> {
  data: readonly Item[] | undefined;
  error: Error | null;
  refetch: () => unknown;
}

interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

interface Props<Item> {
  query: Listed<Item> & Partial<Paged>;
  empty: ReactNode;
  children: (items: readonly Item[]) => ReactNode;
}

export function Listing<Item>({ query, empty, children }: Props<Item>) {
  const { t } = useTranslation();
  if (query.data === undefined) {
    if (query.error !== null) return <ProblemPanel problem={asProblem(query.error)} retry={() => void query.refetch()} />;
    return (
      <div className="skeletons" role="status">
        <span className="visually-hidden">{t('parts.loading')}</span>
        <div className="skeleton skeleton-row" />
        <div className="skeleton skeleton-row" />
      </div>
    );
  }
  if (query.data.length === 0) return empty;
  return (
    <>
      {children(query.data)}
      {query.error !== null && <ActionProblem problem={asProblem(query.error)} />}
      {query.hasNextPage === true && (
        <Button className="button load-more" isPending={query.isFetchingNextPage ?? false} onPress={() => void query.fetchNextPage?.()}>
          {t(query.isFetchingNextPage === true ? 'parts.loadingMore' : 'parts.loadMore')}
        </Button>
      )}
    </>
  );
}
