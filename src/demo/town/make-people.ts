/** Everybody who works in the demo town: the grid force, committees, seats, posts, departments, administrators. */
import type { Rng } from '#kit/random.ts';
import type { DemoArea, Geography } from '../geography/make-geography.ts';
import { liangLuKou } from '../geography/names.ts';
import { seededId } from '../ids.ts';
import { byLinkOnly, demoCommunity, demoPlaceId, handlerLogins, storyDistrict } from './logins.ts';
import type { DemoUnit } from './make-units.ts';
import { makeName } from './person-names.ts';

export interface DemoPerson {
  id: string;
  login: string;
  displayName: string;
  adminKind: 'system' | 'security' | 'audit' | null;
  appointment: DemoAppointment | null;
}

export interface DemoAppointment {
  id: string;
  unitId: string;
  areaCode: string | null;
  role: string;
  isPrimary: boolean;
}

/** The grid force (1+3+N) of the demo street, as its own figures have it. */
export const forceSize = 1_370;

/** What the maker of people needs at hand. */
interface Making {
  rng: Rng;
  sinceMs: number;
  taken: Set<string>;
  people: DemoPerson[];
}

export function makePeople(
  rng: Rng,
  { areas, places }: Pick<Geography, 'areas' | 'places'>,
  units: readonly DemoUnit[],
  sinceMs: number,
): DemoPerson[] {
  const making: Making = { rng, sinceMs, taken: new Set(), people: [] };
  const committeeOf = new Map(units.filter(({ kind }) => kind === 'committee').map((unit) => [unit.areaCode, unit]));
  for (const unit of units) {
    if (unit.kind === 'centre') addSeats(making, unit);
    else if (unit.kind === 'committee') addCommittee(making, unit);
    else addHandlers(making, unit);
  }
  const grids = areas.filter(({ tier }) => tier === 'grid');
  const storyGrid = places.find(({ id }) => id === demoPlaceId)?.areaCode?.slice(0, 15);
  for (const grid of grids) {
    addGridWorkers(making, grid, committeeOf.get(grid.parentCode ?? ''), grid.code === storyGrid);
  }
  addOthers(making, grids, committeeOf);
  for (const [login, kind] of [
    ['sysadmin', 'system'],
    ['secadmin', 'security'],
    ['audadmin', 'audit'],
  ] as const) {
    addPerson(making, login, null).adminKind = kind;
  }
  addSpecialCare(making, units);
  addPlanners(making, units);
  // They are taken out at the end, so that everybody else is who they were before.
  const outside = new Set(units.filter(({ code }) => byLinkOnly.includes(code)).map(({ id }) => id));
  return making.people.filter(({ appointment }) => !outside.has(appointment?.unitId ?? ''));
}

function addPerson(making: Making, login: string, post: Omit<DemoAppointment, 'id'> | null): DemoPerson {
  const { rng, sinceMs, taken, people } = making;
  const order = people.length;
  const person: DemoPerson = {
    id: seededId(rng, sinceMs, order),
    login,
    displayName: makeName(rng, taken),
    adminKind: null,
    appointment: post === null ? null : { id: seededId(rng, sinceMs, order), ...post },
  };
  people.push(person);
  return person;
}

type Seat = readonly [role: string, key: string, count: number];

/** Seats are manned in three shifts and one in reserve; small centres have fewer. */
const streetSeats: readonly Seat[] = [
  ['intake_seat', 'intake', 4],
  ['dispatch_seat', 'dispatch', 4],
  ['analysis_seat', 'analysis', 2],
  ['supervise_seat', 'supervise', 2],
  ['duty_chief', 'chief', 3],
  ['commander', 'commander', 2],
  ['checker', 'checker', 4],
];
const citySeats: readonly Seat[] = [
  ['intake_seat', 'intake', 2],
  ['dispatch_seat', 'dispatch', 2],
  ['supervise_seat', 'supervise', 1],
  ['duty_chief', 'chief', 1],
  ['commander', 'commander', 1],
];

/** Positions whose holder has a short login: code of the unit and role → login. */
const shortLogins: ReadonlyMap<string, string> = new Map([
  [`${liangLuKou.code}-centre intake_seat`, 'jieshou'],
  [`${liangLuKou.code}-centre dispatch_seat`, 'jiepai'],
  [`${liangLuKou.code}-centre supervise_seat`, 'dudao'],
  [`${liangLuKou.code}-centre commander`, 'zhihui'],
  [`${liangLuKou.code}-centre analysis_seat`, 'yanpan'],
  [`${liangLuKou.code}-centre checker`, 'hecha'],
  [`${liangLuKou.code}-urban_management handler_lead`, 'chengguan'],
  ['500103-centre dispatch_seat', 'quzhong'],
  ['500105-centre commander', 'juece'],
  ['500103-district_urban_management handler_lead', 'quchengguan'],
  [`${demoCommunity}-committee secretary`, 'shequ'],
  ...Object.entries(handlerLogins).map(([unitCode, login]): [string, string] => [`${unitCode} handler_lead`, login]),
]);

