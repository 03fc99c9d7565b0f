import type * as z from 'zod';
import type { rosterView, shiftView } from '#contract/force-views.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { reaches, unitPlace, type ForceParts } from './parts.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { daysOf, gapsOf, type Pattern } from './rules.ts';
import { listOpenSwaps, listPatterns, listUnitShifts, type ShiftRow } from './store-duty.ts';
import { listLeaves } from './store-leave.ts';

type Shift = z.input<typeof shiftView>;

/** The shifts of a unit, or those every unit begins with. */
export async function patternsOf({ words }: ForceParts, tx: Tx, unitId: string): Promise<Pattern[]> {
  const own = await listPatterns(tx, unitId);
  if (own.length > 0) return own;
  return [...words.patterns.values()].map(({ code, name, nameEn, startMinute, minutes, needed }) => ({
    code,
    name,
    nameEn,
    startMinute,
    minutes,
    needed,
  }));
}

export function toShift({ territory }: ForceParts, row: ShiftRow, patterns: readonly Pattern[]): Shift {
  const pattern = patterns.find(({ code }) => code === row.code);
  return {
    id: row.id,
    unitId: row.unitId,
    unitName: territory.unit(row.unitId)?.name ?? '',
    code: row.code,
    name: pattern?.name ?? row.code,
    nameEn: pattern?.nameEn ?? row.code,
    day: row.day,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    person: { id: row.accountId, name: row.name },
  };
}

/** Shifts of several units, each named by the patterns of its own. */
export async function toShifts(parts: ForceParts, tx: Tx, rows: readonly ShiftRow[]): Promise<Shift[]> {
  const patterns = new Map<string, Pattern[]>();
  for (const unitId of new Set(rows.map((row) => row.unitId)))
    patterns.set(unitId, await patternsOf(parts, tx, unitId));
  return rows.map((row) => toShift(parts, row, patterns.get(row.unitId) ?? []));
}

/** Centres and committees whose roster the actor may see: their own first, then by area. */
export async function listRosters(parts: ForceParts, actor: Actor) {
  const { territory } = parts;
  const own = new Set(scopeFor(actor, 'force.read').units);
  const items = [...territory.maps().units.values()]
    .filter(({ kind }) => kind === 'centre' || kind === 'committee')
    .flatMap((unit) => {
      const area = territory.area(unit.areaCode);
      if (area === undefined || !reaches(actor, 'force.read', { path: area.path, unitId: unit.id })) return [];
      return [{ unitId: unit.id, name: unit.name, areaName: area.name, own: own.has(unit.id), code: area.code }];
    })
    .toSorted(
      (a, b) => Number(b.own) - Number(a.own) || a.code.localeCompare(b.code) || a.unitId.localeCompare(b.unitId),
    );
  return { items: items.slice(0, 200) };
}

/** One month of one unit. @throws AppError not_found */
export async function readRoster(
  parts: ForceParts,
  actor: Actor,
  unitId: string,
  wanted: string | undefined,
): Promise<z.input<typeof rosterView>> {
  const { name, path } = unitPlace(parts, unitId);
  if (!reaches(actor, 'force.read', { path, unitId }))
    throw new AppError('not_found', 'There is no such unit, or it is not yours to see. Choose one from the list.');
  const today = dayOf(parts.clock.now());
  const month = wanted ?? today.slice(0, 7);
  const days = daysOf(month);
  const [first = today, last = today] = [days[0], days.at(-1)];
  return parts.database.read(scopeFor(actor, 'force.read'), async (tx) => {
    const patterns = await patternsOf(parts, tx, unitId);
    const rows = await listUnitShifts(tx, unitId, first, last);
    const staff = await parts.staffOf(tx, unitId);
    const ids = new Set(staff.map(({ id }) => id));
    const leaves = await listLeaves(tx, scopeFor(actor, 'force.read'), { state: 'granted', from: first });
    const swaps = await listOpenSwaps(tx, { shiftIds: rows.map(({ id }) => id) });
    return {
      unit: { id: unitId, name },
      month,
      today,
      patterns,
      people: staff.map((one) => ({
        id: one.id,
        name: one.displayName,
        roles: [...new Set(one.appointments.map(({ role }) => role))],
      })),
      shifts: rows.map((row) => toShift(parts, row, patterns)),
      gaps: gapsOf(days, patterns, rows, today),
      leaves: leaves
        .filter(({ accountId, firstDay }) => ids.has(accountId) && firstDay <= last)
        .map(({ accountId, firstDay, lastDay }) => ({ personId: accountId, firstDay, lastDay })),
      swaps: swaps.map(({ shiftId, to }) => ({ shiftId, to })),
      mayEdit: reaches(actor, 'force.edit', { path, unitId }),
    };
  });
}
