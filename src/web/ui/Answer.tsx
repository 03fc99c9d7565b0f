import type { ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { ProblemNote } from './ProblemNote.tsx';

/** As much of a query as is told here. */
export interface Asked<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** Says that an answer is awaited. */
export function Waiting({ query }: { query: Pick<Asked<unknown>, 'data' | 'error'> }) {
  const c = useText(common);
  if (query.data !== undefined || query.error !== null) return null;
  return (
    <p className="waiting" role="status">
      {c.loading}
    </p>
  );
}

/** While an answer is on its way, or did not come. */
export function Awaited({ query }: { query: Asked<unknown> }) {
  return (
    <>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      <Waiting query={query} />
    </>
  );
}

/** What is being fetched, what went wrong, or the part itself. */
export function Answer<T>({ query, children }: { query: Asked<T>; children: (found: T) => ReactNode }) {
  return (
    <>
      <Awaited query={query} />
      {query.data !== undefined && children(query.data)}
    </>
  );
}
