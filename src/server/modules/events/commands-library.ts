import { fromCalendarJson } from '#engine/worktime/calendar-json.ts';
import { checkCalendar, toCalendarJson, type Calendar } from '#engine/worktime/calendar.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActorOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { type Kit } from './act.ts';
import type { Category, Rule } from './library.ts';
import { schemeVersion } from './seed.ts';
import {
  insertVersion,
  listRules,
  lockLibrary,
  readCalendar,
  readStamp,
  saveCalendarRule,
  saveCategory,
  saveDays,
  type DayRow,
} from './store-library.ts';
import { retimeRunning } from './store-retime.ts';

interface Done {
  version: number;
  at: string;
  ledgerId: string;
}

interface Publication {
  opId: string;
  baseVersion: number;
  note: string;
  changes: readonly Rule[];
}

/** A new version: today's rules with those of `changes` in their place. Events keep the version they were made under. */
export async function publishLibrary(kit: Kit, actor: Actor, body: Publication): Promise<Done> {
  await assertChanges(kit, body.changes);
  return change(kit, actor, { opId: body.opId, route: 'library.publish', request: body }, (tx, nowMs) =>
    publishIn(tx, actor, nowMs, body),
  );
}

/** The same as part of another act; its dictionary is to be refreshed afterwards. @throws AppError version_conflict */
export async function publishIn(
  tx: Tx,
  actor: Actor,
  nowMs: number,
  { opId, baseVersion, note, changes }: Omit<Publication, 'opId'> & { opId: string | null },
): Promise<Done> {
  await lockLibrary(tx);
  const current = (await readStamp(tx))?.version ?? 0;
  if (current !== baseVersion) {
    throw new AppError(
      'version_conflict',
      `You edited version ${baseVersion}; version ${current} was published meanwhile. Look at it, then publish again.`,
      { version: current },
    );
  }
  const rules = new Map((await listRules(tx, current)).map((rule) => [rule.categoryCode, rule]));
  for (const rule of changes) rules.set(rule.categoryCode, rule);
  const version = current + 1;
  await insertVersion(tx, { version, note, by: actor.accountId }, [...rules.values()]);
  const data = { version, changed: changes.map((rule) => rule.categoryCode) };
  const line = { action: 'library.publish', id: String(version), data, words: { note }, opId };
  const ledgerId = await record(tx, actor, nowMs, line);
  return { version, at: toIso(nowMs), ledgerId };
}

/** @throws AppError bad_input for categories nobody knows, areas nobody knows, and one area named twice in a rule */
export async function assertChanges(kit: Kit, changes: readonly Rule[]): Promise<void> {
  const { categories } = await kit.dictionary.get();
  const strange = changes.filter((rule) => !categories.has(rule.categoryCode)).map((rule) => rule.categoryCode);
  if (strange.length > 0)
    throw new AppError(
      'bad_input',
      `changes: expected categories of the library, found ${strange.slice(0, 5).join(', ')}. Add the category first.`,
    );
  for (const { categoryCode, areas } of changes) {
    const codes = areas.map(({ areaCode }) => areaCode);
    const wrong = codes.find((code, k) => kit.territory.area(code) === undefined || codes.indexOf(code) !== k);
    if (wrong !== undefined)
      throw new AppError(
        'bad_input',
        `changes: expected known areas, each once, in the rule of ${categoryCode}, found ${wrong}. Choose from the list.`,
      );
  }
}

