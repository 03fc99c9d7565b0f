import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { ledgerRoutes } from '#contract/ledger.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { adminRecords } from '#web/i18n/admin-records.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { words } from '#web/i18n/words.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { TextField } from '../shared/Field.tsx';
import { PersonPick, usePersonName } from '../shared/PersonPick.tsx';
import { Problem } from '../shared/Problem.tsx';
import { SearchField } from '../shared/SearchField.tsx';
import { usePageSearch } from '../shared/search.ts';

type Entry = ClientOutput<typeof ledgerRoutes.audit>['entries'][number];

function auditQuery({ actor, action, subject, from, until }: Readonly<Record<string, string>>) {
  return infiniteQueryOptions({
    queryKey: ['ledger', 'audit', actor, action, subject, from, until],
    queryFn: ({ pageParam, signal }) =>
      ask(
        ledgerRoutes.audit,
        {
          query: {
            actorId: actor,
            action,
            subjectId: subject,
            from: from === undefined ? undefined : `${from}T00:00:00+08:00`,
            until: until === undefined ? undefined : `${until}T23:59:59+08:00`,
            cursor: pageParam ?? undefined,
            limit: 50,
          },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

/** Who did what, when: every change there ever was, newest first. */
export function AuditPage() {
  const t = useText(adminRecords).audit;
  const [search, setSearch] = usePageSearch();
  const audit = useInfiniteQuery(auditQuery(search));
  const entries = audit.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <AdminPage title={t.title} lead={t.lead} anyOf={['audit.read']}>
      <search className="adm-filters">
        <PersonPick label={t.actor} value={search.actor ?? ''} onChange={(actor) => setSearch({ actor })} />
        <SearchField label={t.action} value={search.action ?? ''} onChange={(action) => setSearch({ action })} />
        <SearchField label={t.subject} value={search.subject ?? ''} onChange={(subject) => setSearch({ subject })} />
        <TextField label={t.from} type="date" value={search.from ?? ''} onChange={(from) => setSearch({ from })} />
        <TextField label={t.until} type="date" value={search.until ?? ''} onChange={(until) => setSearch({ until })} />
      </search>
      <section className="adm-sheet">
        <Problem error={audit.error} onRetry={() => void audit.refetch()} />
        {!audit.isPending && (
          <DataTable
            label={t.title}
            rows={entries}
            rowKey={({ id }) => id}
            empty={t.none}
            columns={[
              { head: t.when, cell: ({ at }) => formatTime(at) },
              { head: t.actor, cell: (entry) => <Actor entry={entry} /> },
              { head: t.action, cell: ({ action }) => <Action action={action} /> },
              {
                head: t.subject,
                cell: ({ subject }) => (
                  <button type="button" className="adm-link" onClick={() => setSearch({ subject: subject.id })}>
                    {t.subjects[subject.type as keyof typeof t.subjects] ?? subject.type}
                    <span className="adm-soft adm-code"> {subject.id.slice(0, 18)}</span>
                  </button>
                ),
              },
              { head: t.details, cell: (entry) => <Details entry={entry} /> },
            ]}
          />
        )}
        {audit.hasNextPage && (
          <Button block loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
            {t.more}
          </Button>
        )}
      </section>
    </AdminPage>
  );
}

function Actor({ entry: { actor } }: { entry: Entry }) {
  const t = useText(adminRecords).audit;
  const name = usePersonName(actor.kind === 'account' ? actor.id : null);
  return <>{name ?? t.kinds[actor.kind as keyof typeof t.kinds] ?? actor.kind}</>;
}

/** The trade's word for an action, and the code as it stands in the ledger. */
function Action({ action }: { action: string }) {
  const t = useText(adminRecords).audit;
  const verbs: Readonly<Record<string, string>> = useText(words).verb;
  const own: Readonly<Record<string, string>> = t.actions;
  const said = own[action.replace('.', '_')] ?? (action.startsWith('event.') ? verbs[action.slice(6)] : undefined);
  return (
    <>
      {said} <span className="adm-soft adm-code">{action}</span>
    </>
  );
}

function Details({ entry }: { entry: Entry }) {
  const t = useText(adminRecords).audit;
  return (
    <details>
      <summary>{entry.seq === null ? t.waiting : t.line(entry.seq)}</summary>
      <pre className="adm-example">{JSON.stringify({ ...entry.data, ...entry.words }, null, 1)}</pre>
      <p className="adm-soft adm-code">{entry.id}</p>
    </details>
  );
}
