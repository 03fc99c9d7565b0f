import type * as z from 'zod';
import { forceRoles, reachStates, type ForceRole, type gridForce, type reachable } from '#contract/force-views.ts';
import type { Tx } from '#server/db/pool.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { areaPath, type ForceParts } from './parts.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { maskPhone, missingRoles, reachStateOf } from './rules.ts';
import { listOnShift } from './store-duty.ts';
import { listAbsent } from './store-leave.ts';
import { listMembers, type MemberRow } from './store-member.ts';
import {
  countByGrid,
  countPeople,
  listSaid,
  listUncovered,
  listWorkers,
  type GridCount,
  type Said,
  type Worker,
} from './store-people.ts';

export const memberName = 'force_member.name';
export const memberPhone = 'force_member.phone';

type Grid = z.input<typeof gridForce>;
type Reachable = z.input<typeof reachable>;

const none: Record<ForceRole, number> = { leader: 0, full_time: 0, part_time: 0, instructor: 0, other: 0 };

/** 1+3+N of every grid of the viewer's; grids without anybody are there too, that is what the page is for. */
export async function listGrids(
  parts: ForceParts,
  actor: Actor,
): Promise<{ items: Grid[]; people: number; missing: number }> {
  const scope = scopeFor(actor, 'force.read');
  const today = dayOf(parts.clock.now());
  const { counts, people, uncovered } = await parts.database.read(scope, async (tx) => ({
    counts: await countByGrid(tx, scope, today, forceRoles),
    people: await countPeople(tx, scope, today, forceRoles),
    uncovered: new Set(await listUncovered(tx, scope, today)),
  }));
  const byGrid = Map.groupBy(counts, ({ areaCode }) => areaCode);
  const items = gridsOf(parts, scope.areas, byGrid).map((grid) =>
    toGrid(parts, grid, byGrid.get(grid) ?? [], uncovered),
  );
  return { items, people, missing: items.filter(({ missing }) => missing.length > 0).length };
}

/** Grids in use below the areas, and those where somebody of one's units works. */
function gridsOf(parts: ForceParts, areas: readonly string[], counted: ReadonlyMap<string, unknown>): string[] {
  const below = [...parts.territory.maps().areas.values()].filter(
    ({ tier, path, code }) => tier === 'grid' && (counted.has(code) || path.some((one) => areas.includes(one))),
  );
  return below.map(({ code }) => code).toSorted();
}

function toGrid(
  { territory }: ForceParts,
  code: string,
  rows: readonly GridCount[],
  uncovered: ReadonlySet<string>,
): Grid {
  const counts = { ...none };
  for (const { role, people } of rows) counts[role] += people;
  const area = territory.area(code);
  const community = territory.area(area?.parentCode ?? '');
  return {
    areaCode: code,
    areaName: area?.name ?? code,
    communityCode: community?.code ?? code,
    communityName: community?.name ?? '',
    counts,
    people: Object.values(counts).reduce((sum, n) => sum + n, 0),
    missing: missingRoles(counts),
    uncovered: uncovered.has(code),
  };
}

/** In the order in which they are called: the workers of the grid, then its committee, then those who help. */
const calledIn = ['full_time', 'part_time', 'leader', 'instructor', 'clerk', 'secretary', 'other'];
const mostPeople = 600;

