import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { Problem } from './Problem.tsx';

type Part<T> = Pick<UseQueryResult<T>, 'data' | 'error' | 'isFetching'> & { refetch: () => unknown };

/** Waits for an answer, says why there is none, or shows it. What was read before stays visible during a new reading. */
export function Loaded<T>({ query, children }: { query: Part<T>; children: (data: T) => ReactNode }) {
  const t = useText(common);
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error !== null && !query.isFetching)
    return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <p className="adm-empty-line" role="status">
      {t.loading}
    </p>
  );
}
