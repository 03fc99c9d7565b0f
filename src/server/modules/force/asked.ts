import type * as z from 'zod';
import type { AskedTaskView, burdenRoutes } from '#contract/burden.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Scope } from '#server/db/scope.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { assertMayAsk, readAreaBurden } from './burden.ts';
import { ruleOf, type ForceWords } from './dictionary.ts';
import {
  areaPath,
  areasUnder,
  note,
  reaches,
  run,
  selfOf,
  unitPlace,
  type ForceParts,
  type Recorded,
} from './parts.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { minutesAWeek, problemsOf, timesBetween } from './rules.ts';
import {
  insertAsked,
  listAnswers,
  listAsked,
  lockAsked,
  saveAnswer,
  saveWithdrawn,
  type AnswerRow,
  type AskedRow,
} from './store-asked.ts';

/** Tasks somebody wants to put on grid workers: with source, legal base, time and end; a street may refuse them. */

type Routes = typeof burdenRoutes;
type Wish = Input<Routes['ask']>['body'];
type Overlap = AskedTaskView['overlaps'][number];

/** What is collected already, of what is to be filled in: by the words people use for it. */
export function overlapsOf({ known }: ForceWords, fields: readonly string[]): Overlap[] {
  return fields.flatMap((field) =>
    [...known.values()]
      .filter(({ name, words }) => [name, ...words].some((word) => field.includes(word)))
      .map(({ code, name, where, whereEn }) => ({ field, code, name, where, whereEn })),
  );
}

const rulesOf = (words: ForceWords) => ({
  noticeOnceDays: ruleOf(words, 'notice_once_days'),
  noticeRecurringDays: ruleOf(words, 'notice_recurring_days'),
  longestDays: ruleOf(words, 'longest_days'),
});

/** Before anything is sent: on whom it would fall and how heavily, what is known already, whether there is time. */
export async function checkTask(
  parts: ForceParts,
  actor: Actor,
  wish: Input<Routes['check']>['body'],
): Promise<Output<Routes['check']>> {
  const burden = await readAreaBurden(parts, actor, wish.areas, wish.roles);
  const workers = burden.items.reduce((sum, one) => sum + one.workers, 0);
  const times = timesBetween(wish, wish.dueDay, wish.lastDay);
  return {
    problems: problemsOf(wish, dayOf(parts.clock.now()), rulesOf(parts.words)),
    overlaps: overlapsOf(parts.words, wish.fields),
    areas: burden.items,
    workers,
    minutesAWeek: minutesAWeek(wish),
    hoursInAll: Math.round((workers * times * wish.minutes) / 6) / 10,
  };
}

/** @throws AppError bad_input when notice is too short or it would run too long, not_found for areas out of reach */
export function askTask(parts: ForceParts, actor: Actor, body: Wish): Promise<Recorded & { id: string }> {
  const byId = selfOf(actor);
  for (const code of body.areas) assertMayAsk(parts, actor, code);
  const unitId = actor.grants.find(({ permissions }) => permissions.has('burden.ask'))?.unitId;
  if (unitId === undefined) throw new AppError('not_allowed', 'None of your appointments lets you ask for tasks.');
  const { path } = unitPlace(parts, unitId);
  const scope = scopeFor(actor, 'burden.ask');
  return run(parts, actor, { route: 'force.task_ask', scope, body }, async (work) => {
    const [problem] = problemsOf(body, dayOf(work.nowMs), rulesOf(parts.words));
    if (problem !== undefined)
      throw new AppError('bad_input', `${problem} Those who do the work need notice, and an end to it.`, {
        field: problem.split(':')[0],
      });
    const areas = [...new Set(body.areas)].map((code) => ({ code, path: areaPath(parts, code) }));
    const id = uuidV7(work.nowMs);
    const receivers = areas.flatMap(({ code }) => parts.territory.receiverOf(code)?.id ?? []);
    const known = [...new Set(overlapsOf(parts.words, body.fields).map(({ code }) => code))];
    const { opId: _opId, areas: _areas, ...task } = body;
    await insertAsked(work.tx, {
      ...task,
      id,
      unitId,
      byId,
      reach: [...new Set([...path, ...areas.flatMap((area) => [...area.path])])],
      district: districtOf(path),
      known,
      areas,
      nowMs: work.nowMs,
    });
    const line = await note(work, {
      action: 'force.task_ask',
      subject: { type: 'asked_task', id },
      path,
      data: {
        unitId,
        areas: areas.map(({ code }) => code),
        every: body.every,
        minutes: body.minutes,
        photos: body.photos,
        dueDay: body.dueDay,
        lastDay: body.lastDay,
        known,
        renews: body.renews,
        receiverUnitIds: receivers,
      },
      words: { title: body.title, source: body.source, legalBase: body.legalBase },
      units: [unitId, ...receivers],
    });
    return { id, ...line };
  });
}

