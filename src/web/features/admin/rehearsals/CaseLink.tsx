import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import type { CaseWish } from './queries.ts';

/** Where a number's events are shown. */
export function casesHref(id: string, wish: CaseWish): string {
  return `/desk/rehearsals/${id}?${new URLSearchParams(Object.entries(wish).map(([key, value]) => [key, value])).toString()}`;
}

/** A number that opens its events, for whoever reads events. */
export function CaseLink({ wish, label, children }: { wish: CaseWish; label: string; children: ReactNode }) {
  const { id = '' } = useParams({ strict: false });
  const mayRead = may(useMe(), 'event.read');
  if (!mayRead) return <>{children}</>;
  return (
    <Go href={casesHref(id, wish)} title={label}>
      {children}
    </Go>
  );
}
