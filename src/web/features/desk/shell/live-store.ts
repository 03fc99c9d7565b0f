import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { createBatch } from '#web/app/live-batch.ts';
import { tellLive } from '#web/app/live-bus.ts';
import { listenLive, type LiveChange, type LiveState } from '#web/app/live.ts';
import { callOnce } from '#web/app/sound/sound.ts';
import { eventKeys } from '../queries.ts';

/** Something that should be seen at once, wherever the person is looking. */
export interface Pulse {
  key: number;
  kind: 'fresh' | 'mine';
  eventId: string;
  number: string;
  priority: number;
}

export interface LiveView {
  state: LiveState;
  pulses: readonly Pulse[];
}

const longestPulses = 3;
/** What is told later than this (a connection taken up again, history being filed) is read in the queue, not rung for. */
const newsMs = 15 * 60_000;
let view: LiveView = { state: 'connecting', pulses: [] };
const listeners = new Set<() => void>();

function change(part: Partial<LiveView>): void {
  view = { ...view, ...part };
  for (const listener of listeners) listener();
}

export function useLive(): LiveView {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => view,
  );
}

export function dismissPulse(key: number): void {
  change({ pulses: view.pulses.filter((pulse) => pulse.key !== key) });
}

/** Connects while the desk is shown: what changed is read anew, at most once a second. */
export function useLiveConnection(client: QueryClient, myUnits: readonly string[], myId: string): void {
  const units = myUnits.join();
  useEffect(() => {
    const batch = createBatch<LiveChange>(800, (changes) => refresh(client, changes));
    const stop = listenLive({
      onState: (state) => change({ state }),
      onReset() {
        tellLive('reset');
        void client.invalidateQueries({ queryKey: eventKeys.all });
      },
      onChange(one) {
        tellLive(one);
        batch.push(one);
        const pulse = one.actorId === myId ? null : pulseOf(one, units.split(','), Date.now());
        if (pulse === null) return;
        change({ pulses: [...view.pulses, pulse].slice(-longestPulses) });
        if (isHeard(one, pulse)) callOnce({ id: pulse.eventId, priority: pulse.priority });
      },
    });
    return () => {
      stop();
      batch.stop();
      change({ state: 'connecting', pulses: [] });
    };
  }, [client, units, myId]);
}

/** Makes stale exactly what the changes touch: the lists, the counts, and the details that are known here. */
export function refresh(client: Pick<QueryClient, 'invalidateQueries'>, changes: readonly LiveChange[]): void {
  const events = changes.filter((one) => one.subjectType === 'event');
  if (changes.some((one) => one.subjectType === 'area' || one.subjectType === 'unit')) {
    for (const key of ['areas', 'units', 'outlines', 'streets']) void client.invalidateQueries({ queryKey: [key] });
  }
  if (events.length === 0) return;
  for (const queryKey of [eventKeys.lists, eventKeys.maps, eventKeys.board])
    void client.invalidateQueries({ queryKey });
  for (const id of new Set(events.map((one) => one.subjectId)))
    void client.invalidateQueries({ queryKey: eventKeys.detail(id) });
}

/** A new P0 or P1, or a task for one of my units; null for everything else and for what is no news any more. */
export function pulseOf(one: LiveChange, myUnits: readonly string[], nowMs: number): Pulse | null {
  if (one.subjectType !== 'event' || nowMs - Date.parse(one.at) > newsMs) return null;
  const { number, priority, leadUnitId, assistUnitIds, unitIds } = one.data;
  const pulse = {
    key: one.seq,
    eventId: one.subjectId,
    number: typeof number === 'string' ? number : '',
    priority: typeof priority === 'number' ? priority : 3,
  };
  if (one.action === 'event.report') return pulse.priority <= 1 ? { ...pulse, kind: 'fresh' } : null;
  if (one.action !== 'event.dispatch' && one.action !== 'event.invite') return null;
  const asked = [leadUnitId, ...listOf(assistUnitIds), ...listOf(unitIds)];
  return asked.some((id) => typeof id === 'string' && myUnits.includes(id)) ? { ...pulse, kind: 'mine' } : null;
}

/** A new urgent event is heard as well as shown; one that a sensor brought has rung as an alarm. */
export function isHeard({ data }: Pick<LiveChange, 'data'>, { kind }: Pick<Pulse, 'kind'>): boolean {
  return kind === 'fresh' && data['channel'] !== 'sensor';
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
