import type { analyticsUnitRoutes } from '#contract/analytics-units.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { dayOf, startOf } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { grantsFor, ledgerActorOf, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { readWords } from './dictionary.ts';
import type { AnalyticsParts } from './parts.ts';
import { judgeMarks, pairsOf, quarterDays, quarterOf, type Pair } from './rules-rating.ts';
import { findEnded, insertRating, listEnded, lockRating, saveAnswer, type EndedCase } from './store-rating.ts';

type Routes = typeof analyticsUnitRoutes;
type Body = Input<Routes['rate']>['body'];
type Done = Output<Routes['rate']>;

/** Cases a quarter's rating is looked for among. */
export const quarterCases = 2000;

/** May the actor rate for this unit? The appointment must be at that unit. */
export const ratesFor = (actor: Actor, unitId: string): boolean =>
  grantsFor(actor, 'department.rate', { path: [], units: [unitId] }).length > 0;

const absent = (): AppError =>
  new AppError('not_found', 'There is nothing here that your unit may rate: choose from the list of what is due.');

/**
 * One unit rates another it worked with: over a case that ended, or a quarter in which they had cases together.
 * @throws AppError not_found, bad_input, reason_needed, already_exists
 */
export async function rateUnit(parts: AnalyticsParts, actor: Actor, body: Body): Promise<Done> {
  if (!ratesFor(actor, body.raterUnitId)) throw absent();
  if ((body.eventId === undefined) === (body.quarter === undefined))
    throw new AppError('bad_input', 'eventId, quarter: expected one of the two, found both or none.', {
      field: 'quarter',
    });
  const op = { opId: body.opId, actor: senderOf(actor), route: 'department_rating.rate', request: body };
  return once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const { pair, found } = await subjectOf(parts, tx, body, nowMs);
    const criteria = [...readWords().criteria.values()];
    const lowest = judgeMarks(criteria, pair.side, body.marks, body.reason);
    const id = uuidV7(nowMs);
    const path = lowerPath(parts, pair, found);
    const made = await insertRating(tx, {
      id,
      district: found.district,
      path,
      raterUnitId: pair.raterId,
      ratedUnitId: pair.ratedId,
      eventId: body.eventId ?? null,
      quarter: body.quarter ?? null,
      marks: body.marks,
      lowest,
      reason: body.reason,
      ratedBy: actor.accountId,
      ratedAt: new Date(nowMs),
    });
    if (!made) throw new AppError('already_exists', 'Your unit has rated this already: each case and quarter once.');
    const ledgerId = await append(tx, {
      actor: ledgerActorOf(actor, pair.raterId),
      action: 'department_rating.rate',
      subject: { type: 'department_rating', id },
      district: found.district,
      atMs: nowMs,
      data: {
        raterUnitId: pair.raterId, ratedUnitId: pair.ratedId, eventId: body.eventId ?? null,
        quarter: body.quarter ?? null, marks: body.marks,
      }, // prettier-ignore
      words: { reason: body.reason },
      audience: [`u:${pair.raterId}`, `u:${pair.ratedId}`],
      opId: body.opId,
    });
    return { id, version: 1, at: toIso(nowMs), ledgerId };
  });
}

/** The area of the lower of the two units: whoever reads figures there reads the rating. */
function lowerPath({ territory }: AnalyticsParts, pair: Pair, found: EndedCase): string[] {
  const lower = territory.unit(pair.side === 'up' ? pair.raterId : pair.ratedId);
  return [...((lower === undefined ? undefined : territory.area(lower.areaCode)?.path) ?? found.path)];
}

async function subjectOf(
  parts: AnalyticsParts,
  tx: Tx,
  { eventId, quarter, raterUnitId, ratedUnitId }: Body,
  nowMs: number,
): Promise<{ pair: Pair; found: EndedCase }> {
  const cases =
    eventId === undefined
      ? await casesOfQuarter(parts, tx, raterUnitId, quarter ?? '', nowMs)
      : [await findEnded(tx, eventId)];
  for (const found of cases) {
    if (found === undefined) continue;
    const pair = pairsOf(found, parts.territory).find(
      (one) => one.raterId === raterUnitId && one.ratedId === ratedUnitId,
    );
    if (pair !== undefined) return { pair, found };
  }
  throw absent();
}

async function casesOfQuarter(
  { territory }: AnalyticsParts,
  tx: Tx,
  unitId: string,
  quarter: string,
  nowMs: number,
): Promise<EndedCase[]> {
  const { from, to } = quarterDays(quarter);
  if (quarter > quarterOf(dayOf(nowMs)).name)
    throw new AppError('bad_input', `quarter: expected one that has begun, found ${quarter}.`, { field: 'quarter' });
  const rows = await listEnded(tx, {
    units: [unitId],
    streets: streetsOf(territory, [unitId]),
    since: new Date(startOf(from)),
    limit: quarterCases,
  });
  return rows.filter(({ closedAt }) => dayOf(closedAt.getTime()) <= to);
}

/** Streets whose centre is one of these units. */
export function streetsOf(territory: AnalyticsParts['territory'], unitIds: readonly string[]): string[] {
  return unitIds.flatMap((id) => {
    const unit = territory.unit(id);
    const area = unit === undefined ? undefined : territory.area(unit.areaCode);
    return area?.tier === 'street' && territory.receiverOf(area.code)?.id === id ? [area.code] : [];
  });
}

/** The rated unit answers, once. @throws AppError not_found, version_conflict, transition_not_allowed */
export async function answerRating(
  parts: AnalyticsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['answer']>['body'],
): Promise<Done> {
  const op = { opId: body.opId, actor: senderOf(actor), route: 'department_rating.answer', request: { id, ...body } };
  return once(parts.database, systemScope, op, async (tx) => {
    const row = await lockRating(tx, id);
    if (row === undefined || !ratesFor(actor, row.ratedUnitId)) throw absent();
    if (row.answer !== null)
      throw new AppError('transition_not_allowed', 'This rating was answered already: a unit answers once.', {
        status: 'answered',
      });
    if (row.version !== body.version)
      throw new AppError('version_conflict', 'Somebody changed this in the meantime. Load it again.', {
        expected: body.version,
        found: row.version,
      });
    const nowMs = parts.clock.now();
    const version = row.version + 1;
    await saveAnswer(tx, { id, answer: body.answer, by: actor.accountId, at: new Date(nowMs), version });
    const ledgerId = await append(tx, {
      actor: ledgerActorOf(actor, row.ratedUnitId),
      action: 'department_rating.answer',
      subject: { type: 'department_rating', id },
      district: row.district,
      atMs: nowMs,
      data: { raterUnitId: row.raterUnitId, ratedUnitId: row.ratedUnitId },
      words: { answer: body.answer },
      audience: [`u:${row.raterUnitId}`, `u:${row.ratedUnitId}`],
      opId: body.opId,
    });
    return { id, version, at: toIso(nowMs), ledgerId };
  });
}
