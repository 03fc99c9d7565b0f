import { volunteerPublicRoutes } from '#contract/volunteers-public.ts';
import { volunteerRoutes } from '#contract/volunteers.ts';
import { mount } from '#server/http/mount.ts';
import { mountFile } from '#server/http/streams.ts';
import { createVolunteers, type Volunteers } from '#server/modules/volunteers/index.ts';
import type { Joined, Parts } from './parts.ts';

/** What volunteers need of stations and of notices. */
export interface VolunteerNeeds {
  stations: {
    hoursOn(
      stationId: string,
      days: readonly string[],
    ): Promise<readonly { spans: readonly (readonly [from: number, until: number])[] }[]>;
  };
  notices: { contactsOf(accountIds: readonly string[]): Promise<ReadonlyMap<string, { phone: string | null }>> };
}

/** Joins rosters, volunteers' own pages and certificates to the program. */
export function joinVolunteers(
  { app, config, database, territory, vault, clock, doors }: Parts,
  { stations, notices }: VolunteerNeeds,
): Joined & { volunteers: Volunteers } {
  const volunteers = createVolunteers({
    database,
    territory,
    vault,
    clock,
    publicUrl: new URL(config.publicUrl).origin,
    async hoursOn(stationId, days) {
      const hours = await stations.hoursOn(stationId, days);
      return hours.map(({ spans }) => spans.map(([fromMinute, untilMinute]) => ({ fromMinute, untilMinute })));
    },
    phoneOf: async (id) => (await notices.contactsOf([id])).get(id)?.phone ?? null,
  });
  const { files } = volunteers;
  mount(app, volunteerRoutes, volunteers.handlers, doors);
  mount(app, volunteerPublicRoutes, volunteers.publicHandlers, doors);
  mountFile(app, volunteerRoutes.file, ({ params }, { actor }) => files.hours(actor, params.id), doors);
  mountFile(app, volunteerRoutes.certificate, ({ params }, { actor }) => files.certificate(actor, params.id), doors);
  mountFile(app, volunteerPublicRoutes.certificate, ({ params }) => files.ownCertificate(params), doors);
  mountFile(app, volunteerPublicRoutes.calendar, ({ params }) => files.calendar(params.secret), doors);
  return {
    volunteers,
    tickers: [{ name: 'volunteers.short', everyMs: 300_000, run: () => volunteers.tellShort().then(() => undefined) }],
  };
}
