/** Areas and risk points as things on a map, for programs that draw their own (OGC API – Features, tiles). */
import type { AreaGeometry, Bbox } from '#engine/territory/geometry.ts';
import { bboxOf } from '#engine/territory/measure.ts';
import { meetingOf } from '#engine/territory/meets.ts';
import type { Tier } from '#kit/tiers.ts';
import type { Database } from '#server/db/pool.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import type { LiveTerritory } from './live-territory.ts';
import { found } from './risk-queries.ts';
import { countRisks, findRiskFeature, listRiskFeatures, listRiskSigns } from './store-features.ts';
import type { StoredArea } from './store.ts';
import type { TerritoryMaps } from './territory-maps.ts';

/** Degrees WGS-84, west not east of east. */
export interface MapWindow {
  west: number;
  south: number;
  east: number;
  north: number;
}

export type AreaFeature = Pick<
  StoredArea,
  'code' | 'tier' | 'name' | 'parentCode' | 'path' | 'kind' | 'residents' | 'households' | 'geometry'
>;

export interface AreaWish {
  windows: readonly MapWindow[];
  code?: string | undefined;
  tier?: Tier | undefined;
  parentCode?: string | undefined;
  kind?: string | undefined;
}

/** A risk point without its note and without who answers for it. */
export interface RiskFeature {
  id: string;
  code: string;
  name: string;
  kind: string;
  /** 1 (gravest) to 4 */
  level: number;
  state: string;
  areaCode: string;
  unitId: string | null;
  lon: number;
  lat: number;
  updatedAt: Date;
}

/** Those in use; what is not given does not narrow. */
export interface RiskWish {
  windows: readonly MapWindow[];
  code?: string | undefined;
  kind?: string | undefined;
  level?: number | undefined;
  state?: string | undefined;
  areaCode?: string | undefined;
  unitId?: string | undefined;
}

/** Risk points of one place: one, or several too close to be told apart. */
export interface RiskSign {
  /** How many. */
  n: number;
  /** Their middle. */
  lon: number;
  lat: number;
  /** The gravest. */
  level: number;
  /** Of one of them: means something where n is 1. */
  id: string;
  kind: string;
  state: string;
}

export type GridsFeatures = ReturnType<typeof createFeatures>;

export function createFeatures(database: Database, territory: LiveTerritory) {
  const scoped = (actor: Actor) => scopeFor(actor, 'grids.read');
  return {
    /** Areas in use by code, those after `after`, at most `limit`; and how many there are in all. Everybody sees areas. */
    areas(wish: AreaWish, page: { after: string | undefined; limit: number }): { total: number; items: AreaFeature[] } {
      const all = areasOf(territory.maps(), wish);
      const from = page.after;
      const rest = from === undefined ? all : all.filter(({ code }) => code > from);
      return { total: all.length, items: rest.slice(0, page.limit) };
    },
    /** undefined when there is none in use. */
    area(code: string): AreaFeature | undefined {
      const area = territory.maps().areas.get(code);
      return area === undefined || area.retiredAt !== null ? undefined : area;
    },
    /** The box around all outlines; undefined without any. */
    extent: () => extentOf(territory.maps()),
    /** Risk points in use by code, those after `after`, at most `limit`, as far as the actor sees them. */
    riskPoints(
      actor: Actor,
      wish: RiskWish,
      page: { after: string | undefined; limit: number },
    ): Promise<RiskFeature[]> {
      return database.read(scoped(actor), (tx) => listRiskFeatures(tx, scoped(actor), wish, page));
    },
    /**
     * Risk points in use inside a window (west and north edge belong to it, east and south do not): grouped by `across` cells along each side,
     * or alone where it is null; at most `most` + 1.
     */
    riskSigns: (actor: Actor, window: MapWindow, across: number | null, most: number): Promise<RiskSign[]> =>
      database.read(scoped(actor), (tx) => listRiskSigns(tx, scoped(actor), { window, across, limit: most + 1 })),
    countRiskPoints: (actor: Actor, wish: RiskWish): Promise<number> =>
      database.read(scoped(actor), (tx) => countRisks(tx, scoped(actor), wish)),
    /** @throws AppError not_found when there is none in use, or it is not the actor's to see */
    riskPoint: (actor: Actor, id: string): Promise<RiskFeature> =>
      database.read(scoped(actor), async (tx) => found(await findRiskFeature(tx, scoped(actor), id))),
  };
}

function areasOf(maps: TerritoryMaps, wish: AreaWish): StoredArea[] {
  const candidates = wish.windows.length === 0 ? living(maps) : shapedIn(maps, wish.windows);
  return candidates.filter((area) => fits(area, wish)).toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

function living(maps: TerritoryMaps): StoredArea[] {
  return [...maps.areas.values()].filter((area) => area.retiredAt === null);
}

function shapedIn(maps: TerritoryMaps, windows: readonly MapWindow[]): StoredArea[] {
  return maps.shaped.filter(({ geometry }, k) => {
    const box = maps.boxes[k];
    return box !== undefined && geometry !== null && windows.some((window) => meets(box, geometry, window));
  });
}

/** A hair (0.1 mm) that makes shapes meet that only touch. */
const hairDegrees = 1e-9;

function meets(box: Bbox, geometry: AreaGeometry, { west, south, east, north }: MapWindow): boolean {
  if (box[0] > east || box[2] < west || box[1] > north || box[3] < south) return false;
  if (box[0] >= west && box[2] <= east && box[1] >= south && box[3] <= north) return true;
  const [w, s, e, n] = [west - hairDegrees, south - hairDegrees, east + hairDegrees, north + hairDegrees];
  const window: AreaGeometry = {
    type: 'Polygon',
    coordinates: [
      [
        [w, s],
        [e, s],
        [e, n],
        [w, n],
        [w, s],
      ],
    ],
  };
  return meetingOf(window, geometry) !== 'apart';
}

function fits(area: StoredArea, { code, tier, parentCode, kind }: AreaWish): boolean {
  return (
    (code === undefined || area.code === code) &&
    (tier === undefined || area.tier === tier) &&
    (parentCode === undefined || area.parentCode === parentCode) &&
    (kind === undefined || area.kind === kind)
  );
}

function extentOf({ boxes }: TerritoryMaps): Bbox | undefined {
  if (boxes.length === 0) return undefined;
  const corners = boxes.flatMap(([w, s, e, n]): [number, number][] => [
    [w, s],
    [e, n],
  ]);
  return bboxOf({ type: 'Polygon', coordinates: [corners] });
}