/** Who can be there now: on a shift first, on leave last; within one state by name, never by what they did. */
export async function listReachable(
  parts: ForceParts,
  actor: Actor,
  { area, offer }: { area: string; offer?: string | undefined },
): Promise<{ items: Reachable[]; at: string }> {
  const scope = scopeFor(actor, 'force.read');
  const nowMs = parts.clock.now();
  // In the area or below; and of a grid also its community, whose committee comes when nobody else can.
  const path = areaPath(parts, area);
  const areas = [area, ...path.filter((code) => code.length === 12 && area.length > 12)];
  const found = await parts.database.read(scope, async (tx) => {
    const wanted = { scope, areas, roles: calledIn, today: dayOf(nowMs), limit: mostPeople };
    const near = (await listWorkers(tx, wanted)).filter((one) => isThere(one, area));
    return {
      near,
      ...(await aboutThem(tx, near, nowMs)),
      members: await listMembers(tx, scope, { area, states: ['active'] }),
    };
  });
  const contacts = await parts.contactsOf(found.near.map(({ id }) => id));
  const people = found.near.map((one): Reachable => {
    const said = found.said.get(one.id) ?? null;
    const contact = contacts.get(one.id);
    const phone = contact?.phone ?? null;
    const onLeave = found.absent.has(one.id);
    const state = reachStateOf(
      { onLeave, onShift: found.onShift.has(one.id), said: toKnown(said), hours: null },
      nowMs,
    );
    const until =
      state === 'on_shift' ? found.onShift.get(one.id) : state === 'available' || state === 'away' ? said?.until : null;
    return {
      kind: 'account',
      id: one.id,
      name: one.name,
      roles: one.roles,
      areaCode: one.areaCode,
      areaName: parts.territory.area(one.areaCode)?.name ?? one.areaCode,
      unitName: parts.territory.unit(one.unitId)?.name ?? '',
      state,
      until: until?.toISOString() ?? null,
      cover: found.absent.get(one.id) ?? null,
      offers: said?.offers ?? [],
      channels: [
        ...(contact?.push === true ? (['push'] as const) : []),
        ...(phone === null ? [] : (['sms', 'phone'] as const)),
      ],
      phone: phone === null ? null : maskPhone(phone),
    };
  });
  const known = new Set(people.map(({ id }) => id));
  const helpers = found.members
    .filter(({ accountId }) => accountId === null || !known.has(accountId))
    .map((one) => toHelper(parts, one, nowMs));
  const items = [...people, ...helpers].filter(({ offers }) => offer === undefined || offers.includes(offer));
  return { items: items.toSorted(byState), at: new Date(nowMs).toISOString() };
}

/** Of the wider circle only the committee itself, not the workers of the neighbouring grids. */
function isThere({ path, roles }: Worker, area: string): boolean {
  return path.includes(area) || roles.includes('secretary') || roles.includes('clerk');
}

const postOf = ({ roles }: Reachable): number => Math.min(...roles.map((role) => calledIn.indexOf(role)));

const byState = (a: Reachable, b: Reachable): number =>
  reachStates.indexOf(a.state) - reachStates.indexOf(b.state) ||
  postOf(a) - postOf(b) ||
  a.name.localeCompare(b.name, 'zh');

const toKnown = (said: Said | null) =>
  said === null ? null : { state: said.state, untilMs: said.until?.getTime() ?? null };

async function aboutThem(tx: Tx, people: readonly Worker[], nowMs: number) {
  const ids = people.map(({ id }) => id);
  return {
    said: await listSaid(tx, ids),
    onShift: await listOnShift(tx, ids, nowMs),
    absent: await listAbsent(tx, ids, dayOf(nowMs)),
  };
}

function toHelper({ vault, territory }: ForceParts, row: MemberRow, nowMs: number): Reachable {
  const { weekdays, fromMinute, untilMinute } = row;
  return {
    kind: 'member',
    id: row.id,
    name: vault.open(row.name, memberName),
    roles: ['other'],
    areaCode: row.areaCode,
    areaName: territory.area(row.areaCode)?.name ?? row.areaCode,
    unitName: territory.unit(row.unitId)?.name ?? '',
    state: reachStateOf(
      { onLeave: false, onShift: false, said: null, hours: { weekdays, fromMinute, untilMinute } },
      nowMs,
    ),
    until: null,
    cover: null,
    offers: row.offers,
    channels: row.phone === null ? [] : ['phone'],
    phone: row.phone === null ? null : maskPhone(vault.open(row.phone, memberPhone)),
  };
}
