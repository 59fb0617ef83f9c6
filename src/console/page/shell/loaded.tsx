import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { RequestError } from '../requests/client';
import { useSettings } from '../settings/settings';
import { Failure } from './failure';

interface Properties<T> {
  query: UseQueryResult<T>;
  /** What to say where the server has nothing. */
  emptyText: string;
  children: (data: T) => ReactNode;
}

/** Shows what was asked for once it is there, and says why where it is not. */
export function Loaded<T>({ query, emptyText, children }: Properties<T>) {
  const { words } = useSettings();
  if (query.data !== undefined) return children(query.data);
  if (!query.error) return <p className="empty">{words.loading}</p>;
  if (query.error instanceof RequestError && query.error.status === 404)
    return <p className="empty">{emptyText}</p>;
  return <Failure error={query.error} onRetry={() => void query.refetch()} />;
}
