/** Households of the demo street: every door of its buildings, who lives behind it as a number, and when it was last visited. */
import { randomInt, seededRandom, type Rng } from '#kit/random.ts';
import type { DemoBuilding } from '../geography/make-geography.ts';
import { liangLuKou } from '../geography/names.ts';
import { dayMs } from '../history/rhythm.ts';
import { seededId } from '../ids.ts';
import { demoSeed, foundedMs, type Town } from './make-town.ts';

export interface DemoHousehold {
  id: string;
  areaCode: string;
  address: string;
  door: string;
  residents: number;
  visitedAt: Date | null;
  visitedHow: 'home' | 'phone' | null;
}

/** How the doors of one grid were visited: some grids are well walked, some are not. */
interface Habit {
  /** Share ever visited. */
  ever: number;
  /** Days within which most visits lie. */
  days: number;
}

export function makeHouseholds(town: Town, nowMs: number): DemoHousehold[] {
  const rng = seededRandom(demoSeed + 41);
  const habits = new Map<string, Habit>();
  const buildings = town.geography.buildings.filter(
    ({ areaCode, households }) => areaCode.startsWith(liangLuKou.code) && households > 0,
  );
  const rows: DemoHousehold[] = [];
  for (const building of buildings) {
    const grid = building.areaCode.slice(0, 15);
    const habit = habits.get(grid) ?? { ever: 0.82 + rng() * 0.16, days: 60 + randomInt(rng, 0, 90) };
    habits.set(grid, habit);
    const people = shareOut(rng, building.residents, building.households);
    people.forEach((residents, k) => {
      rows.push({
        id: seededId(rng, foundedMs, rows.length),
        areaCode: building.areaCode,
        address: building.address,
        door: doorOf(building, k),
        residents,
        ...visitOf(rng, habit, nowMs),
      });
    });
  }
  return rows;
}

/** `total` people over `doors`, each behind one of them; some doors have nobody. */
function shareOut(rng: Rng, total: number, doors: number): number[] {
  const people = Array.from({ length: doors }, () => 0);
  for (let k = 0; k < total; k++) {
    const door = randomInt(rng, 0, doors - 1);
    people[door] = (people[door] ?? 0) + 1;
  }
  return people;
}

/** '2单元5-3': four doors a floor and staircase. */
function doorOf({ floors }: DemoBuilding, k: number): string {
  const perStair = Math.max(1, floors) * 4;
  const [stair, inStair] = [Math.floor(k / perStair) + 1, k % perStair];
  return `${stair}单元${Math.floor(inStair / 4) + 1}-${(inStair % 4) + 1}`;
}

function visitOf(rng: Rng, { ever, days }: Habit, nowMs: number): Pick<DemoHousehold, 'visitedAt' | 'visitedHow'> {
  if (rng() >= ever) return { visitedAt: null, visitedHow: null };
  const daysAgo = 1 + Math.floor(rng() * days);
  const atMs = Math.floor(nowMs / dayMs - daysAgo) * dayMs + (1 + rng() * 10) * 3_600_000;
  return { visitedAt: new Date(atMs), visitedHow: rng() < 0.9 ? 'home' : 'phone' };
}
