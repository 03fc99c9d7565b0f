import type * as z from 'zod';
import type { areaBurden, burdenWeek } from '#contract/burden.ts';
import { forceRoles } from '#contract/force-views.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { countActs, type ActCount } from '#server/modules/ledger/index.ts';
import { ruleOf, type ForceWords } from './dictionary.ts';
import { areasUnder, areaPath, reaches, selfOf, type ForceParts } from './parts.ts';
import { addDays, dayOf, startOf } from '#kit/shanghai-days.ts';
import { loadOf, mondayOf, timesBetween } from './rules.ts';
import { AppError } from '#kit/errors.ts';
import { listAccepted, type AcceptedTask } from './store-asked.ts';
import { listOffices, listWorkers } from './store-people.ts';

/**
 * What was asked of somebody, week by week, counted from what they did (ledger lines) and what was put on them (tasks a
 * street accepted). Minutes are estimates of db/data/burden-minutes.csv. Nobody is compared with anybody.
 */

type Week = z.input<typeof burdenWeek>;
type AreaBurden = z.input<typeof areaBurden>;

/** Fewer workers than this in one grid would tell about a single person: no figures then. */
const fewestWorkers = 3;
/** Ranges are told in whole steps of so many minutes. */
const step = 60;

/** One person's week: a pure sum over lines and accepted tasks. */
export function weekOf(
  words: ForceWords,
  monday: string,
  acts: readonly ActCount[],
  tasks: readonly AcceptedTask[],
): Week {
  const sunday = addDays(monday, 6);
  const done = acts.flatMap(({ action, times, photos }) => {
    const act = words.acts.get(action);
    return act === undefined ? [] : [{ act, times, photos }];
  });
  const asked = tasks.map((task) => ({ task, times: timesBetween(task, monday, sunday) }));
  const askedMinutes = asked.reduce((sum, { task, times }) => sum + times * task.minutes, 0);
  const actMinutes = done.reduce((sum, { act, times }) => sum + times * act.minutes, 0);
  return {
    monday,
    forms:
      done.reduce((sum, { act, times }) => sum + (act.form ? times : 0), 0) +
      asked.reduce((sum, { times }) => sum + times, 0),
    photos:
      done.reduce((sum, { photos }) => sum + photos, 0) +
      asked.reduce((sum, { task, times }) => sum + times * task.photos, 0),
    minutes: actMinutes + askedMinutes,
    askedMinutes,
    acts: done.map(({ act, times }) => ({
      action: act.code,
      name: act.name,
      nameEn: act.nameEn,
      times,
      minutes: times * act.minutes,
    })),
  };
}

/** The tasks that fall on somebody: of an area above or equal to one of theirs, for one of their roles. */
function tasksFor(
  tasks: readonly AcceptedTask[],
  { path, roles }: { path: readonly string[]; roles: readonly string[] },
): AcceptedTask[] {
  const mine = tasks.filter(
    ({ areaCode, roles: wanted }) => path.includes(areaCode) && wanted.some((one) => roles.includes(one)),
  );
  return [...new Map(mine.map((task) => [task.id, task])).values()];
}

/** One's own weeks, the running one first. Only the person themselves may ask. */
export async function readOwnBurden(parts: ForceParts, actor: Actor, weeks: number): Promise<{ weeks: Week[] }> {
  const accountId = selfOf(actor);
  const today = dayOf(parts.clock.now());
  const mondays = Array.from({ length: weeks }, (_, k) => addDays(mondayOf(today), -7 * k));
  const span = { from: mondays.at(-1) ?? today, to: addDays(mondayOf(today), 6) };
  return parts.database.read(systemScope, async (tx) => {
    const acts = await actsOf(parts, tx, [accountId], span);
    const offices = await listOffices(tx, accountId, today);
    const tasks = await listAccepted(tx, [...new Set(offices.flatMap(({ path }) => path))], span);
    const own = [
      ...new Map(
        offices.flatMap(({ path, role }) => tasksFor(tasks, { path, roles: [role] })).map((one) => [one.id, one]),
      ).values(),
    ];
    return {
      weeks: mondays.map((monday) =>
        weekOf(
          parts.words,
          monday,
          acts.filter((one) => one.monday === monday),
          own,
        ),
      ),
    };
  });
}

