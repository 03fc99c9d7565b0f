import { AppError } from '#kit/errors.ts';
import type { Unit } from '#server/modules/grids/index.ts';
import type { Criterion } from './dictionary.ts';

type Side = Criterion['side'];

/** What a case says of who worked on it: unit that leads, unit that owns it, and the centre of its street. */
export interface Worked {
  leadUnitId: string | null;
  ownerUnitId: string;
  street: string | null;
}

export interface Pair {
  raterId: string;
  ratedId: string;
  side: Side;
}

interface Territory {
  unit(id: string): Unit | undefined;
  receiverOf(areaCode: string): Unit | undefined;
}

const isDepartment = (unit: Unit | undefined): boolean => unit?.kind === 'department' || unit?.kind === 'agency';

/**
 * Who may rate whom over a case that ended: the street it lies in and the unit that owns it rate the department that
 * led; the department rates the street (or, without one, the owner). A street's own posts are not rated: they are the street.
 */
export function pairsOf(worked: Worked, territory: Territory): Pair[] {
  const lead = worked.leadUnitId === null ? undefined : territory.unit(worked.leadUnitId);
  if (lead === undefined || !isDepartment(lead)) return [];
  const street = worked.street === null ? undefined : territory.receiverOf(worked.street);
  const lower = [...new Set([street?.id, worked.ownerUnitId])].filter(
    (id): id is string => id !== undefined && id !== lead.id && !isDepartment(territory.unit(id)),
  );
  return [
    ...lower.map((id) => ({ raterId: id, ratedId: lead.id, side: 'up' as const })),
    ...lower.slice(0, 1).map((id) => ({ raterId: lead.id, ratedId: id, side: 'down' as const })),
  ];
}

/** Marks of all criteria of a side, a reason where one is low. Answers the lowest. @throws AppError bad_input, reason_needed */
export function judgeMarks(
  criteria: readonly Criterion[],
  side: Side,
  marks: Readonly<Record<string, number>>,
  reason: string,
): number {
  const asked = criteria.filter((one) => one.side === side);
  const strange = Object.keys(marks).find((code) => !asked.some((one) => one.code === code));
  const missing = asked.find(({ code }) => marks[code] === undefined);
  if (strange !== undefined || missing !== undefined)
    throw new AppError(
      'bad_input',
      `marks: expected one for each of ${asked.map(({ code }) => code).join(', ')}, found ${Object.keys(marks).join(', ')}.`,
      { field: 'marks' },
    );
  const low = asked.find(({ code, low: limit }) => (marks[code] ?? 5) <= limit);
  if (low !== undefined && reason === '')
    throw new AppError('reason_needed', `reason: expected one for a mark of ${low.low} or less (${low.name}).`, {
      field: 'reason',
    });
  return Math.min(...Object.values(marks));
}

/** '2026Q2' of a day, and its first and last day. */
export function quarterOf(day: string): { name: string; from: string; to: string } {
  return quarterDays(`${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`);
}

export function quarterDays(name: string): { name: string; from: string; to: string } {
  const year = Number(name.slice(0, 4));
  const first = Number(name.slice(5)) * 3 - 2;
  const last = new Date(Date.UTC(year, first + 2, 0)).toISOString().slice(0, 10);
  return { name, from: `${year}-${String(first).padStart(2, '0')}-01`, to: last };
}
