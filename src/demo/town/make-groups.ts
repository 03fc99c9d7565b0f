/** The online groups of the demo town, and who is in them. Follows from the town, the seed and the clock's day. */
import { pickOne, randomInt, seededRandom, shuffled, type Rng } from '#kit/random.ts';
import { groupRule } from '#server/modules/groups/dictionary.ts';
import type { DemoArea } from '../geography/make-geography.ts';
import { liangLuKou } from '../geography/names.ts';
import { seededId } from '../ids.ts';
import { demoSeed, foundedMs, type Town } from './make-town.ts';

/** The demo street's own figures: groups, and the share of residents they reach. */
const groupsOfStreet = 190;
const reachedShare = 0.6123;

export interface DemoGroup {
  id: string;
  name: string;
  kind: string;
  platform: 'in_app' | 'wecom' | 'other';
  ownerId: string | null;
  gridCodes: string[];
  /** Of groups on other platforms. */
  headcount: number | null;
}

export interface DemoMember {
  id: string;
  groupId: string;
  personId: string;
  gridCode: string;
  name: string;
  joinedAt: Date;
}

export interface DemoGroups {
  groups: DemoGroup[];
  /** Ids of people and the number some of them left. */
  people: { id: string; phone: string | null }[];
  members: DemoMember[];
}

interface Making {
  rng: Rng;
  town: Town;
  made: DemoGroups;
}

export function makeGroups(town: Town): DemoGroups {
  const rng = seededRandom(demoSeed + 61);
  const making: Making = { rng, town, made: { groups: [], people: [], members: [] } };
  const grids = town.geography.areas.filter(({ tier }) => tier === 'grid');
  const own = grids.filter(({ code }) => code.startsWith(liangLuKou.code));
  const others = grids.filter(({ code }) => !code.startsWith(liangLuKou.code));
  for (let k = 0; k < groupsOfStreet; k++) addGroup(making, own, k);
  for (const grid of shuffled(rng, others).slice(0, 12)) addGroup(making, [grid], 0);
  fill(making, own, reachedShare);
  fill(making, others, 0.1);
  // Drawn apart, so that the others stay as they are: the community of story 4 meets too.
  const story = grids.filter(({ code }) => code.startsWith('500105001001'));
  const apart = { ...making, rng: seededRandom(demoSeed + 66) };
  addGroup(apart, story, 0);
  fill(apart, story, 0.08);
  return making.made;
}

const kinds = [
  ['building', '楼栋群'],
  ['courtyard', '院坝群'],
  ['owners', '业主群'],
  ['market', '商户群'],
  ['interest', '乐龄兴趣群'],
] as const;

/** Round the grids, so that each has three or four; every eighth serves two neighbours. */
function addGroup({ rng, town, made }: Making, grids: readonly DemoArea[], k: number): void {
  const grid = grids[k % grids.length];
  if (grid === undefined) return;
  const round = Math.floor(k / grids.length);
  const beside = grids[(k + 1) % grids.length];
  const platform = round < 2 ? 'in_app' : rng() < 0.55 ? 'in_app' : rng() < 0.4 ? 'wecom' : 'other';
  const [kind, word] = kinds[round === 0 ? 0 : randomInt(rng, 1, kinds.length - 1)] ?? kinds[0];
  const keeper = town.people.find(
    ({ appointment }) => appointment?.areaCode === grid.code && appointment.role === 'full_time',
  );
  const isShared =
    platform === 'in_app' && k % 8 === 7 && beside !== undefined && beside.parentCode === grid.parentCode;
  made.groups.push({
    id: seededId(rng, foundedMs, made.groups.length),
    name: `${grid.name}${word}${round > 1 ? round : ''}`,
    kind,
    platform,
    ownerId: keeper?.id ?? null,
    gridCodes: isShared ? [grid.code, beside.code] : [grid.code],
    // Tens, so that the counted share is a whole number of people.
    headcount: platform === 'in_app' ? null : randomInt(rng, 6, 24) * 10,
  });
}

