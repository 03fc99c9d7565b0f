/**
 * Facilities and population cells of the demo: places everybody knows, and invented ones at buildings of every street. 桥北
 * has no fresh market within a walk of eight minutes, and others have: that is where story 4 begins.
 */
import { codePath } from '#engine/territory/area-code.ts';
import { distanceM } from '#kit/geo.ts';
import { pickOne, randomInt, seededRandom, type Rng } from '#kit/random.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import type { CellRow, FacilityRow } from '#server/modules/facilities/index.ts';
import type { DemoBuilding, Geography } from '../geography/make-geography.ts';
import { seededId } from '../ids.ts';
import { classWords, placeWords, type ClassWords } from './facility-words.ts';
import { foundedMs } from './make-town.ts';

/** The community of story 4, and the class it lacks. */
const lacking = { areaCode: '500105001001', classCode: 'fresh_market' } as const;
/** Eight minutes at 1.1 m/s are 528 m; a little more, for ways that lead gently down. */
const farM = 600;
/** Streets drawn down to the communities have more than those drawn as one. */
const share = { drawn: 1.2, plain: 0.6 } as const;
const drawnStreets = ['500103004', '500103010', '500105001'];

type Site = Pick<DemoBuilding, 'lon' | 'lat' | 'areaCode' | 'address'>;

interface Making {
  rng: Rng;
  nowMs: number;
  /** Buildings of the community that lacks something. */
  lacking: readonly DemoBuilding[];
  areas: ReadonlyMap<string, string>;
  rows: FacilityRow[];
  names: Set<string>;
}

export function makeFacilities(seed: number, geography: Geography, nowMs: number): FacilityRow[] {
  const making: Making = {
    rng: seededRandom(seed),
    nowMs,
    lacking: geography.buildings.filter(({ areaCode }) => areaCode.startsWith(lacking.areaCode)),
    areas: new Map(geography.areas.map(({ code, name }) => [code, name])),
    rows: [],
    names: new Set(),
  };
  for (const place of geography.places) addPlace(making, place);
  const streets = Map.groupBy(geography.buildings, ({ areaCode }) => areaCode.slice(0, 9));
  for (const [classCode, words] of Object.entries(classWords))
    for (const [street, buildings] of streets) {
      if (classCode === 'community_service' && drawnStreets.includes(street)) continue; // its offices are places
      const residents = buildings.reduce((sum, one) => sum + one.residents, 0);
      const factor = drawnStreets.includes(street) ? share.drawn : share.plain;
      const wanted = Math.floor((residents * factor) / words.per + making.rng());
      for (let k = 0; k < wanted; k++) addAt(making, { classCode, words, buildings });
    }
  return making.rows;
}

function addPlace(making: Making, place: Geography['places'][number]): void {
  const words = placeWords[place.kind];
  // The wholesale market sells to shops, not to neighbours; a metro station drawn twice is one.
  if (words === undefined || place.areaCode === null || place.id.startsWith('exclusive-')) return;
  const name = place.kind === 'community_office' ? place.name.replace('居委会', '便民服务中心') : place.name;
  making.names.add(name);
  add(
    making,
    { ...place, areaCode: place.areaCode, address: `${place.name}` },
    {
      code: `place-${place.id}`,
      classCode: words.classCode,
      name,
      hours: words.hours.map((span) => ({ ...span })),
      capacity: words.capacity ?? null,
      floorM2: null,
    },
  );
}

interface Adding {
  classCode: string;
  words: ClassWords;
  buildings: readonly DemoBuilding[];
}

