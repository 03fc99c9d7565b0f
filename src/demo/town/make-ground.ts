/** Risk points and people in care of the demo street, as many as its own figures have. All of them are invented. */
import { distanceM, type LonLat } from '#kit/geo.ts';
import { pickOne, randomInt, seededRandom, type Rng } from '#kit/random.ts';
import type { DemoBuilding } from '../geography/make-geography.ts';
import { liangLuKou } from '../geography/names.ts';
import { seededId } from '../ids.ts';
import type { DemoPerson } from './make-people.ts';
import { demoSeed, foundedMs, type Town } from './make-town.ts';
import { lifeOf, restrictedTags, tagsOf } from './care-reasons.ts';
import { makeName } from './person-names.ts';

export const riskCount = 435;
/** Ordinary records: what everybody on duty may see. */
export const careCount = 1_914;
/** Restricted records beside them. */
export const restrictedCount = 20;
/** Where the second story happens. */
export const cableWellId = 'cable-well-jiankanglu';

export interface DemoRisk {
  id: string;
  code: string;
  name: string;
  kind: string;
  level: number;
  lon: number;
  lat: number;
  placeWords: string;
  areaCode: string;
  unitId: string | null;
  responsibleId: string | null;
  note: string;
  state: 'open' | 'controlled';
  /** As its note says; null: by the rule of kind and level. */
  cycleDays: number | null;
  planCode: string | null;
}

export interface DemoCare {
  id: string;
  name: string;
  phone: string | null;
  addressDetail: string;
  contact: string | null;
  guardian: string | null;
  health: string | null;
  birthYear: number;
  tags: string[];
  /** Of the police-owned kinds: a record apart. */
  restricted: boolean;
  address: string;
  lon: number;
  lat: number;
  areaCode: string;
  responsibleId: string | null;
}

export interface Ground {
  risks: DemoRisk[];
  care: DemoCare[];
}

/** What the makers need at hand. */
interface Making {
  rng: Rng;
  town: Town;
  buildings: DemoBuilding[];
  workers: ReadonlyMap<string, DemoPerson>;
  well: { name: string; lon: number; lat: number; areaCode: string };
}

export function makeGround(town: Town): Ground {
  const well = town.geography.places.find(({ id }) => id === cableWellId);
  if (well === undefined || well.areaCode === null) throw new Error(`The town has no place ${cableWellId}.`);
  const making: Making = {
    rng: seededRandom(demoSeed + 5),
    town,
    buildings: town.geography.buildings.filter(({ areaCode }) => areaCode.startsWith(`${liangLuKou.code}`)),
    workers: workersOf(town.people),
    well: { ...well, areaCode: well.areaCode },
  };
  return { risks: makeRisks(making), care: makeCare(making) };
}

/** Grid → its full-time worker. */
function workersOf(people: readonly DemoPerson[]): Map<string, DemoPerson> {
  return new Map(
    people.flatMap((person): [string, DemoPerson][] =>
      person.appointment?.role === 'full_time' && person.appointment.areaCode !== null
        ? [[person.appointment.areaCode, person]]
        : [],
    ),
  );
}

const workerOf = ({ workers }: Making, areaCode: string): string | null =>
  workers.get(areaCode.slice(0, 15))?.id ?? null;

interface RiskPlan {
  kind: string;
  role: string;
  share: number;
  names: readonly string[];
  notes: readonly string[];
  on: readonly DemoBuilding['kind'][];
}

const riskPlans: readonly RiskPlan[] = [
  { kind: 'fire', role: 'emergency_safety', share: 24, on: ['old_house', 'flats'], names: ['老楼消防通道', '楼道堆物', '木结构住户'], notes: ['每周巡查一次', '已劝离堆物，待复查', '配灭火器两具'] },
  { kind: 'gas', role: 'emergency_safety', share: 12, on: ['flats', 'shop'], names: ['餐饮燃气使用点', '老旧燃气立管'], notes: ['每月联合燃气公司检查', '软管已更换'] },
  { kind: 'cable_well', role: 'emergency_safety', share: 8, on: ['office', 'public', 'flats'], names: ['路边电缆井', '强弱电共井'], notes: ['产权单位多家，共同管护', '井盖完好'] },
  { kind: 'slope', role: 'urban_management', share: 9, on: ['old_house', 'flats'], names: ['堡坎', '屋后边坡'], notes: ['雨后必查', '有位移观测点'] },
  { kind: 'flood', role: 'urban_management', share: 7, on: ['shop', 'public'], names: ['低洼积水点', '排水不畅处'], notes: ['备沙袋与警示牌'] },
  { kind: 'building', role: 'community_service', share: 10, on: ['old_house'], names: ['C级危房', '外墙开裂老楼'], notes: ['已鉴定', '住户已告知'] },
  { kind: 'facade', role: 'community_service', share: 11, on: ['tower', 'flats'], names: ['外墙面砖空鼓', '外挂空调支架'], notes: ['设围挡与提示'] },
  { kind: 'crowd', role: 'public_order', share: 5, on: ['public', 'shop'], names: ['人员密集场所', '节日人流点'], notes: ['节前检查'] },
  { kind: 'elevator', role: 'emergency_safety', share: 6, on: ['tower'], names: ['老旧电梯'], notes: ['维保单位每半月到场'] },
  { kind: 'charging', role: 'emergency_safety', share: 8, on: ['flats', 'old_house', 'tower'], names: ['电动车充电处', '飞线充电多发处'], notes: ['夜间巡查'] },
]; // prettier-ignore

