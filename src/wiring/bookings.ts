import { bookingPublicRoutes } from '#contract/bookings-public.ts';
import { bookingRoutes } from '#contract/bookings.ts';
import { dayMs, dayOf, startOf } from '#kit/shanghai-days.ts';
import { mount } from '#server/http/mount.ts';
import { mountFile } from '#server/http/streams.ts';
import { createBookings, daysFrom, type Bookings } from '#server/modules/bookings/index.ts';
import type { StationQueries } from '#server/modules/stations/index.ts';
import type { Joined, Parts } from './parts.ts';

const minuteMs = 60_000;

/** Joins 七务一全: what can be booked at stations, by residents and at the counter. */
export function joinBookings(
  { app, config, database, territory, vault, clock, events, doors }: Parts,
  { hoursOn }: Pick<StationQueries, 'hoursOn'>,
): Joined & { bookings: Bookings } {
  /** Hours of a day may run past its midnight: the day before counts too. Warnings lengthen no hours that can be booked. */
  async function openingsOf(stationId: string, fromMs: number, untilMs: number) {
    const first = dayOf(fromMs - dayMs);
    const days = daysFrom(first, Math.ceil((untilMs - startOf(first)) / dayMs));
    return (await hoursOn(stationId, days)).flatMap(({ day, spans }) =>
      spans.map(([from, until]) => ({
        fromMs: startOf(day) + from * minuteMs,
        untilMs: startOf(day) + until * minuteMs,
      })),
    );
  }
  const bookings = createBookings({
    database,
    territory,
    vault,
    clock,
    events,
    publicUrl: config.publicUrl,
    openings: async (ids, fromMs, untilMs) =>
      new Map(await Promise.all(ids.map(async (id) => [id, await openingsOf(id, fromMs, untilMs)] as const))),
  });
  mount(app, bookingRoutes, bookings.handlers, doors);
  mount(app, bookingPublicRoutes, bookings.linkHandlers, doors);
  mountFile(app, bookingPublicRoutes.calendar, ({ params }) => bookings.calendar(params.secret), doors);
  const job = (name: string, cron: string, run: () => Promise<number>) => ({
    name,
    cron,
    expireS: 300,
    run: () => run().then(() => undefined),
  });
  const { jobs } = bookings;
  return {
    bookings,
    jobs: [
      job('bookings.tomorrow', '0 17 * * *', jobs.remindProviders),
      job('bookings.today', '30 7 * * *', jobs.remindStations),
      job('bookings.lapse', '20 1 * * *', jobs.lapse),
      job('bookings.forget', '50 3 * * *', jobs.forget),
    ],
  };
}