/** Far from others of its class: the best of some buildings. */
function addAt(making: Making, { classCode, words, buildings }: Adding): void {
  const { rng, rows } = making;
  const shops = buildings.filter(({ kind }) => kind === 'shop' || kind === 'office');
  const open = (words.inShop === true && shops.length > 0 ? shops : buildings).filter((one) =>
    mayStand(making, classCode, one),
  );
  if (open.length === 0) return;
  const same = rows.filter((row) => row.classCode === classCode);
  const tried = Array.from({ length: 6 }, () => pickOne(rng, open));
  const nearest = (site: Site): number =>
    Math.min(Number.POSITIVE_INFINITY, ...same.map((row) => distanceM([site.lon, site.lat], [row.lon, row.lat])));
  const site = tried.reduce((best, one) => (nearest(one) > nearest(best) ? one : best));
  const count = same.filter(({ district }) => district === site.areaCode.slice(0, 6)).length + 1;
  const { capacity, floorM2 } = words;
  add(making, site, {
    code: `${site.areaCode.slice(0, 6)}-${classCode}-${String(count).padStart(3, '0')}`,
    classCode,
    name: nameOf(making, site, pickOne(rng, words.names)),
    hours: pickOne(rng, words.hours)?.map((span) => ({ ...span })) ?? null,
    capacity: capacity === undefined || rng() < 0.08 ? null : stepped(rng, capacity),
    floorM2: floorM2 === undefined || rng() < 0.4 ? null : randomInt(rng, ...floorM2),
  });
}

const stepped = (rng: Rng, [least, most, step]: readonly [number, number, number]): number =>
  least + step * randomInt(rng, 0, Math.floor((most - least) / step));

function mayStand(making: Making, classCode: string, { lon, lat }: Site): boolean {
  if (classCode !== lacking.classCode) return true;
  return making.lacking.every((one) => distanceM([lon, lat], [one.lon, one.lat]) > farM);
}

/** The community or the road, then what it is; a second of the same name gets a number. */
function nameOf({ areas, names }: Making, { areaCode, address }: Site, what: string): string {
  const community = areas.get(areaCode.slice(0, 12))?.replace('社区', '');
  const place = areaCode.length >= 12 && community !== undefined ? community : address.replace(/\d+号$/, '');
  const name = `${place}${what}`;
  for (let k = 1; ; k++) {
    const tried = k === 1 ? name : `${name}（${k}）`;
    if (names.has(tried)) continue;
    names.add(tried);
    return tried;
  }
}

type Own = Pick<FacilityRow, 'code' | 'classCode' | 'name' | 'hours' | 'capacity' | 'floorM2'>;

/** Some facts of some nobody has looked up: the page says which. */
function add({ rng, rows, nowMs }: Making, { lon, lat, areaCode, address }: Site, own: Own): void {
  const path = codePath(areaCode);
  rows.push({
    id: seededId(rng, foundedMs, rows.length),
    ...own,
    areaCode,
    path,
    district: areaCode.slice(0, 6),
    lon,
    lat,
    address,
    stepFree: rng() < 0.15 ? null : rng() < 0.7,
    openedOn: null,
    closedOn: null,
    source: 'import',
    sourceRef: '',
    checkedOn: rng() < 0.2 ? null : addDays(dayOf(nowMs), -randomInt(rng, 5, 300)),
    note: '',
    version: 1,
  });
}

/** How old a building's people are: older houses have more elders, towers more children. */
const ages: Partial<Record<DemoBuilding['kind'], { elders: number; children: number }>> = {
  old_house: { elders: 0.34, children: 0.08 },
  flats: { elders: 0.24, children: 0.11 },
  tower: { elders: 0.16, children: 0.15 },
};

/** One cell for each building with residents; the sums are the town's residents. */
export function makeCells(seed: number, { buildings }: Pick<Geography, 'buildings'>, nowMs: number): CellRow[] {
  const rng = seededRandom(seed);
  const asOf = addDays(dayOf(nowMs), -60);
  return buildings.flatMap(({ id, areaCode, lon, lat, kind, residents, households }) => {
    if (residents === 0) return [];
    const { elders, children } = ages[kind] ?? { elders: 0.2, children: 0.12 };
    const about = (part: number): number => Math.round(residents * part * (0.7 + rng() * 0.6));
    const [old, young] = [about(elders), about(children)];
    const path = codePath(areaCode);
    const place = { areaCode, path, district: areaCode.slice(0, 6), lon, lat };
    return [
      {
        code: id,
        ...place,
        people: residents,
        elders: old,
        children: young,
        households,
        source: '楼栋汇总（演示）',
        asOf,
      },
    ];
  });
}
