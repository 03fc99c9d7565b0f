import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { operationRoutes } from '#contract/operations.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { Go, useGo } from '#web/app/Go.tsx';
import { usePlanName } from '#web/app/plan-names.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { operations } from '#web/i18n/operations.ts';
import { plans } from '#web/i18n/plans.ts';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Page } from '../parts/Page.tsx';
import { Table } from '../parts/Table.tsx';
import { eventsKey } from '../queries.ts';

type Row = ClientOutput<typeof operationRoutes.list>['items'][number];

/** The joint operations in sight: those that run, or all since a day, each leading into its room. */
export function OperationsPage() {
  const t = useText(plans).operations;
  const go = useGo();
  const search = useSearch({ strict: false }) as { open?: string; plan?: string; from?: string };
  const open = search.open !== 'false';
  const list = useOperations(open, search.plan, search.from);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={t.title}
      lead={t.lead}
      actions={
        <button
          type="button"
          className="link-button"
          onClick={() => go(open ? '/desk/operations?open=false' : '/desk/operations')}
        >
          {open ? t.all : t.open}
        </button>
      }
    >
      <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
      {list.data !== undefined && rows.length === 0 && <p className="quiet">{t.empty}</p>}
      {rows.length > 0 && <Rows rows={rows} />}
      {list.hasNextPage && (
        <button type="button" className="link-button" onClick={() => void list.fetchNextPage()}>
          {t.more}
        </button>
      )}
    </Page>
  );
}

function useOperations(open: boolean, plan: string | undefined, from: string | undefined) {
  return useInfiniteQuery({
    queryKey: [...eventsKey, 'operations', open, plan, from],
    queryFn: ({ pageParam, signal }) =>
      ask(
        operationRoutes.list,
        {
          query: {
            ...(open ? { open: 'true' } : {}),
            ...(plan === undefined ? {} : { planCode: plan }),
            ...(from === undefined ? {} : { from: `${from}T00:00:00.000+08:00` }),
            ...(pageParam === null ? {} : { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const t = useText(plans).operations;
  const go = useText(operations).section.go;
  const planName = usePlanName();
  const lang = languageChoice.use();
  return (
    <Table
      label={t.title}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          head: t.event,
          cell: (row) => (
            <Go
              className="ops-link"
              href={`/desk/operations/${row.eventId}`}
              aria-label={`${row.number} ${row.title} ${go}`}
            >
              {row.number} {row.title}
            </Go>
          ),
        },
        { head: '', cell: (row) => <PriorityMark priority={row.priority} /> },
        {
          head: t.plan,
          cell: (row) =>
            row.planCode === null ? (
              <span className="quiet">{t.noPlan}</span>
            ) : (
              <Go className="ops-link" href={`/desk/plans/${row.planCode}`}>
                {planName(row.planCode)}
              </Go>
            ),
        },
        { head: t.steps, number: true, cell: (row) => t.of(row.stepsDone, row.steps) },
        { head: t.units, number: true, cell: (row) => t.of(row.tasksEnded, row.tasks) },
        {
          head: t.since,
          cell: (row) => (
            <>
              {formatTime(row.openedAt, lang)}{' '}
              <small>{row.endedAt === null ? t.running : t.ended(formatTime(row.endedAt, lang))}</small>
            </>
          ),
        },
      ]}
    />
  );
}
