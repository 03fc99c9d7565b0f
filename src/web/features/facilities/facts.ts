import type { FacilityDetail } from './queries.ts';

/** Today in Shanghai, 'YYYY-MM-DD'. */
export function today(nowMs: number = Date.now()): string {
  return new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** What a change of a facility sends again. */
export function factsOf(facility: FacilityDetail) {
  const { classCode, name, lon, lat, address, capacity, floorM2, hours, stepFree, openedOn, checkedOn, note } =
    facility;
  return { classCode, name, lon, lat, address, capacity, floorM2, hours, stepFree, openedOn, checkedOn, note };
}
