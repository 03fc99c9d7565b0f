import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { eventRoutes } from '#contract/events.ts';
import { gridsRoutes } from '#contract/grids.ts';
import { libraryRoutes } from '#contract/library.ts';
import { planRoutes } from '#contract/operations-plans.ts';
import { nearbyRoutes, operationRoutes } from '#contract/operations.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { createBatch } from '#web/app/live-batch.ts';
import { useLiveChanges } from '#web/app/live-bus.ts';

export type Room = ClientOutput<typeof operationRoutes.room>;
export type Operation = NonNullable<Room['operation']>;
export type Step = Operation['steps'][number];
export type FeedItem = Room['feed'][number];
export type Task = Room['tasks'][number];
export type Doer = FeedItem['by'];
export type Cordon = Room['cordons'][number];
export type TaskLink = Room['links'][number];
export type RiskPoint = ClientOutput<typeof nearbyRoutes.riskPoints>['items'][number];
export type PersonNear = ClientOutput<typeof nearbyRoutes.nearby>['people'][number];
export type PlanRow = ClientOutput<typeof planRoutes.list>['items'][number];
export type Plan = ClientOutput<typeof planRoutes.get>;

const day = 86_400_000;
/** A room is read anew at most this often while changes pour in. */
const roomBatchMs = 250;

/** Everything below `events` goes stale with an event; the room belongs to it. */
export const eventsKey = ['events'] as const;
export const plansKey = ['plans'] as const;
const roomKey = (eventId: string) => ['events', 'room', eventId] as const;

function roomQuery(eventId: string) {
  return queryOptions({
    queryKey: roomKey(eventId),
    queryFn: ({ signal }) => ask(operationRoutes.room, { params: { id: eventId } }, { signal }),
  });
}

/** The room of an event, read anew whenever something of it changes. */
export function useRoom(eventId: string) {
  const client = useQueryClient();
  const batch = useMemo(
    () => createBatch<null>(roomBatchMs, () => void client.invalidateQueries({ queryKey: roomKey(eventId) })),
    [client, eventId],
  );
  useEffect(() => () => batch.stop(), [batch]);
  useLiveChanges((heard) => {
    if (heard === 'reset' || heard.subjectId === eventId || heard.data['eventId'] === eventId) batch.push(null);
  });
  return useQuery(roomQuery(eventId));
}

export function fittingQuery(eventId: string) {
  return queryOptions({
    queryKey: [...roomKey(eventId), 'plans'],
    queryFn: ({ signal }) => ask(operationRoutes.fitting, { params: { id: eventId } }, { signal }),
  });
}

export function candidatesQuery(eventId: string) {
  return queryOptions({
    queryKey: [...roomKey(eventId), 'candidates'],
    queryFn: ({ signal }) => ask(eventRoutes.candidates, { params: { id: eventId } }, { signal }),
  });
}

export function riskPointsQuery(eventId: string, radiusM: number) {
  return queryOptions({
    queryKey: ['risk-points', eventId, radiusM],
    queryFn: ({ signal }) =>
      ask(nearbyRoutes.riskPoints, { params: { id: eventId }, query: { radiusM: `${radiusM}` } }, { signal }),
    staleTime: day,
  });
}

export const categoriesQuery = queryOptions({
  queryKey: ['library'],
  queryFn: ({ signal }) => ask(libraryRoutes.list, {}, { signal }),
  staleTime: day,
});

export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: ({ signal }) => ask(gridsRoutes.units, { query: {} }, { signal }),
  staleTime: day,
});

export function plansQuery(retired: boolean) {
  return queryOptions({
    queryKey: [...plansKey, 'list', retired],
    queryFn: ({ signal }) => ask(planRoutes.list, { query: { retired: `${retired}` } }, { signal }),
  });
}

/** One plan; `version` null: the one in force. */
export function planQuery(code: string, version: number | null) {
  return queryOptions({
    queryKey: [...plansKey, code, version],
    queryFn: ({ signal }) =>
      ask(planRoutes.get, { params: { code }, query: version === null ? {} : { version: `${version}` } }, { signal }),
  });
}

/** How many events had a plan and how many opened it, from an instant (ISO) on. */
export function coverageQuery(from: string) {
  return queryOptions({
    queryKey: [...plansKey, 'coverage', from],
    queryFn: ({ signal }) => ask(planRoutes.coverage, { query: { from } }, { signal }),
  });
}