/** The street's word on one area: it may refuse, and says why. @throws AppError not_found, reason_needed, transition_not_allowed */
export function answerTask(
  parts: ForceParts,
  actor: Actor,
  id: string,
  body: Input<Routes['answer']>['body'],
): Promise<Recorded> {
  const byId = selfOf(actor);
  const scope = scopeFor(actor, 'force.edit');
  const command = { route: 'force.task_answer', scope, body, params: { id } };
  return run(parts, actor, command, async (work) => {
    const task = await lockAsked(work.tx, scope, id);
    const answer = (await listAnswers(work.tx, [id])).get(id)?.find(({ areaCode }) => areaCode === body.areaCode);
    if (task === undefined || answer === undefined || !mayAnswer(actor, answer))
      throw new AppError('not_found', 'There is no such task for an area you answer for. Reload the register.');
    if (answer.state !== 'waiting' || stateOf(task, [answer], dayOf(work.nowMs)) !== 'waiting')
      throw new AppError('transition_not_allowed', 'This can no longer be answered. Reload the register.');
    if (!body.accept && body.reason.length < 2)
      throw new AppError('reason_needed', 'reason: say why it is refused, so that whoever asked can do better.', {
        field: 'reason',
      });
    const state = body.accept ? 'accepted' : 'refused';
    await saveAnswer(work.tx, {
      taskId: id,
      areaCode: body.areaCode,
      state,
      reason: body.reason,
      byId,
      nowMs: work.nowMs,
    });
    return note(work, {
      action: body.accept ? 'force.task_accept' : 'force.task_refuse',
      subject: { type: 'asked_task', id },
      path: answer.path,
      data: { areaCode: body.areaCode, unitId: task.unitId },
      words: { reason: body.reason },
      units: [task.unitId],
      accounts: [task.byId],
    });
  });
}

/** Whoever answers for the people there; never the asker's own unit in a street above its workers' heads. */
function mayAnswer(actor: Actor, { path }: AnswerRow): boolean {
  return reaches(actor, 'force.edit', { path, unitId: null });
}

/** @throws AppError not_found */
export function withdrawTask(parts: ForceParts, actor: Actor, id: string, body: { opId: string }): Promise<Recorded> {
  const scope = scopeFor(actor, 'burden.ask');
  return run(parts, actor, { route: 'force.task_withdraw', scope, body, params: { id } }, async (work) => {
    const task = await lockAsked(work.tx, scope, id);
    if (task === undefined || task.withdrawnAt !== null || !scope.units.includes(task.unitId))
      throw new AppError(
        'not_found',
        'Your unit has asked for no such task, or it was withdrawn. Reload the register.',
      );
    await saveWithdrawn(work.tx, id, work.nowMs);
    return note(work, {
      action: 'force.task_withdraw',
      subject: { type: 'asked_task', id },
      path: unitPlace(parts, task.unitId).path,
      data: { unitId: task.unitId },
      units: [task.unitId],
    });
  });
}