function actsOf(
  { words }: ForceParts,
  tx: Tx,
  actorIds: readonly string[],
  span: { from: string; to: string },
): Promise<ActCount[]> {
  return countActs(tx, {
    actorIds,
    actions: [...words.acts.keys()],
    fromMs: startOf(span.from),
    toMs: startOf(addDays(span.to, 1)),
  });
}

/**
 * Last week's load of the grids below an area, as a range: names only for whoever answers for those people, in the order
 * of their names. @throws AppError not_found for an area that is not the actor's to ask anything of
 */
export async function readAreaBurden(
  parts: ForceParts,
  actor: Actor,
  areas: readonly string[],
  roles: readonly string[] = forceRoles.filter((role) => role !== 'other'),
): Promise<{ monday: string; items: AreaBurden[] }> {
  for (const code of areas) assertMayAsk(parts, actor, code);
  const monday = addDays(mondayOf(dayOf(parts.clock.now())), -7);
  const span = { from: monday, to: addDays(monday, 6) };
  // What an asker may know of workers is decided here, not by what else they may see of them.
  const { workers, acts, tasks } = await parts.database.read(systemScope, async (tx) => {
    const wanted = { scope: systemScope, areas, roles, today: dayOf(parts.clock.now()), limit: 20_000 };
    const found = await listWorkers(tx, wanted);
    const paths = [...new Set(found.flatMap(({ path }) => path))];
    return {
      workers: found,
      acts: Map.groupBy(
        await actsOf(
          parts,
          tx,
          found.map(({ id }) => id),
          span,
        ),
        ({ actorId }) => actorId,
      ),
      tasks: await listAccepted(tx, paths, span),
    };
  });
  const loads = workers.map((one) => ({
    ...one,
    minutes: weekOf(parts.words, monday, acts.get(one.id) ?? [], tasksFor(tasks, one)).minutes,
  }));
  const byArea = Map.groupBy(loads, ({ areaCode }) => areaCode);
  return {
    monday,
    items: [...byArea]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([code, list]) => toAreaBurden(parts, actor, code, list)),
  };
}

function toAreaBurden(
  parts: ForceParts,
  actor: Actor,
  code: string,
  list: readonly { name: string; minutes: number; path: readonly string[]; unitId: string }[],
): AreaBurden {
  const limits = { middle: ruleOf(parts.words, 'middle_minutes'), heavy: ruleOf(parts.words, 'heavy_minutes') };
  const all = list.map(({ minutes }) => minutes).toSorted((a, b) => a - b);
  const [least = 0, most = 0] = [all[0], all.at(-1)];
  const few = list.length < fewestWorkers;
  const manages = list.every((one) => reaches(actor, 'force.edit', one));
  return {
    areaCode: code,
    areaName: parts.territory.area(code)?.name ?? code,
    workers: list.length,
    load: few ? null : loadOf(most, limits),
    minutesFrom: few ? null : Math.floor(least / step) * step,
    minutesTo: few ? null : Math.ceil(most / step) * step,
    people: manages ? list.map(({ name, minutes }) => ({ name, load: loadOf(minutes, limits) })) : [],
  };
}

/** @throws AppError bad_input, not_found */
export function assertMayAsk(parts: ForceParts, actor: Actor, areaCode: string): void {
  const path = areaPath(parts, areaCode, 'areas');
  if (areasUnder(parts, actor, 'burden.ask').some((code) => path.includes(code))) return;
  throw new AppError(
    'not_found',
    `areas: ${areaCode} lies outside what your appointments reach. Choose areas below your own.`,
    {
      field: 'areas',
    },
  );
}