/**
 * Members until the people reached (members here and the counted part of outside groups) are `share` of the residents:
 * grids unevenly, none beyond what it has.
 */
function fill(making: Making, grids: readonly DemoArea[], share: number): void {
  const { rng, made } = making;
  const withGroup = grids.filter(({ code }) =>
    made.groups.some(({ gridCodes, platform }) => platform === 'in_app' && gridCodes.includes(code)),
  );
  const counted = groupRule('outside_counted_percent') / 100;
  const outside = new Map<string, number>();
  for (const { headcount, gridCodes } of made.groups)
    if (headcount !== null && gridCodes[0] !== undefined)
      outside.set(gridCodes[0], (outside.get(gridCodes[0]) ?? 0) + Math.round(headcount * counted));
  const residents = grids.reduce((sum, grid) => sum + grid.residents, 0);
  const elsewhere = grids.reduce((sum, { code }) => sum + (outside.get(code) ?? 0), 0);
  const wishes = withGroup.map((grid) => ({
    grid,
    weight: grid.residents * (0.7 + rng() * 0.6),
    room: Math.floor(grid.residents * 0.95) - (outside.get(grid.code) ?? 0),
  }));
  const parts = shareOut(Math.max(0, Math.round(residents * share) - elsewhere), wishes);
  wishes.forEach(({ grid }, k) => {
    const here = made.groups.filter(
      ({ platform, gridCodes }) => platform === 'in_app' && gridCodes.includes(grid.code),
    );
    for (let n = 0; n < (parts[k] ?? 0); n++) addPerson(making, grid.code, here, n);
  });
}

/** `total` over grids by weight, none more than its room; what one cannot take the others do. */
function shareOut(total: number, grids: readonly { weight: number; room: number }[]): number[] {
  const parts = grids.map(() => 0);
  for (let left = total, turn = 0; left > 0 && turn < 60; turn++) {
    const open = grids.map(({ room }, k) => room - (parts[k] ?? 0));
    const weight = grids.reduce((sum, one, k) => sum + ((open[k] ?? 0) > 0 ? one.weight : 0), 0);
    if (weight === 0) break;
    const before = left;
    grids.forEach((one, k) => {
      const wish = (open[k] ?? 0) > 0 ? Math.max(1, Math.floor((before * one.weight) / weight)) : 0;
      const given = Math.min(wish, open[k] ?? 0, left);
      parts[k] = (parts[k] ?? 0) + given;
      left -= given;
    });
  }
  return parts;
}

const callNames = [
  '楼住户',
  '楼老张',
  '楼小陈',
  '楼王孃孃',
  '楼李伯',
  '楼阿芳',
  '楼周哥',
  '楼刘姐',
  '楼赵老师',
  '楼小吴',
];
const dayMs = 86_400_000;

/** One person in one group of the grid, every fifteenth in two. */
function addPerson({ rng, made }: Making, gridCode: string, groups: readonly DemoGroup[], n: number): void {
  const order = made.people.length;
  const personId = seededId(rng, foundedMs + order, order % 65_536);
  // Of a block no operator has given out; no two alike, or they would be one person.
  const phone = rng() < 0.3 ? `109${String((order * 7919) % 100_000_000).padStart(8, '0')}` : null;
  made.people.push({ id: personId, phone });
  const first = n % groups.length;
  const joined = n % 15 === 0 && groups.length > 1 ? [first, (first + 1) % groups.length] : [first];
  joined.forEach((at, turn) => {
    const group = groups[at];
    if (group === undefined) return;
    made.members.push({
      id: seededId(rng, foundedMs + order, turn),
      groupId: group.id,
      personId,
      gridCode,
      name: `${randomInt(rng, 1, 33)}${pickOne(rng, callNames)}`,
      joinedAt: new Date(foundedMs + turn * dayMs + randomInt(rng, 0, 300) * 86_000_000),
    });
  });
}
