/** Facilities as features for maps of others: what anybody may know of them. */
import { dayOf } from '#kit/shanghai-days.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { facilityClasses } from './dictionary.ts';
import { writeHours } from './hours-text.ts';
import type { FacilitiesParts } from './parts.ts';
import { noFacility } from './place.ts';
import { listFacilityRows, type FacilityFilter, type FacilityRow } from './store.ts';
import { openNow } from './views.ts';

export interface FacilityFeature {
  code: string;
  classCode: string;
  className: string;
  classNameEn: string;
  name: string;
  areaCode: string;
  address: string;
  /** WGS-84, degrees. */
  lon: number;
  lat: number;
  capacity: number | null;
  /** As files write them; null: not known. */
  hours: string | null;
  openNow: boolean | null;
  stepFree: boolean | null;
}

export interface FacilityFeatures {
  /** Those there today that the actor reaches, by code. */
  list(actor: Actor, wish: { area?: string | undefined; classCode?: string | undefined }): Promise<FacilityFeature[]>;
  /** @throws AppError not_found, also for a foreign one and one that was closed */
  one(actor: Actor, code: string): Promise<FacilityFeature>;
}

export function facilityFeatures({ database, clock }: FacilitiesParts): FacilityFeatures {
  async function read(actor: Actor, filter: FacilityFilter): Promise<FacilityFeature[]> {
    const nowMs = clock.now();
    const scope = scopeFor(actor, 'circle.read');
    const rows = await database.read(scope, (tx) =>
      listFacilityRows(tx, { scope, filter: { ...filter, on: dayOf(nowMs) } }),
    );
    return rows.map((row) => toFeature(row, nowMs));
  }
  return {
    list: (actor, { area, classCode }) =>
      read(actor, { area, ...(classCode === undefined ? {} : { classes: [classCode] }) }),
    async one(actor, code) {
      const found = (await read(actor, { code }))[0];
      if (found === undefined) throw noFacility();
      return found;
    },
  };
}

function toFeature(row: FacilityRow, nowMs: number): FacilityFeature {
  const { code, classCode, name, areaCode, address, lon, lat, capacity, hours, stepFree } = row;
  const word = facilityClasses().get(classCode);
  return {
    code,
    classCode,
    className: word?.name ?? classCode,
    classNameEn: word?.nameEn ?? classCode,
    name,
    areaCode,
    address,
    lon,
    lat,
    capacity,
    hours: hours === null ? null : writeHours(hours),
    openNow: openNow(row, nowMs),
    stepFree,
  };
}
