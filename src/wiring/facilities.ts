import { createFacilities, type Facilities } from '#server/modules/facilities/index.ts';
import type { Joined, Parts } from './parts.ts';

/** What there is, who lives where, what stands idle; stations of 小红伞 follow among the facilities. */
export async function joinFacilities({
  database,
  territory,
  clock,
  events,
  identity,
}: Parts): Promise<Joined & { facilities: Facilities }> {
  const facilities = createFacilities({ database, territory, clock, events, names: identity.queries.namesOf });
  await facilities.followStations();
  return {
    facilities,
    tickers: [
      { name: 'facility-stations', everyMs: 15_000, run: () => facilities.followStations().then(() => undefined) },
    ],
  };
}
