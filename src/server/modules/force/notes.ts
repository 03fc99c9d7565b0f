import type * as z from 'zod';
import type { noteView } from '#contract/force-views.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { note, run, selfOf, unitPlace, type ForceParts, type Recorded } from './parts.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { listOwnShifts } from './store-duty.ts';
import { findNote, insertNote, insertRead, listNotes } from './store-note.ts';

/** Hand-over from shift to shift: only the unit itself reads its notes. */

const shown = 60;
/** How far back an unread note still calls for a tick. */
const freshMs = 3 * 86_400_000;

export async function readNotes(parts: ForceParts, actor: Actor) {
  const scope = scopeFor(actor, 'force.read');
  const rows = await parts.database.read(scope, (tx) => listNotes(tx, scope.units, shown));
  const nowMs = parts.clock.now();
  const items = rows.map(({ byId, at, readBy, path: _path, ...row }): z.input<typeof noteView> => ({
    ...row,
    unitName: parts.territory.unit(row.unitId)?.name ?? '',
    own: byId === actor.accountId,
    at: at.toISOString(),
    readBy: readBy.map(({ name, at: readAt }) => ({ name, at: new Date(readAt).toISOString() })),
    read: byId === actor.accountId || readBy.some(({ id }) => id === actor.accountId),
  }));
  const unread = items.filter(({ read, at }) => !read && Date.parse(at) > nowMs - freshMs).length;
  const units = scope.units.flatMap((id) => {
    const unit = parts.territory.unit(id);
    return unit === undefined ? [] : [{ id, name: unit.name }];
  });
  return { items, units, unread };
}

/** Writes what the next shift must know. Numbers of events nobody here may see are told back, not kept. */
export async function writeNote(
  parts: ForceParts,
  actor: Actor,
  body: { opId: string; unitId: string; words: string; events: readonly string[] },
): Promise<Recorded & { id: string; unknown: string[] }> {
  const byId = selfOf(actor);
  const scope = scopeFor(actor, 'force.read');
  if (!scope.units.includes(body.unitId))
    throw new AppError('not_found', 'There is no such unit of yours. Hand-over notes are written within one unit.');
  const { path } = unitPlace(parts, body.unitId);
  const events = await parts.findEvents(actor, body.events);
  const numbers = new Set(events.map(({ number }) => number));
  return run(parts, actor, { route: 'force.hand_over', scope, body }, async (work) => {
    const id = uuidV7(work.nowMs);
    const shift = (await listOwnShifts(work.tx, byId, work.nowMs, 1)).find(
      ({ unitId, startsAt }) => unitId === body.unitId && startsAt.getTime() <= work.nowMs,
    );
    await insertNote(work.tx, {
      id,
      unitId: body.unitId,
      path,
      district: districtOf(path),
      day: shift?.day ?? dayOf(work.nowMs),
      code: shift?.code ?? null,
      words: body.words,
      events,
      byId,
      nowMs: work.nowMs,
    });
    const line = await note(work, {
      action: 'force.hand_over',
      subject: { type: 'hand_over', id },
      path,
      data: { unitId: body.unitId, code: shift?.code ?? null, events: events.map(({ id: eventId }) => eventId) },
      words: { words: body.words },
      units: [body.unitId],
    });
    return { id, ...line, unknown: body.events.filter((number) => !numbers.has(number)) };
  });
}

/** The next shift has read it. @throws AppError not_found */
export function tickNote(parts: ForceParts, actor: Actor, id: string, body: { opId: string }): Promise<Recorded> {
  const accountId = selfOf(actor);
  const scope = scopeFor(actor, 'force.read');
  return run(parts, actor, { route: 'force.hand_over_read', scope, body, params: { id } }, async (work) => {
    const found = await findNote(work.tx, scope.units, id);
    if (found === undefined)
      throw new AppError('not_found', 'There is no such hand-over note, or it is not of your unit. Reload the list.');
    await insertRead(work.tx, id, accountId, work.nowMs);
    return note(work, {
      action: 'force.hand_over_read',
      subject: { type: 'hand_over', id },
      path: found.path,
      units: [found.unitId],
    });
  });
}
