import type { Tier } from '#kit/tiers.ts';

/** One cell of the territory (区划): city → district → street → community → grid → micro-grid. */
export interface Area {
  code: string;
  tier: Tier;
  name: string;
  parentCode: string | null;
  /** Codes from the city down to itself. */
  path: readonly string[];
  kind: 'ordinary' | 'exclusive';
  residents: number;
  households: number;
}

/** An organisation that can hold events: centre, committee, post, department, agency, partner. */
export interface Unit {
  id: string;
  code: string;
  kind: 'centre' | 'committee' | 'post' | 'department' | 'agency' | 'partner' | 'station';
  /** What the level library names: 'centre', 'committee', 'urban_management', … */
  roleCode: string;
  name: string;
  nameEn: string;
  tier: Tier;
  areaCode: string;
  parentId: string | null;
  boardCode: string | null;
}

/** The whole territory held in memory: areas with their shapes, units, and who answers for which cell. */
export interface Territory {
  /** Smallest area that contains the WGS-84 point; undefined outside every shape. Synchronous, ≥ 1 M per second. */
  locate(lon: number, lat: number): Area | undefined;
  area(code: string): Area | undefined;
  /** The city this installation serves: the root. */
  city(): Area;
  children(code: string): readonly Area[];
  unit(id: string): Unit | undefined;
  /** The unit that receives for an area: committee for a community (and its grids), centre for street, district, city. */
  receiverOf(areaCode: string): Unit | undefined;
  /** Units of a role whose area lies on `path`, nearest tier first. */
  unitsByRole(roleCode: string, path: readonly string[]): readonly Unit[];
  /** Units a dispatcher of the unit `fromUnitId` may give tasks to: its own posts and departments, units of tiers below, agencies. */
  reachableUnits(fromUnitId: string, path: readonly string[]): readonly Unit[];
  /** Reads everything again after a change; called by grids' own commands after commit. */
  reload(): Promise<void>;
}
