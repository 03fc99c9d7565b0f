import type { AlarmKind } from '#contract/device-messages.ts';
import type { Colour } from '#contract/warnings-words.ts';
import { useNow } from '#web/app/now.ts';
import { useText } from '#web/i18n/area.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { formatNumber, formatRelative, formatTime } from '#web/i18n/format.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { screen } from '#web/i18n/screen.ts';
import { warnings } from '#web/i18n/warnings.ts';
import { words } from '#web/i18n/words.ts';
import { ShapeMark, type Shape } from '#web/ui/ShapeMark.tsx';
import { alarmLink, anomalyLink, headLink, hotIssueLink, roomLink, warningLink } from '../links.ts';
import { Big, WallRows } from './Parts.tsx';
import { saidOf } from './said.ts';
import type { ViewProps } from './WidgetView.tsx';

const priorities = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;

function Priority({ priority }: { priority: number }) {
  const w = useText(words);
  const key = priorities[priority] ?? 'p3';
  return (
    <span className={`wall-priority wall-${key}`} title={w.priority[key]}>
      {w.priorityCode[key]}
    </span>
  );
}

/** Alarms that are active or nobody has seen. */
export function Alarms({ area, data }: ViewProps<'alarms'>) {
  const t = useText(screen);
  const a = useText(alarms);
  const now = useNow();
  const { active, unacknowledged, latest } = data;
  return (
    <div className="wall-split">
      <div className="wall-bigs wall-bigs-2">
        <Big
          name={t.alarms.unseen}
          value={unacknowledged}
          tone={unacknowledged > 0 ? 'seal' : undefined}
          href={headLink('alarms', area)}
        />
        <Big name={t.alarms.active} value={active} href={headLink('alarms', area)} />
      </div>
      <WallRows
        none={t.alarms.none}
        more={headLink('alarms', area)}
        rows={latest.map(({ id, kind, priority, areaName, raisedAt, acknowledged, active: isActive }) => ({
          key: id,
          href: alarmLink(id),
          mark: <Priority priority={priority} />,
          words: `${a.kind[kind as AlarmKind] ?? kind} ${areaName}`,
          note: saidOf(
            t.dot,
            !isActive ? t.alarms.over : acknowledged && t.alarms.seen,
            formatRelative(raisedAt, undefined, now),
          ),
        }))}
      />
    </div>
  );
}

/** Fewer corners, graver. */
const warningShapes: Readonly<Record<Colour, Shape>> = {
  red: { path: 'M8 1 15.5 14.5H.5z', tone: '--warning-red' },
  orange: { path: 'M8 .5 15.5 8 8 15.5.5 8z', tone: '--warning-orange' },
  yellow: { path: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z', tone: '--warning-yellow' },
  blue: { path: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1', tone: '--warning-blue' },
};

export function Warnings({ area, data }: ViewProps<'warnings'>) {
  const t = useText(screen);
  const w = useText(warnings);
  return (
    <WallRows
      none={t.warnings.none}
      more={headLink('warnings', area)}
      rows={data.items.map(({ id, colour, headline, endsAt }) => ({
        key: id,
        href: warningLink(id),
        mark:
          colour in warningShapes ? (
            <ShapeMark shape={warningShapes[colour as Colour]} words={w.colour[colour as Colour]} />
          ) : undefined,
        words: headline,
        note: endsAt === null ? undefined : w.until(formatTime(endsAt)),
      }))}
    />
  );
}

export function Operations({ area, data }: ViewProps<'operations'>) {
  const t = useText(screen);
  const now = useNow();
  return (
    <WallRows
      none={t.operations.none}
      more={headLink('operations', area)}
      rows={data.items.map(({ eventId, number, priority, openedAt, stepsDone, steps, tasksEnded, tasks }) => ({
        key: eventId,
        href: roomLink(eventId),
        mark: <Priority priority={priority} />,
        words: number,
        note: [
          t.operations.steps(stepsDone, steps),
          t.operations.tasks(tasksEnded, tasks),
          formatRelative(openedAt, undefined, now),
        ].join(t.dot),
      }))}
    />
  );
}

/** Days that brought far more, or fewer, of something than such days do. */
export function Anomalies({ area, data }: ViewProps<'anomalies'>) {
  const t = useText(screen);
  const lang = languageChoice.use();
  const dayOf = (day: string): string => t.monthDay(Number(day.slice(5, 7)), Number(day.slice(8)));
  return (
    <WallRows
      none={t.anomalies.none}
      more={headLink('anomalies', area)}
      rows={data.items.map(({ id, areaName, what, whatEn, day, untilHour, count, expected }) => ({
        key: id,
        href: anomalyLink(id, area),
        words: `${areaName} ${inLanguage(lang, what, whatEn)}`,
        note: t.anomalies.told(
          untilHour < 24 ? t.anomalies.until(dayOf(day), untilHour) : dayOf(day),
          formatNumber(count),
          formatNumber(Math.round(expected)),
        ),
      }))}
    />
  );
}

export function HotIssues({ area, data }: ViewProps<'hot_issues'>) {
  const t = useText(screen);
  return (
    <WallRows
      none={t.hotIssues.none}
      more={headLink('hot_issues', area)}
      rows={data.items.map(({ id, title, events, rising }) => ({
        key: id,
        href: hotIssueLink(id),
        words: title,
        note: rising ? t.hotIssues.rising(formatNumber(events)) : t.hotIssues.events(formatNumber(events)),
      }))}
    />
  );
}
