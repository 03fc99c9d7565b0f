import type { z } from 'zod';
import type { sensingRoutes } from '#contract/sensing.ts';
import type { alarmDetail, alarmRow, AlarmVerb } from '#contract/sensing-views.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';
import { timeline } from '#server/modules/ledger/index.ts';
import { deviceScope } from './device-rules.ts';
import type { Kit } from './kit.ts';
import {
  countBoard,
  countOfDevice,
  findAlarm,
  findMute,
  listAlarms,
  listTraces,
  type AlarmPosition,
  type AlarmRecord,
} from './store-alarm-list.ts';
import { findThreshold } from './store-threshold.ts';
import { toAlarmRow, toThresholdView } from './views.ts';

type Query<K extends keyof typeof sensingRoutes> = z.output<(typeof sensingRoutes)[K]['query']>;
type Row = z.input<typeof alarmRow>;

const countDays = 30;
const mostPoints = 2000;

function read<T>(kit: Kit, actor: Actor, work: (tx: Tx, sight: ReturnType<typeof deviceScope>) => Promise<T>) {
  const sight = deviceScope(actor, 'alarm.read');
  return kit.database.read(sight, (tx) => work(tx, sight));
}

const absent = () => new AppError('not_found', 'There is no such alarm, or it is not yours to see.');

export function listOf(
  kit: Kit,
  actor: Actor,
  { cursor, limit, ...filter }: Query<'alarms'>,
): Promise<{ items: Row[]; next: string | null }> {
  const after = cursor === undefined ? null : readCursor(cursor);
  return read(kit, actor, async (tx, sight) => {
    const rows = await listAlarms(tx, sight, filter, after, limit);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: await toRows(kit, tx, shown),
      next: last === undefined ? null : `${toIso(last.raisedAt.getTime())}_${last.id}`,
    };
  });
}

export function readCursor(cursor: string): AlarmPosition {
  const [at = '', id = ''] = cursor.split('_');
  if (Number.isNaN(Date.parse(at)) || !isUuid(id))
    throw new AppError('bad_input', 'cursor: expected the "next" of the page before. Begin again without one.');
  return { at, id };
}

async function toRows(kit: Kit, tx: Tx, rows: readonly AlarmRecord[]): Promise<Row[]> {
  const accounts = rows.flatMap((row) => row.acknowledgedBy ?? []);
  const names = await kit.people.namesOf(tx, [...new Set(accounts)]);
  return rows.map((row) => toAlarmRow(kit.territory, names, row));
}

export function readBoard(kit: Kit, actor: Actor) {
  return read(kit, actor, async (tx, sight) => {
    const rows = await countBoard(tx, sight);
    return {
      unacknowledged: rows.flatMap(({ priority, unacknowledged: count }) => (count === 0 ? [] : [{ priority, count }])),
      active: rows.reduce((sum, { active }) => sum + active, 0),
    };
  });
}

/** The row of one alarm, after a command. */
export function rowOf(kit: Kit, actor: Actor, id: string): Promise<Row> {
  return read(kit, actor, async (tx, sight) => {
    const row = await findAlarm(tx, sight, id);
    const [shown] = row === undefined ? [] : await toRows(kit, tx, [row]);
    if (shown === undefined) throw absent();
    return shown;
  });
}

export function getAlarm(kit: Kit, actor: Actor, id: string): Promise<z.input<typeof alarmDetail>> {
  return read(kit, actor, async (tx, sight) => {
    const row = await findAlarm(tx, sight, id);
    if (row === undefined) throw absent();
    const [shown] = await toRows(kit, tx, [row]);
    if (shown === undefined) throw absent();
    const nowMs = kit.clock.now();
    const threshold = row.thresholdId === null ? undefined : await findThreshold(tx, row.thresholdId);
    const mutedUntil = row.deviceId === null ? null : await findMute(tx, row.deviceId);
    const counts = row.deviceId === null ? null : await countOfDevice(tx, row.deviceId, nowMs - countDays * 86_400_000);
    return {
      ...shown,
      clearReason: row.clearReason,
      threshold: threshold === undefined ? null : toThresholdView(threshold),
      categoryCode: row.categoryCode,
      planCode: row.planCode,
      raises: row.raises,
      counts: counts === null ? null : { days: countDays, ...counts },
      mutedUntil: mutedUntil !== null && mutedUntil.getTime() > nowMs ? toIso(mutedUntil.getTime()) : null,
      timeline: await linesOf(kit, tx, id),
      allowed: allowedVerbs(actor, row),
    };
  });
}

async function linesOf(kit: Kit, tx: Tx, id: string) {
  const lines = await timeline(tx, 'alarm', id);
  const names = await kit.people.namesOf(tx, [...new Set(lines.flatMap((line) => line.actorId ?? []))]);
  return lines.map((line) => ({
    id: line.id,
    at: toIso(line.at.getTime()),
    action: line.action,
    actorName: line.actorId === null ? null : (names.get(line.actorId) ?? null),
    data: line.data,
    words: line.words ?? {},
  }));
}

/** What this viewer may do now, so that a screen never offers what would be refused or change nothing. */
export function allowedVerbs(actor: Actor, row: AlarmRecord): AlarmVerb[] {
  if (grantsFor(actor, 'alarm.handle', { path: row.path, units: [row.unitId] }).length === 0) return [];
  const free = !row.test && row.eventId === null && !row.eventWaiting;
  const may: Record<AlarmVerb, boolean> = {
    acknowledge: row.acknowledgedAt === null,
    false: row.outcome !== 'false',
    clear: row.clearedAt === null,
    raise: free,
    link: free,
    mute: row.deviceId !== null,
  };
  return (Object.keys(may) as AlarmVerb[]).filter((verb) => may[verb]);
}

/** What the device measured from `hours` before the alarm until an hour after its end, or now. */
export function readingsOf(kit: Kit, actor: Actor, id: string, { hours }: Query<'alarmReadings'>) {
  return read(kit, actor, async (tx, sight) => {
    const row = await findAlarm(tx, sight, id);
    if (row === undefined) throw absent();
    if (row.deviceId === null) return { series: [] };
    const toMs = Math.min(kit.clock.now(), (row.clearedAt?.getTime() ?? Infinity) + 3_600_000);
    const fromMs = row.raisedAt.getTime() - hours * 3_600_000;
    const traces = await listTraces(tx, row.deviceId, { fromMs, toMs, limit: mostPoints });
    const book = await kit.rules.get();
    const rules = book.rulesFor({ id: row.deviceId, kind: row.deviceKind ?? '' });
    return {
      series: traces.map(({ points, ...trace }) => {
        const rule = rules.find((one) => one.basis === 'value' && one.metric === trace.metric);
        return {
          ...trace,
          raiseAt: rule?.raiseAt ?? null,
          clearAt: rule?.clearAt ?? null,
          points: points.map(({ at, value }) => ({ at: toIso(at.getTime()), value })),
        };
      }),
    };
  });
}
