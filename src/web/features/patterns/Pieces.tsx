import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Go } from '#web/app/Go.tsx';
import type { EventStatus } from '#contract/events-words.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { Awaited } from '#web/ui/Answer.tsx';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { casesQuery, type CasesWish } from './queries.ts';
import { useSay } from './words.ts';

/** How a finding was found: one tap away. */
export function How({ children }: { children: ReactNode }) {
  const { t } = useSay();
  return (
    <details className="patterns-how">
      <summary>{t.how}</summary>
      <p>{children}</p>
    </details>
  );
}

/** A number of cases that opens them below itself. */
export function Cases({ wish, n }: { wish: CasesWish; n: number }) {
  const { t } = useSay();
  const [open, setOpen] = useState(false);
  return (
    <div className="patterns-cases">
      <button type="button" className="tool tool-framed" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? t.hideCases : t.cases(formatNumber(n))}
      </button>
      {open && <CaseList wish={wish} />}
    </div>
  );
}

function CaseList({ wish }: { wish: CasesWish }) {
  const { t, kind } = useSay();
  const list = useInfiniteQuery(casesQuery(wish));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <Awaited query={list} />
      {list.data !== undefined && rows.length === 0 && <p className="quiet">{t.noCases}</p>}
      <ul className="patterns-list">
        {rows.map((row) => (
          <li key={row.id}>
            <Go href={`/desk?event=${row.id}`}>{row.number}</Go> <StatusMark status={row.status as EventStatus} />{' '}
            {kind(row.category)} · {row.areaName} <span className="quiet">{formatTime(row.at)}</span>
          </li>
        ))}
      </ul>
      <MoreButton list={list} words={t.more} />
    </>
  );
}
