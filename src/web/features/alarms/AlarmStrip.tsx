import { useEffect, useMemo, useState } from 'react';
import { may, useMe } from '#web/app/me.ts';
import { useMedia } from '#web/app/media.ts';
import { ProblemError } from '#web/app/problem.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Go, useGo } from '#web/app/Go.tsx';
import { useQuickAct, type QuickVerb } from './acts.ts';
import { useAlarmKeys } from './keys.ts';
import { stripRows, type StripRow } from './rows.ts';
import { SoundNote } from './sound/SoundNote.tsx';
import { openSound } from '#web/app/sound/sound.ts';
import { AlarmStripRow } from './StripRow.tsx';
import { ringForWaiting, useAlarmLines, useWaiting, type WatchedAlarm } from './watch.ts';
import './alarms.css';

/** More would hide the page; on a phone, one does already. */
const shownRows = { wide: 3, narrow: 1 } as const;
/** A row that came under the finger a moment ago is not answered by a key meant for another. */
const settledMs = 600;
const codes = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;

/** What nobody has acknowledged, above every page of the desk, with its sound. Nothing for whoever may not read alarms. */
export function AlarmStrip() {
  const reads = may(useMe(), 'alarm.read');
  return reads ? <Strip /> : null;
}

function Strip() {
  const t = useText(alarms);
  const go = useGo();
  const handles = may(useMe(), 'alarm.handle');
  const { data: waiting, error, refetch } = useWaiting();
  const now = useSeconds(waiting !== undefined && waiting.length > 0);
  const act = useQuickAct();
  const shown = useMedia('(max-width: 800px)') ? shownRows.narrow : shownRows.wide;
  useAlarmLines();
  useSoundOf(waiting);
  const rows = useMemo(() => stripRows(waiting ?? [], now), [waiting, now]);

  const answer = (verb: QuickVerb, row: StripRow<WatchedAlarm>): void => {
    if (handles && row.waiting.length > 0 && !act.isPending) act.mutate({ verb, ids: row.waiting.map(({ id }) => id) });
  };
  const open = (row: StripRow<WatchedAlarm>): void => go(`/desk/alarms?alarm=${row.top.id}`);
  const meant = (focused: string | null): StripRow<WatchedAlarm> | undefined => {
    const waits = rows.filter((row) => row.waiting.length > 0);
    const focusedRow = waits.find(({ key }) => key === focused);
    if (focusedRow !== undefined || waits.length === 1) return focusedRow ?? waits[0];
    return waits.find(({ top }) => Date.now() - top.seenAt >= settledMs);
  };
  useAlarmKeys((key, focused) => {
    const row = meant(focused);
    if (row === undefined) return;
    if (key === 'open') open(row);
    else answer(key, row);
  }, rows.length > 0);

  return (
    <>
      <SoundNote />
      <Announcer rows={rows} />
      {error !== null && (
        <div className="alarm-unread">
          <b>{t.strip.unread}</b>
          <ProblemNote error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {rows.length > 0 && (
        <section className="alarm-strip" aria-label={t.strip.label}>
          {handles && <p className="visually-hidden">{t.strip.keys}</p>}
          <ProblemNote error={asksCategory(act.error) ? null : act.error} />
          <ul>
            {rows.slice(0, shown).map((row) => (
              <AlarmStripRow
                key={row.key}
                row={row}
                now={now}
                handles={handles}
                busy={act.isPending}
                onAnswer={(verb) => answer(verb, row)}
                onOpen={() => open(row)}
              />
            ))}
          </ul>
          {rows.length > shown && (
            <Go className="alarm-more" href="/desk/alarms?show=unacknowledged">
              {t.strip.more(rows.length - shown)}
            </Go>
          )}
        </section>
      )}
    </>
  );
}

/** No rule names the event's category: the page of the alarm asks for it. */
function asksCategory(error: unknown): boolean {
  return error instanceof ProblemError && error.data['field'] === 'categoryCode';
}

/** Says the newest most urgent alarm once; the counters beside it stay unsaid. */
function Announcer({ rows }: { rows: readonly StripRow<WatchedAlarm>[] }) {
  const t = useText(alarms);
  const w = useText(words);
  const top = rows.find((row) => row.waiting.length > 0)?.top;
  return (
    <p className="visually-hidden" role="alert">
      {top !== undefined &&
        t.strip.fresh(
          w.priorityCode[codes[top.priority] ?? 'p1'],
          t.alarmOf(t.kind[top.kind]),
          top.row?.placeWords ?? top.deviceCode,
        )}
    </p>
  );
}

/** The sound follows what waits. */
function useSoundOf(waiting: readonly WatchedAlarm[] | undefined): void {
  useEffect(() => openSound(), []);
  useEffect(() => {
    if (waiting !== undefined) ringForWaiting(waiting);
  }, [waiting]);
}

/** Now, each second while something counts. */
function useSeconds(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