/** A task runs while one street has accepted it; after its last day it has ended by itself. */
export function stateOf(
  task: Pick<AskedRow, 'withdrawnAt' | 'lastDay'>,
  answers: readonly Pick<AnswerRow, 'state'>[],
  today: string,
): AskedTaskView['state'] {
  if (task.withdrawnAt !== null) return 'withdrawn';
  if (task.lastDay < today) return 'expired';
  if (answers.some(({ state }) => state === 'accepted')) return 'running';
  return answers.some(({ state }) => state === 'waiting') ? 'waiting' : 'refused';
}

/** What the actor sees of the register: by the force they read, and by what they may ask for. */
function registerScope(parts: ForceParts, actor: Actor): Scope {
  const [reads, asks] = [scopeFor(actor, 'force.read'), scopeFor(actor, 'burden.ask')];
  return {
    seeAll: false,
    areas: [...new Set([...reads.areas, ...areasUnder(parts, actor, 'burden.ask')])],
    units: [...new Set([...reads.units, ...asks.units])],
    accountId: null,
  };
}

export async function listTasks(
  parts: ForceParts,
  actor: Actor,
  show: 'open' | 'all',
): Promise<Output<Routes['list']>> {
  const scope = registerScope(parts, actor);
  // Communities and streets over the viewer's own grids: the second net is as wide as these, the query itself is exact.
  const above = [
    ...new Set(
      scope.areas.flatMap((code) => parts.territory.area(code)?.path ?? []).filter((code) => code.length >= 9),
    ),
  ];
  const today = dayOf(parts.clock.now());
  const net = { ...scope, areas: [...new Set([...scope.areas, ...above])] };
  const { rows, answers } = await parts.database.read(net, async (tx) => {
    const found = await listAsked(tx, scope, { fromDay: show === 'open' ? today : null, above });
    const ids = found.map(({ id }) => id);
    return { rows: found, answers: await listAnswers(tx, ids) };
  });
  const items = rows.map((row) => toView(parts, actor, row, answers.get(row.id) ?? []));
  return { items, askers: askersOf(parts, actor, items) };
}

function toView(
  parts: ForceParts,
  actor: Actor,
  row: AskedRow,
  answers: readonly AnswerRow[],
): z.input<Routes['list']['response']>['items'][number] {
  const { byId: _byId, askedAt, withdrawnAt: _withdrawnAt, ...facts } = row;
  const state = stateOf(row, answers, dayOf(parts.clock.now()));
  const own = scopeFor(actor, 'burden.ask').units.includes(row.unitId);
  return {
    ...facts,
    unitName: parts.territory.unit(row.unitId)?.name ?? '',
    overlaps: overlapsOf(parts.words, row.fields),
    askedAt: askedAt.toISOString(),
    state,
    mayWithdraw: (state === 'waiting' || state === 'running') && own,
    mayRenew: (state === 'running' || state === 'expired') && own,
    answers: answers.map((one) => ({
      areaCode: one.areaCode,
      areaName: parts.territory.area(one.areaCode)?.name ?? one.areaCode,
      state: one.state,
      reason: one.reason,
      answeredAt: one.answeredAt?.toISOString() ?? null,
      mayAnswer: one.state === 'waiting' && (state === 'waiting' || state === 'running') && mayAnswer(actor, one),
    })),
  };
}

/** How much each unit below the viewer asks, and how much of it is refused: for those above it, by name of the unit. */
function askersOf(
  parts: ForceParts,
  actor: Actor,
  items: readonly { unitId: string; unitName: string; answers: readonly { state: string }[] }[],
) {
  const above = scopeFor(actor, 'burden.ask').areas;
  return [...Map.groupBy(items, ({ unitId }) => unitId)]
    .filter(([unitId]) => unitPlace(parts, unitId).path.some((code) => above.includes(code)))
    .map(([unitId, list]) => {
      const answers = list.flatMap((one) => [...one.answers]);
      const count = (state: string): number => answers.filter((one) => one.state === state).length;
      return {
        unitId,
        unitName: list[0]?.unitName ?? '',
        asked: list.length,
        accepted: count('accepted'),
        refused: count('refused'),
      };
    })
    .toSorted((a, b) => a.unitName.localeCompare(b.unitName, 'zh'));
}