export async function saveOneCategory(kit: Kit, actor: Actor, body: Category & { opId: string }): Promise<Done> {
  const { opId, ...category } = body;
  const { categories, version } = await kit.dictionary.get();
  for (let at: string | null = category.parentCode; at !== null; at = categories.get(at)?.parentCode ?? null) {
    if (at === category.code) throw new AppError('bad_input', 'parentCode: a category cannot lie inside itself.');
    if (!categories.has(at))
      throw new AppError('bad_input', `parentCode: expected a category of the library, found "${at}".`);
  }
  return change(kit, actor, { opId, route: 'library.save_category', request: body }, async (tx, nowMs) => {
    await saveCategory(tx, { ...category, schemeVersion });
    const before = categories.get(category.code);
    const data = {
      code: category.code,
      isNew: before === undefined,
      nameBefore: before?.name ?? null,
      name: category.name,
      retired: category.retired,
      publicReport: category.publicReport,
      parentCode: category.parentCode,
    };
    const ledgerId = await record(tx, actor, nowMs, { action: 'library.save_category', id: category.code, data, opId });
    return { version, at: toIso(nowMs), ledgerId };
  });
}

interface CalendarBody {
  opId: string;
  days: readonly Omit<DayRow, 'source'>[];
  removeDays: readonly string[];
  weekly?: readonly (readonly (readonly [number, number])[])[] | undefined;
  coverageFrom?: string | undefined;
  coverageUntil?: string | undefined;
}

/** Days and hours change; every running clock that counts them is worked out again, in the same transaction. */
export async function saveCalendar(kit: Kit, actor: Actor, body: CalendarBody): Promise<Done & { retimed: number }> {
  const { version } = await kit.dictionary.get();
  return change(kit, actor, { opId: body.opId, route: 'calendar.save', request: body }, async (tx, nowMs) => {
    await lockLibrary(tx);
    const next = apply(await readCalendar(tx), body);
    await saveDays(
      tx,
      body.days.map((day) => ({ ...day, source: 'desk' })),
      body.removeDays,
    );
    await saveCalendarRule(tx, next);
    const retimed = await retimeRunning(tx, next);
    const data = {
      days: body.days.map((day) => `${day.date} ${day.kind}`),
      removed: body.removeDays,
      coverageFrom: next.coverageFrom,
      coverageUntil: next.coverageUntil,
      weeklyChanged: body.weekly !== undefined,
      retimed,
    };
    const ledgerId = await record(tx, actor, nowMs, { action: 'calendar.save', id: 'calendar', data, opId: body.opId });
    return { version, at: toIso(nowMs), ledgerId, retimed };
  });
}

/** The calendar with the changes, checked. @throws AppError bad_input naming the fault */
function apply(calendar: Calendar, body: CalendarBody): Calendar {
  const json = toCalendarJson(calendar);
  const days = new Map(json.days.map((day) => [day.date, day]));
  for (const date of body.removeDays) days.delete(date);
  for (const { date, kind, name, segments } of body.days)
    days.set(date, {
      date,
      kind,
      name,
      ...(segments === null ? {} : { segments: segments.map(([from, to]) => [from, to]) }),
    });
  return checkCalendar(
    fromCalendarJson({
      ...json,
      days: [...days.values()],
      weekly: body.weekly ?? json.weekly,
      coverageFrom: body.coverageFrom ?? json.coverageFrom,
      coverageUntil: body.coverageUntil ?? json.coverageUntil,
    }),
  );
}

async function change<T>(
  kit: Kit,
  actor: Actor,
  op: { opId: string; route: string; request: unknown },
  work: (tx: Tx, nowMs: number) => Promise<T>,
): Promise<T> {
  const answer = await once(kit.database, systemScope, { ...op, actor: actor.accountId ?? actor.kind }, (tx) =>
    work(tx, kit.clock.now()),
  );
  await kit.dictionary.refresh();
  return answer;
}

function record(
  tx: Tx,
  actor: Actor,
  atMs: number,
  line: {
    action: string;
    id: string;
    data: Record<string, unknown>;
    words?: Record<string, unknown>;
    opId: string | null;
  },
): Promise<string> {
  const unitId = actor.grants[0]?.unitId ?? null;
  return append(tx, {
    actor: ledgerActorOf(actor, unitId),
    action: line.action,
    subject: { type: 'library', id: line.id },
    district: '000000',
    atMs,
    data: line.data,
    words: line.words ?? {},
    opId: line.opId,
  });
}
