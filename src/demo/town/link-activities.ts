/** What partners promised as sessions, they kept with the activities they held: both say so. */
import { dayOf } from '#kit/shanghai-days.ts';
import type { Partnering } from './make-partnering.ts';
import type { DemoActivity } from './make-services.ts';

/** Joins confirmed deliveries of a session to a held activity of that partner, station and month. Answers how many. */
export function linkActivities({ pledges, deliveries }: Partnering, activities: readonly DemoActivity[]): number {
  const sessions = new Set(pledges.filter(({ unit }) => unit === 'session').map(({ id }) => id));
  const held = Map.groupBy(
    activities.filter(({ state, partnerId }) => state === 'held' && partnerId !== null),
    ({ partnerId, station, startsMs }) => keyOf(partnerId, station.id, dayOf(startsMs)),
  );
  let linked = 0;
  for (const delivery of deliveries) {
    if (!sessions.has(delivery.pledgeId) || delivery.state !== 'confirmed') continue;
    const activity = held.get(keyOf(delivery.partnerId, delivery.stationId, delivery.day))?.pop();
    if (activity === undefined) continue;
    activity.pledgeId = delivery.pledgeId;
    const at = new Date(activity.endsMs);
    delivery.source = 'activity';
    delivery.sourceId = activity.id;
    delivery.day = dayOf(activity.startsMs);
    delivery.quantity = 1;
    delivery.notedAt = delivery.decidedAt = at;
    delivery.notedBy = delivery.decidedBy = activity.accountId;
    linked++;
  }
  return linked;
}

const keyOf = (partnerId: string | null, stationId: string, day: string): string =>
  `${partnerId} ${stationId} ${day.slice(0, 7)}`;
