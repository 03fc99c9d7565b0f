import type { forceRoutes } from '#contract/force.ts';
import type { Output } from '#contract/route.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import type * as z from 'zod';
import type { leaveView } from '#contract/force-views.ts';
import { feedPath } from './commands-own.ts';
import { ownScope, reaches, selfOf, type ForceParts } from './parts.ts';
import { toShifts } from './queries-duty.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { findShift, listOpenSwaps, listOwnShifts } from './store-duty.ts';
import { listFeeds } from './store-feed.ts';
import { listLeaves, listStandingIn, type LeaveRow } from './store-leave.ts';
import { listColleagues, listSaid } from './store-people.ts';

/** How long leave that is over stays in the lists, days. */
const keptDays = 30;
const shownShifts = 40;

function toLeave(parts: ForceParts, actor: Actor, row: LeaveRow): z.input<typeof leaveView> {
  const own = row.accountId === actor.accountId;
  const decides = !own && reaches(actor, 'force.edit', { path: row.path, unitId: row.unitId });
  return {
    id: row.id,
    person: { id: row.accountId, name: row.name, roles: [] },
    unitName: parts.territory.unit(row.unitId)?.name ?? '',
    areaName: parts.territory.area(row.path.at(-1) ?? '')?.name ?? '',
    firstDay: row.firstDay,
    lastDay: row.lastDay,
    reason: own || decides ? row.reason : null,
    cover: row.coverId === null ? null : { id: row.coverId, name: row.coverName ?? '' },
    lent: row.lent,
    state: row.state,
    askedAt: row.askedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    mayDecide: decides && row.state === 'asked',
    version: row.version,
  };
}

/** Leaves of those the actor may see; the reason only for whoever decides. */
export async function readLeaves(parts: ForceParts, actor: Actor, state: string | undefined) {
  const scope = { ...scopeFor(actor, 'force.read'), accountId: null };
  const from = addDays(dayOf(parts.clock.now()), -keptDays);
  const rows = await parts.database.read(scope, (tx) => listLeaves(tx, scope, { state, from }));
  return { items: rows.map((row) => toLeave(parts, actor, row)) };
}

/** Everything that is one's own: nobody else reads this page. */
export async function readMine(parts: ForceParts, actor: Actor): Promise<Output<typeof forceRoutes.mine>> {
  const accountId = selfOf(actor);
  const scope = ownScope(actor);
  const nowMs = parts.clock.now();
  const today = dayOf(nowMs);
  const contacts = await parts.contactsOf([accountId]);
  return parts.database.read(scope, async (tx) => {
    const said = (await listSaid(tx, [accountId])).get(accountId);
    const leaves = await listLeaves(tx, scope, { from: addDays(today, -keptDays), ownOf: accountId });
    const open = await listOpenSwaps(tx, { toId: accountId });
    return {
      said: { state: said?.state ?? 'none', until: said?.until?.toISOString() ?? null, offers: said?.offers ?? [] },
      leaves: leaves.map((row) => toLeave(parts, actor, row)),
      standingIn: await listStandingIn(tx, accountId, today),
      shifts: await toShifts(parts, tx, await listOwnShifts(tx, accountId, nowMs, shownShifts)),
      swaps: await swapsOf(parts, open),
      colleagues: await listColleagues(tx, accountId, today),
      feeds: (await listFeeds(tx, accountId)).map(({ id, unitId, createdAt }) => ({
        id,
        unitName: unitId === null ? null : (parts.territory.unit(unitId)?.name ?? ''),
        path: feedPath(parts, id),
        createdAt: createdAt.toISOString(),
      })),
      phoneKnown: typeof contacts.get(accountId)?.phone === 'string',
    };
  });
}

/** The shifts somebody is asked to take are still others': the swap that names this person is what opens them. */
async function swapsOf(parts: ForceParts, open: Awaited<ReturnType<typeof listOpenSwaps>>) {
  return parts.database.read({ seeAll: true, areas: [], units: [], accountId: null }, async (tx) => {
    const list = [];
    for (const { id, shiftId, from, to, state } of open) {
      const row = await findShift(tx, shiftId);
      const [shift] = row === undefined ? [] : await toShifts(parts, tx, [row]);
      if (shift !== undefined) list.push({ id, shift, from, to, state });
    }
    return list;
  });
}
