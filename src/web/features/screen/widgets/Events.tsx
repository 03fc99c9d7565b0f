import { openStatuses, type EventStatus } from '#contract/events-words.ts';
import { useNow } from '#web/app/now.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDuration, formatNumber, formatRoughly, formatTime } from '#web/i18n/format.ts';
import { screen } from '#web/i18n/screen.ts';
import { words } from '#web/i18n/words.ts';
import { BarChart } from '#web/ui/charts/BarChart.tsx';
import { ColumnChart } from '#web/ui/charts/ColumnChart.tsx';
import { acceptedLink, closedLink, dayLink, queueLink } from '../links.ts';
import { Big } from './Parts.tsx';
import { saidOf } from './said.ts';
import type { ViewProps } from './WidgetView.tsx';

const inShanghai = (iso: string): Date => new Date(new Date(iso).getTime() + 8 * 3_600_000);
const hourOf = (iso: string): number => inShanghai(iso).getUTCHours();
const shanghaiDay = (iso: string): string => inShanghai(iso).toISOString().slice(0, 10);

const waiting: readonly EventStatus[] = ['reported', 'verifying', 'filed', 'dispatched'];

/** What today brought, and what is still open. */
export function Today({ area, data }: ViewProps<'today'>) {
  const t = useText(screen);
  const { day, reported, closed, open, late, medianWaitMinutes, byHour } = data;
  return (
    <div className="wall-today">
      <div className="wall-bigs wall-bigs-3">
        <Big
          name={t.today.reported}
          value={reported}
          href={dayLink(area, day)}
          note={t.today.before(formatNumber(data.before.reported))}
        />
        <Big
          name={t.today.closed}
          value={closed}
          href={closedLink(area, day)}
          note={t.today.before(formatNumber(data.before.closed))}
        />
        <Big name={t.today.open} value={open} href={queueLink({ area, open: true })} />
        <Big
          name={t.today.late}
          value={late}
          tone={late > 0 ? 'seal' : undefined}
          href={queueLink({ area, open: true, late: true })}
        />
        <Big
          name={t.today.waiting}
          value={data.waiting}
          tone={data.waiting > 0 ? 'amber' : undefined}
          href={queueLink({ area, status: waiting })}
        />
        <Big
          name={t.today.wait}
          value={medianWaitMinutes === null ? null : formatDuration(medianWaitMinutes * 60_000)}
          href={acceptedLink(area, day)}
        />
      </div>
      <div className="wall-chart">
        <ColumnChart
          bare
          title={t.today.byHour}
          points={byHour.map(({ from }) => ({
            key: from,
            name: formatTime(from),
            short: String(hourOf(from)),
            href: dayLink(area, shanghaiDay(from)),
          }))}
          series={[
            { key: 'reported', name: t.today.reported, values: byHour.map(({ count }) => count), tone: 'river' },
          ]}
        />
      </div>
    </div>
  );
}

/** Where open events stand, and how long the oldest has stood there. */
export function Flow({ area, data }: ViewProps<'flow'>) {
  const t = useText(screen);
  const w = useText(words);
  const now = useNow();
  const by = new Map(data.open.map((row) => [row.status, row]));
  return (
    <BarChart
      bare
      title={t.widget.flow}
      first={t.flow.status}
      second={t.flow.count}
      rows={openStatuses.map((status) => {
        const row = by.get(status);
        const late = row?.late ?? 0;
        const oldest =
          row?.oldestAt === null || row === undefined
            ? ''
            : t.flow.oldest(formatRoughly(now - new Date(row.oldestAt).getTime()));
        return {
          key: status,
          name: w.status[status],
          value: row?.count ?? 0,
          tone: late > 0 ? ('seal' as const) : ('river' as const),
          href: queueLink({ area, status: [status] }),
          note: saidOf(t.dot, late > 0 && t.flow.late(formatNumber(late)), oldest),
        };
      })}
    />
  );
}
