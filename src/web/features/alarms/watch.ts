import { useQuery, useQueryClient, queryOptions, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { alarmKinds, type AlarmKind } from '#contract/device-messages.ts';
import { sensingRoutes } from '#contract/sensing.ts';
import { ask } from '#web/app/ask.ts';
import { createBatch } from '#web/app/live-batch.ts';
import { useLiveChanges } from '#web/app/live-bus.ts';
import type { LiveChange } from '#web/app/live.ts';
import { alarmKeys, alarmQuery, type AlarmRow } from './queries.ts';
import { answeredShownMs, type StripAlarm } from './rows.ts';
import { ringFor } from '#web/app/sound/sound.ts';

/** An alarm in the strip. The live line knows it first; the row with its names is read a moment later. */
export interface WatchedAlarm extends StripAlarm {
  kind: AlarmKind;
  row: AlarmRow | null;
  /** When this screen first knew it, epoch ms. */
  seenAt: number;
}

type Waiting = readonly WatchedAlarm[];

/** Told later than this it is no news (a connection taken up again): the list says whether it still waits. */
const newsMs = 60_000;
const mostWaiting = 200;

function watched(row: AlarmRow, seenAt: number): WatchedAlarm {
  return {
    id: row.id,
    deviceCode: row.device?.code ?? row.id,
    priority: row.priority,
    raisedAt: row.receivedAt,
    answeredAt: row.acknowledged ? (row.acknowledgedAt ?? row.lastAt) : null,
    kind: row.kind,
    row,
    seenAt,
  };
}

/** What nobody has acknowledged; what was answered a moment ago stays in sight. */
function waitingQuery(client: QueryClient) {
  return queryOptions({
    queryKey: alarmKeys.waiting,
    queryFn: async ({ signal }): Promise<Waiting> => {
      const { items } = await ask(
        sensingRoutes.alarms,
        { query: { show: 'unacknowledged', limit: mostWaiting } },
        { signal },
      );
      const ids = new Set(items.map(({ id }) => id));
      const before = client.getQueryData<Waiting>(alarmKeys.waiting) ?? [];
      const seen = new Map(before.map((one) => [one.id, one.seenAt]));
      const now = Date.now();
      return [
        ...items.map((row) => watched(row, seen.get(row.id) ?? now)),
        ...before.filter((one) => !ids.has(one.id) && answeredLately(one, now)),
      ];
    },
    staleTime: 15_000,
    refetchInterval: 60_000,
  });
}

function answeredLately({ answeredAt }: StripAlarm, nowMs: number): boolean {
  return answeredAt !== null && nowMs - Date.parse(answeredAt) < answeredShownMs;
}

/** The alarms that wait, for strip and bell. */
export function useWaiting() {
  const client = useQueryClient();
  return useQuery(useMemo(() => waitingQuery(client), [client]));
}

/** Hears the live lines about alarms: a new one is known at once, then read; an answer anywhere is seen everywhere. */
export function useAlarmLines(): void {
  const client = useQueryClient();
  const batch = useMemo(
    () => createBatch<string>(250, () => void client.invalidateQueries({ queryKey: alarmKeys.all })),
    [client],
  );
  useEffect(() => () => batch.stop(), [batch]);
  useLiveChanges((heard) => {
    if (heard !== 'reset' && !heard.action.startsWith('alarm.')) return;
    if (heard !== 'reset') hear(client, heard, Date.now());
    batch.push('');
  });
}

/** Takes one live line into what is known. */
export function hear(client: QueryClient, line: LiveChange, nowMs: number): void {
  const id = typeof line.data['alarmId'] === 'string' ? line.data['alarmId'] : line.subjectId;
  const known = client.getQueryData<Waiting>(alarmKeys.waiting) ?? [];
  const old = known.find((one) => one.id === id);
  if (line.action === 'alarm.raise' || line.action === 'alarm.test') {
    if (old !== undefined || nowMs - Date.parse(line.at) > newsMs) return;
    keep(client, [...known, stub(id, line, nowMs)]);
  } else if (old?.answeredAt === null && (line.action === 'alarm.acknowledge' || line.action === 'alarm.false')) {
    keep(client, replaced(known, { ...old, answeredAt: new Date(nowMs).toISOString() }));
    // Who it was, the line does not say in words.
    client
      .fetchQuery({ ...alarmQuery(id), staleTime: 0 })
      .then((row) => tellAnswered(client, row))
      .catch(() => undefined);
  }
}

/** Takes the answer to one of our own acts into what is known, without waiting for its line. */
export function tellAnswered(client: QueryClient, row: AlarmRow): void {
  const known = client.getQueryData<Waiting>(alarmKeys.waiting) ?? [];
  const old = known.find((one) => one.id === row.id);
  if (old === undefined) return;
  const now = watched(row, old.seenAt);
  // Shown from the moment it is seen here, whatever the server's clock says.
  keep(client, replaced(known, { ...now, answeredAt: now.answeredAt && (old.answeredAt ?? new Date().toISOString()) }));
}

function replaced(known: Waiting, next: WatchedAlarm): Waiting {
  return known.map((one) => (one.id === next.id ? next : one));
}

/** A reading under way began before this was known and must not undo it. */
function keep(client: QueryClient, waiting: Waiting): void {
  void client.cancelQueries({ queryKey: alarmKeys.waiting });
  client.setQueryData<Waiting>(alarmKeys.waiting, waiting);
  // Heard before it is drawn.
  ringForWaiting(waiting);
}

/** The sound follows what waits. */
export function ringForWaiting(waiting: Waiting): void {
  ringFor(
    waiting.map(({ id, priority, raisedAt, answeredAt }) => ({
      id,
      priority,
      raisedAt,
      acknowledged: answeredAt !== null,
    })),
  );
}

function stub(id: string, { data }: LiveChange, nowMs: number): WatchedAlarm {
  const { priority, deviceCode, kind } = data;
  return {
    id,
    deviceCode: typeof deviceCode === 'string' && deviceCode !== '' ? deviceCode : id,
    priority: typeof priority === 'number' ? priority : 1,
    raisedAt: new Date(nowMs).toISOString(),
    answeredAt: null,
    kind: alarmKinds.find((one) => one === kind) ?? 'other',
    row: null,
    seenAt: nowMs,
  };
}
