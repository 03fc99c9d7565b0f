import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { deliveryStates, type DeliveryState } from '#contract/notices-words.ts';
import { noticeAdminRoutes } from '#contract/notices.ts';
import { ask } from '#web/app/ask.ts';
import { useText } from '#web/i18n/area.ts';
import { formatRelative, formatTime } from '#web/i18n/format.ts';
import { notices } from '#web/i18n/notices.ts';
import { DataTable } from '../shared/DataTable.tsx';
import { Mark } from '../shared/Mark.tsx';
import { Problem } from '../shared/Problem.tsx';
import { usePageSearch } from '../shared/search.ts';
import { useAct } from '../shared/use-act.ts';
import { queueKey, queueQuery, type Delivery } from './queries.ts';

const tones = { waiting: 'quiet', failed: 'warn', dead: 'bad', suppressed: 'warn', sent: 'good' } as const;

/** What waits, what failed, what was given up; any of it can be sent again. */
export function QueuePart() {
  const t = useText(notices);
  const [search, setSearch] = usePageSearch();
  const found = useInfiniteQuery(queueQuery(search['state']));
  const counts = found.data?.pages[0]?.counts;
  const replay = useAct((ids: string[], opId) => ask(noticeAdminRoutes.replay, { body: { opId, ids } }), {
    stale: [queueKey],
  });
  const choose = (state: DeliveryState): void => setSearch({ state: search['state'] === state ? '' : state });
  return (
    <section className="adm-sheet">
      <h2>{t.admin.queue}</h2>
      <div className="adm-buttons adm-buttons-start">
        {deliveryStates.map((state) => (
          <Button
            key={state}
            type={search['state'] === state ? 'primary' : 'default'}
            aria-pressed={search['state'] === state}
            onClick={() => choose(state)}
          >
            {t.admin.count(t.admin.state[state], counts?.[state] ?? 0)}
          </Button>
        ))}
      </div>
      <Problem error={replay.error ?? found.error} />
      <DataTable
        label={t.admin.queue}
        rows={found.data?.pages.flatMap(({ items }) => items) ?? []}
        rowKey={({ id }) => id}
        empty={t.admin.noQueue}
        columns={[
          { head: t.admin.what, cell: (row) => <What row={row} /> },
          { head: t.admin.way, cell: ({ channel }) => t.channel[channel] },
          { head: t.admin.to, cell: ({ target }) => target },
          { head: t.admin.when, cell: ({ createdAt }) => formatTime(createdAt) },
          {
            head: t.admin.status,
            cell: (row) => <State row={row} onReplay={() => replay.mutate([row.id])} />,
          },
        ]}
      />
      {found.hasNextPage && <Button onClick={() => void found.fetchNextPage()}>{t.admin.older}</Button>}
    </section>
  );
}

function What({ row }: { row: Delivery }) {
  const t = useText(notices);
  const lines: Readonly<Record<string, (what: string, area: string, mark: number) => string>> = t.line;
  const { number, deviceCode, host, areaName, mark } = row.facts;
  if (row.channel === 'webhook') return <span className="adm-code">{row.action}</span>;
  return <>{lines[row.action]?.(number ?? deviceCode ?? host ?? '', areaName ?? '', mark ?? 100) ?? row.action}</>;
}

function State({ row, onReplay }: { row: Delivery; onReplay: () => void }) {
  const t = useText(notices).admin;
  const reasons: Readonly<Record<string, string>> = t.why;
  return (
    <span className="adm-marks">
      <Mark tone={tones[row.state]}>{t.state[row.state]}</Mark>
      {row.tries > 0 && <span className="adm-soft">{t.tries(row.tries)}</span>}
      {row.nextAt !== null && row.state === 'failed' && (
        <span className="adm-soft">{t.next(formatRelative(row.nextAt))}</span>
      )}
      {row.lastError !== null && <span className="adm-soft">{reasons[row.lastError] ?? row.lastError}</span>}
      {row.state !== 'sent' && row.state !== 'waiting' && (
        <button type="button" className="adm-link" onClick={onReplay}>
          {t.replay}
        </button>
      )}
    </span>
  );
}