/** Notes that promise how often somebody comes. */
const noted: Readonly<Record<string, number>> = {
  每周巡查一次: 7,
  每月联合燃气公司检查: 30,
  维保单位每半月到场: 15,
  夜间巡查: 7,
};
const notedOf = (note: string) => ({ note, cycleDays: noted[note] ?? null });

/** Plans of db/data/plans that open where something of the kind happens. */
const planCodes: Readonly<Record<string, string>> = {
  fire: 'fire',
  charging: 'fire',
  gas: 'gas_leak',
  cable_well: 'cable_well_fire',
  slope: 'landslide',
};

/** The well of the story and three neighbours come first, so that something lies near whatever the seed. */
function makeRisks(making: Making): DemoRisk[] {
  const { rng, well, buildings, town } = making;
  const units = new Map(
    town.units.filter(({ areaCode }) => areaCode === liangLuKou.code).map((unit) => [unit.roleCode, unit]),
  );
  const risks: DemoRisk[] = [];
  const add = (plan: RiskPlan, at: { name: string; level: number; placeWords: string } & Spot): void => {
    const number = risks.length + 1;
    risks.push({
      id: seededId(rng, foundedMs, number),
      code: `R${liangLuKou.code}-${String(number).padStart(4, '0')}`,
      kind: plan.kind,
      ...at,
      unitId: units.get(plan.role)?.id ?? null,
      responsibleId: workerOf(making, at.areaCode),
      ...notedOf(pickOne(rng, plan.notes)),
      planCode: planCodes[plan.kind] ?? null,
      state: rng() < 0.7 ? 'controlled' : 'open',
    });
  };
  const wells = planOf('cable_well');
  add(wells, {
    name: well.name,
    level: 2,
    placeWords: well.name,
    lon: well.lon,
    lat: well.lat,
    areaCode: well.areaCode,
  });
  const near = nearestOf(buildings, [well.lon, well.lat]);
  ['fire', 'gas', 'charging'].forEach((kind, k) => {
    const plan = planOf(kind);
    const house = near[k * 2] ?? pickOne(rng, buildings);
    add(plan, {
      ...spotOf(house),
      name: `${house.address}${plan.names[0] ?? ''}`,
      level: k + 2,
      placeWords: house.address,
    });
  });
  const total = riskPlans.reduce((sum, { share }) => sum + share, 0);
  while (risks.length < riskCount) {
    let ticket = rng() * total;
    const plan = riskPlans.find(({ share }) => (ticket -= share) < 0) ?? wells;
    const houses = buildings.filter(({ kind }) => plan.on.includes(kind));
    const house = pickOne(rng, houses.length === 0 ? buildings : houses);
    const name = `${house.address}${pickOne(rng, plan.names)}`;
    if (risks.some((risk) => risk.name === name)) continue;
    const level = pickOne(rng, [1, 2, 2, 3, 3, 3, 4, 4, 4, 4]);
    add(plan, {
      ...spotOf(house),
      name,
      level,
      placeWords: house.address,
    });
  }
  return risks;
}

interface Spot {
  lon: number;
  lat: number;
  areaCode: string;
}

const spotOf = ({ lon, lat, areaCode }: DemoBuilding): Spot => ({ lon, lat, areaCode });

function planOf(kind: string): RiskPlan {
  const plan = riskPlans.find((one) => one.kind === kind);
  if (plan === undefined) throw new Error(`There is no plan for risks of kind ${kind}.`);
  return plan;
}

function nearestOf(buildings: readonly DemoBuilding[], at: LonLat): DemoBuilding[] {
  const away = ({ lon, lat }: DemoBuilding) => distanceM(at, [lon, lat]);
  return buildings.toSorted((a, b) => away(a) - away(b));
}

/** Three live beside the well of the story, two of whom cannot leave by themselves; the others are spread as residents are. */
function makeCare(making: Making): DemoCare[] {
  const { rng, buildings, well } = making;
  const homes = buildings.filter(({ households }) => households > 0);
  const near = nearestOf(homes, [well.lon, well.lat]).slice(0, 3);
  const lived = homes.flatMap((home) => Array.from({ length: Math.ceil(home.residents / 20) }, () => home));
  const taken = new Set<string>();
  const reasons = seededRandom(demoSeed + 9);
  return Array.from({ length: careCount + restrictedCount }, (_, k): DemoCare => {
    const home = near[k] ?? pickOne(rng, lived);
    const floor = randomInt(rng, 1, Math.max(1, home.floors));
    const contact = rng() < 0.6 ? `${pickOne(rng, ['女儿', '儿子', '侄子', '邻居', '老伴'])} ${phoneOf(rng)}` : null;
    const restricted = k >= careCount;
    const story = [
      ['elder_alone', 'oxygen'],
      ['disabled_limb', 'bedridden'],
    ][k];
    const tags = restricted ? [restrictedTags[k % restrictedTags.length] ?? ''] : (story ?? tagsOf(reasons));
    return {
      id: seededId(rng, foundedMs, k),
      name: makeName(rng, taken),
      restricted,
      tags,
      ...lifeOf(reasons, tags),
      phone: rng() < 0.85 ? phoneOf(rng) : null,
      addressDetail: `${randomInt(rng, 1, 3)}单元${floor}-${randomInt(rng, 1, 6)}`,
      contact,
      address: home.address,
      ...spotOf(home),
      responsibleId: workerOf(making, home.areaCode),
    };
  });
}

/** Mobile numbers of a block no operator has given out. */
const phoneOf = (rng: Rng): string =>
  `1${pickOne(rng, ['00', '01', '09'])}${String(randomInt(rng, 0, 99_999_999)).padStart(8, '0')}`;
