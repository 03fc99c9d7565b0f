import { call } from '#web/app/call.ts';
import { ProblemError } from '#web/app/problem.ts';
import type { Receipt } from './command.ts';
import { dayApi, type InspectionTask, type VisitTask } from './field-api.ts';
import type { FieldStore } from './field-store.ts';
import { canSeal, newDayKey, sealingWith } from './locker.ts';

/** Names, telephones and doors of the day stay on the phone this long at most. */
export const dayLifeMs = 24 * 3_600_000;
const entry = 'day';
/** Names of forms being filled in, sealed like everything about people's homes. */
export const draftPrefix = 'draft:';

/** What this person is to do today at people's doors and at risk points. */
export interface Day {
  visits: VisitTask[];
  inspections: InspectionTask[];
  /** Epoch milliseconds of the last reading; null when none is kept. */
  savedMs: number | null;
}

export const emptyDay: Day = { visits: [], inspections: [], savedMs: null };

/** Whose day it is, and which of the two lists their offices ask for. */
export interface DayOwner {
  id: string;
  permissions: readonly string[];
}

/** Does this person have such days at all? */
export function hasDay({ permissions }: DayOwner): boolean {
  return permissions.includes('visit.do') || permissions.includes('inspection.do');
}

/**
 * Reads the day anew and keeps it under a key of its own; the day before, with its key, is gone. Nothing is kept where
 * nothing is left to do, or where the page has no cryptography. Throws as `call`.
 */
export async function pullDay(store: FieldStore, owner: DayOwner, nowMs: number): Promise<Day> {
  const may = (word: string): boolean => owner.permissions.includes(word);
  const [visits, inspections] = await Promise.all([
    may('visit.do') ? call(dayApi.visits, {}).catch(notOurs) : { items: [] },
    may('inspection.do') ? call(dayApi.inspections, {}).catch(notOurs) : { items: [] },
  ]);
  const day = { visits: visits.items, inspections: inspections.items, savedMs: nowMs };
  await keepDay(store, owner.id, day);
  return day;
}

/** The right was taken away since: then there is nothing of the kind to do. */
function notOurs(error: unknown): { items: [] } {
  if (error instanceof ProblemError && (error.code === 'not_allowed' || error.code === 'not_found'))
    return { items: [] };
  throw error;
}

/** Keeps a day in the place of the last one, which stays until the new one is sealed: a page may end at any moment. */
export async function keepDay(store: FieldStore, account: string, day: Day): Promise<void> {
  const isEmpty = day.visits.length + day.inspections.length === 0;
  // Nothing left to do: what was begun for a task that is gone goes with it.
  if (isEmpty) await store.dropSealed(draftPrefix);
  if (day.savedMs === null || isEmpty || !canSeal()) return wipeDay(store);
  const key = await newDayKey();
  const sealed = await sealingWith(async () => key).seal({ visits: day.visits, inspections: day.inspections });
  await store.replaceLocked(entry, key, { ...sealed, account, savedMs: day.savedMs });
}

/** The day this phone has kept for this person; what is another's, a day old or cannot be opened is wiped instead. */
export async function readDay(store: FieldStore, account: string, nowMs: number): Promise<Day> {
  await store.dropSealed(draftPrefix, nowMs - dayLifeMs);
  const kept = await store.findLocked(entry);
  if (kept !== undefined && kept.copy.account === account && !isOver(kept.copy.savedMs, nowMs)) {
    try {
      const { visits, inspections } = await sealingWith(async () => kept.key).open<Day>(kept.copy);
      return { visits, inspections, savedMs: kept.copy.savedMs };
    } catch {
      // Not ours to read after all: the same end as a day that is over.
    }
  }
  await wipeDay(store);
  return emptyDay;
}

/** The day is forgotten: the key first, so that what is interrupted leaves only noise. */
export async function wipeDay(store: FieldStore): Promise<void> {
  await store.dropKeys(entry);
  await store.dropSealed(entry);
}

/** The day without what the server has just acknowledged; what is still to be done of it comes with the next reading. */
export function withoutSent(day: Day, sent: readonly Pick<Receipt, 'about'>[]): Day {
  const gone = new Set(sent.flatMap(({ about }) => about?.id ?? []));
  const left = <T extends { id: string }>(items: readonly T[]): T[] => items.filter(({ id }) => !gone.has(id));
  return { ...day, visits: left(day.visits), inspections: left(day.inspections) };
}

/** Forgets a day that is over, whoever it belongs to. Called also where no page is open. */
export async function wipeOldDay(store: FieldStore, nowMs: number): Promise<void> {
  const kept = await store.findSealed(entry);
  if (kept !== undefined && isOver(kept.savedMs, nowMs)) await wipeDay(store);
  await store.dropSealed(draftPrefix, nowMs - dayLifeMs);
}

/** A clock that was set back counts as over too: the age can no longer be told. */
export function isOver(savedMs: number, nowMs: number): boolean {
  return nowMs - savedMs >= dayLifeMs || savedMs > nowMs + 5 * 60_000;
}

/** At sign-out and when another person signs in: no key and nothing sealed stays, but for commands nobody here can open. */
export async function wipeSealed(store: FieldStore): Promise<void> {
  await store.dropKeys();
  await store.dropSealed();
}