function addSeats(making: Making, centre: DemoUnit): void {
  for (const [role, key, count] of centre.tier === 'city' ? citySeats : streetSeats) {
    for (let k = 1; k <= count; k++) {
      const short = k === 1 ? shortLogins.get(`${centre.code} ${role}`) : undefined;
      addPerson(making, short ?? `${key}.${centre.areaCode}.${k}`, {
        unitId: centre.id,
        areaCode: centre.areaCode,
        role,
        isPrimary: k === 1,
      });
    }
  }
}

function addCommittee(making: Making, unit: DemoUnit): void {
  const post = { unitId: unit.id, areaCode: unit.areaCode };
  const short = shortLogins.get(`${unit.code} secretary`);
  addPerson(making, short ?? `secretary.${unit.areaCode}`, { ...post, role: 'secretary', isPrimary: true });
  for (let k = 1; k <= 3; k++) {
    addPerson(making, `clerk.${unit.areaCode}.${k}`, { ...post, role: 'clerk', isPrimary: k === 1 });
  }
}

/** 专项帮扶: who answers for the restricted kinds of people in care of the demo street. */
function addSpecialCare(making: Making, units: readonly DemoUnit[]): void {
  const post = units.find(({ code }) => code === `${liangLuKou.code}-public_order`);
  if (post === undefined) throw new Error('The demo street has no post for public order.');
  const appointment = { unitId: post.id, areaCode: liangLuKou.code, role: 'special_care', isPrimary: true };
  addPerson(making, 'demo-special_care', appointment);
}

/** 规划员: one in each district, who plans the life circles of its streets. */
function addPlanners(making: Making, units: readonly DemoUnit[]): void {
  for (const unit of units.filter(({ kind, tier }) => kind === 'centre' && tier === 'district')) {
    const login = unit.areaCode === storyDistrict ? 'guihua' : `planner.${unit.areaCode}.1`;
    addPerson(making, login, { unitId: unit.id, areaCode: unit.areaCode, role: 'planner', isPrimary: true });
  }
}

/** 主岗 and 副岗 of a post; departments have one more. They see what their unit holds, hence no area. */
function addHandlers(making: Making, unit: DemoUnit): void {
  const count = unit.kind === 'department' ? 3 : 2;
  for (let k = 1; k <= count; k++) {
    const role = k === 1 ? 'handler_lead' : 'handler';
    const short = k === 1 ? shortLogins.get(`${unit.code} ${role}`) : undefined;
    const login = short ?? `${unit.roleCode.replaceAll('_', '-')}.${unit.areaCode}.${k}`;
    addPerson(making, login, { unitId: unit.id, areaCode: null, role, isPrimary: k === 1 });
  }
}

/** 1 + 3: leader, full-time, part-time and instructor; the demo street has a second part-time worker in each grid. */
function addGridWorkers(making: Making, grid: DemoArea, committee: DemoUnit | undefined, ofStory: boolean): void {
  if (committee === undefined) return;
  const inDemoStreet = grid.code.startsWith(liangLuKou.code);
  const roles = ['leader', 'full_time', 'part_time', 'instructor', ...(inDemoStreet ? ['part_time'] : [])];
  roles.forEach((role, k) => {
    const short = ofStory && role === 'full_time' ? 'wangge' : undefined;
    addPerson(making, short ?? gridLogin(grid.code, k + 1), {
      unitId: committee.id,
      areaCode: grid.code,
      role,
      isPrimary: k < 4,
    });
  });
}

/** 'grid.' + street's last digits + community + grid, then the person: grid.004010001.2 */
function gridLogin(gridCode: string, k: number): string {
  return `grid.${gridCode.slice(6)}.${k}`;
}

/** N: property staff, Party members, building heads, couriers, doctors; spread over the grids by residents. */
function addOthers(making: Making, grids: readonly DemoArea[], committeeOf: ReadonlyMap<string, DemoUnit>): void {
  const own = grids.filter(({ code }) => code.startsWith(liangLuKou.code));
  const count = forceSize - own.length * 5;
  const residents = own.reduce((sum, grid) => sum + grid.residents, 0);
  let [shared, given] = [0, 0];
  for (const grid of own) {
    shared += (grid.residents / residents) * count;
    const committee = committeeOf.get(grid.parentCode ?? '');
    for (let k = 1; given < Math.round(shared) && committee !== undefined; k++, given++) {
      addPerson(making, `n.${grid.code.slice(6)}.${k}`, {
        unitId: committee.id,
        areaCode: grid.code,
        role: 'other',
        isPrimary: false,
      });
    }
  }
}
