import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { facilityClasses, type FacilityClass } from './dictionary.ts';
import { exportFacilities } from './export.ts';
import { facilityFeatures, type FacilityFeatures } from './features.ts';
import { followFacilityAreas } from './follow-areas.ts';
import { followStations } from './follow-stations.ts';
import { addFacility, releaseIdle, reserveIdle, useIdle, type IdleClaim, type OpenedFacility } from './for-projects.ts';
import { facilityHandlers, idleHandlers, populationHandlers, standardHandlers } from './handlers.ts';
import { makeIdleFile } from './idle-file.ts';
import { findIdlePhoto } from './idle-queries.ts';
import type { AskStreets, FacilitiesParts } from './parts.ts';
import { openAtMinute } from './rules-hours.ts';
import { standardsFor, type Standard } from './standards.ts';
import { listCellRows, type CellRow } from './store-cells.ts';
import { listIdleRows, type IdleRow, type IdleState } from './store-idle.ts';
import { facilitiesOn, type FacilityRow } from './store.ts';

export type { AskStreets, FacilitiesParts, StatedPoints } from './parts.ts';
export type { FacilityFeature, FacilityFeatures } from './features.ts';
export type { FacilityClass } from './dictionary.ts';
export { facilityClasses, idleOwners, needGroups } from './dictionary.ts';
export type { IdleClaim, OpenedFacility } from './for-projects.ts';
export { findHoursFault, openAtMinute, type OpenSpan } from './rules-hours.ts';
export type { Standard } from './standards.ts';
export type { CellRow } from './store-cells.ts';
export type { IdleCondition, IdleRow, IdleState } from './store-idle.ts';
export type { FacilityRow, FacilitySource } from './store.ts';

/** What the modules above ask, each in the caller's own transaction: row-level security leaves what its scope shows. */
export interface FacilityQueries {
  /** Classes with their norm, in the order of the dictionary. */
  classes(): FacilityClass[];
  /** Classes with the values in force on a path of areas (city first). A run records them. */
  standards(tx: Tx, path: readonly string[]): Promise<Standard[]>;
  /** Those there on a day ('YYYY-MM-DD'), by code; `area`: within this area (`district` does the same). Stations too. */
  listFacilities(
    tx: Tx,
    wish: { district?: string | undefined; area?: string | undefined; on: string },
  ): Promise<FacilityRow[]>;
  /** Population cells within an area, by code: full numbers, never to be shown singly below five. */
  listCells(tx: Tx, wish: { areaCode: string }): Promise<CellRow[]>;
  /** Idle resources within an area, in these states (default: any), by code. */
  listIdle(
    tx: Tx,
    wish?: { areaCode?: string | undefined; states?: readonly IdleState[] | undefined },
  ): Promise<IdleRow[]>;
  openAtMinute: typeof openAtMinute;
}

export interface Facilities {
  handlers: ReturnType<typeof facilityHandlers>;
  standardHandlers: ReturnType<typeof standardHandlers>;
  populationHandlers: ReturnType<typeof populationHandlers>;
  idleHandlers: ReturnType<typeof idleHandlers>;
  /** Pieces of a file of facilities, CSV or GeoJSON. */
  exportFacilities(actor: Actor, query: Parameters<typeof exportFacilities>[2]): AsyncGenerator<string, void>;
  /** 闲置资源账 as a file, xlsx or docx. */
  idleFile(actor: Actor, query: Parameters<typeof makeIdleFile>[2]): ReturnType<typeof makeIdleFile>;
  findIdlePhoto(actor: Actor, wish: { id: string; photoId: string }): Promise<{ storageKey: string } | undefined>;
  queries: FacilityQueries;
  /** For maps of others: the facilities the asker reaches. */
  features: FacilityFeatures;
  /** Planning: an opened project joins the map, once. @throws AppError bad_input */
  addFacility(tx: Tx, wish: OpenedFacility, actor: Actor): Promise<FacilityRow>;
  /** Planning: see for-projects.ts. @throws AppError not_found, in_use */
  reserveIdle(tx: Tx, claim: IdleClaim, actor: Actor): Promise<IdleRow>;
  releaseIdle(tx: Tx, claim: IdleClaim, actor: Actor): Promise<IdleRow>;
  useIdle(tx: Tx, claim: IdleClaim, actor: Actor): Promise<IdleRow>;
  /** From now on this answers what the streets say of points in a file. */
  useStreets(ask: AskStreets): void;
  /** Brings the stations among the facilities up to date; answers how many changed. */
  followStations(): Promise<number>;
  /** What stands somewhere follows the territory when it is redrawn; answers how much moved. */
  followAreas(): Promise<number>;
}

export function createFacilities(given: Omit<FacilitiesParts, 'askStreets'>): Facilities {
  let streets: AskStreets = async () => undefined;
  const parts: FacilitiesParts = { ...given, askStreets: (areaCode, points) => streets(areaCode, points) };
  return {
    handlers: facilityHandlers(parts),
    standardHandlers: standardHandlers(parts),
    populationHandlers: populationHandlers(parts),
    idleHandlers: idleHandlers(parts),
    exportFacilities: (actor, query) => exportFacilities(parts, actor, query),
    idleFile: (actor, query) => makeIdleFile(parts, actor, query),
    findIdlePhoto: (actor, wish) => findIdlePhoto(parts, actor, wish),
    features: facilityFeatures(parts),
    queries: {
      classes: () => [...facilityClasses().values()],
      standards: standardsFor,
      listFacilities: facilitiesOn,
      listCells: (tx, { areaCode }) => listCellRows(tx, systemScope, areaCode),
      listIdle: (tx, wish = {}) => listIdleRows(tx, systemScope, { area: wish.areaCode, states: wish.states }),
      openAtMinute,
    },
    addFacility: (tx, wish, actor) => addFacility(parts, tx, wish, actor),
    reserveIdle: (tx, claim, actor) => reserveIdle(parts, tx, claim, actor),
    releaseIdle: (tx, claim, actor) => releaseIdle(parts, tx, claim, actor),
    useIdle: (tx, claim, actor) => useIdle(parts, tx, claim, actor),
    useStreets(ask) {
      streets = ask;
    },
    followStations: () => followStations(parts),
    followAreas: followFacilityAreas(parts),
  };
}
