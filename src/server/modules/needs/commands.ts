import type { needRoutes } from '#contract/needs.ts';
import type { NeedState } from '#contract/needs-views.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { hear, recount, understand } from './hear.ts';
import {
  absent,
  assertSeen,
  holdsNeed,
  lockOwn,
  note,
  run,
  type NeedsParts,
  type Recorded,
  type Work,
} from './parts.ts';
import { readDetail } from './queries.ts';
import { assertJoinable, assertSettles } from './rules-state.ts';
import { sumVoices } from './rules-sum.ts';
import { findNeed, insertNeed, saveNeed, type NeedRow } from './store.ts';
import { listVoices, moveVoices } from './store-voice.ts';

type Routes = typeof needRoutes;
type Changed = Output<Routes['describe']>;

/** What somebody at the desk or on the way heard. @throws AppError bad_input, not_found for an area that is not theirs */
export async function recordVoice(
  parts: NeedsParts,
  actor: Actor,
  body: Input<Routes['hear']>['body'],
): Promise<Output<Routes['hear']>> {
  const { opId, lon, lat, saidAt, at: madeAt, ...rest } = body;
  const said = saidAt ?? madeAt ?? null;
  const told = lon === null || lat === null ? null : ([lon, lat] as const);
  const isOwn = (at: typeof told): boolean => {
    const { area } = understand(parts, { ...rest, point: at });
    return holdsNeed(actor, 'need.record', { path: [...area.path] });
  };
  // A phone that stands across the border, or thinks so: the area that was named counts.
  const point = told !== null && rest.areaCode !== null && !isOwn(told) ? null : told;
  if (!isOwn(point)) throw absent();
  return run(parts, actor, { route: 'need.hear', opId, request: body }, async (work) => {
    const saidMs = said === null ? work.nowMs : Math.min(Date.parse(said), work.nowMs);
    const heard = await hear(parts, work, { ...rest, point, saidMs, source: 'desk', sourceRef: opId });
    if (heard.line === null) throw new Error('An operation is run once, so its voice is new.');
    const changed = await show(parts, work, { id: heard.needId, line: heard.line });
    return { ...changed, joined: heard.joinedBy !== 'first' };
  });
}

/** Confirms or changes the class, or the name. @throws AppError not_found, version_conflict, transition_not_allowed, bad_input */
export function describeNeed(
  parts: NeedsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['describe']>['body'],
): Promise<Changed> {
  const { classCode, title, reason } = body;
  if (classCode !== undefined && !parts.words.classes.has(classCode))
    throw new AppError('bad_input', `classCode: expected a code of /api/need-words, found ${classCode}.`, {
      field: 'classCode',
    });
  return change(parts, actor, { id, route: 'need.describe', body }, async (work, need) => {
    assertJoinable(need.state);
    await saveNeed(work.tx, {
      ...need,
      ...(classCode === undefined ? {} : { classCode, classFrom: 'hand' as const }),
      title: title ?? need.title,
    });
    const data = { classCode: classCode ?? need.classCode, from: need.classCode };
    return note(work, need, { action: 'need.describe', data, words: { title: title ?? '', reason } });
  });
}

/** Listed, declined, met or open again, with the reason. @throws AppError as the others */
export function settleNeed(
  parts: NeedsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['settle']>['body'],
): Promise<Changed> {
  return change(parts, actor, { id, route: 'need.state', body }, (work, need) => settle(work, need, body));
}

async function settle(work: Work, need: NeedRow, { state, reason }: { state: NeedState; reason: string }) {
  assertSettles(need.state, state);
  await saveNeed(work.tx, { ...need, state, reason });
  return note(work, need, { action: 'need.state', data: { from: need.state, to: state }, words: { reason } });
}

/** For modules above, in their transaction: a project plans or meets a need. @throws AppError not_found, transition_not_allowed */
export async function setState(
  parts: Pick<NeedsParts, 'clock'>,
  tx: Tx,
  { needId, state, reason }: { needId: string; state: 'open' | 'listed' | 'planned' | 'met'; reason: string },
  actor: Actor,
): Promise<void> {
  const need = await findNeed(tx, needId, 'lock');
  if (need === undefined) throw absent();
  if (need.state === state) return;
  await settle({ tx, actor, nowMs: parts.clock.now(), opId: null }, need, { state, reason });
}

/** Voices of others come here; they stay as they are, pointing here. @throws AppError as the others */
export function mergeNeeds(
  parts: NeedsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['merge']>['body'],
): Promise<Changed> {
  return change(parts, actor, { id, route: 'need.merge', body }, async (work, need) => {
    assertJoinable(need.state);
    const moved: { id: string; voices: number }[] = [];
    // In one order, so that two who merge crosswise do not wait for one another for ever.
    for (const one of body.from.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      if (one.id === id)
        throw new AppError('bad_input', 'from: a need cannot be merged into itself.', { field: 'from' });
      const other = await lockOwn(work.tx, actor, one.id, 'circle.plan');
      assertSeen(other, one.version);
      assertJoinable(other.state);
      if (other.district !== need.district)
        throw new AppError('bad_input', 'from: expected needs of the same district.', { field: 'from' });
      const ids = await moveVoices(work.tx, { from: other.id, to: id });
      await recount(parts, work.tx, other.id);
      await saveNeed(work.tx, { ...other, state: 'merged', mergedInto: id, reason: body.reason });
      await note(work, other, {
        action: 'need.merge',
        data: { into: id, voices: ids.length },
        words: { reason: body.reason },
      });
      moved.push({ id: other.id, voices: ids.length });
    }
    await recount(parts, work.tx, id);
    return note(work, need, { action: 'need.merge', data: { from: moved }, words: { reason: body.reason } });
  });
}

/** Some voices become a need of their own. @throws AppError as the others */
export async function splitNeed(
  parts: NeedsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['split']>['body'],
): Promise<Output<Routes['split']>> {
  const { classCode, title, reason } = body;
  if (classCode !== null && !parts.words.classes.has(classCode))
    throw new AppError('bad_input', `classCode: expected a code of /api/need-words, found ${classCode}.`, {
      field: 'classCode',
    });
  return run(parts, actor, { route: 'need.split', opId: body.opId, request: { id, ...body } }, async (work) => {
    const need = await lockOwn(work.tx, actor, id, 'circle.plan');
    assertSeen(need, body.version);
    assertJoinable(need.state);
    const wanted = new Set(body.voices);
    const going = (await listVoices(work.tx, [id])).filter((one) => wanted.has(one.id));
    if (going.length !== wanted.size || going.length === need.voices)
      throw new AppError('bad_input', 'voices: expected some, not all, of the voices of this need.', {
        field: 'voices',
      });
    const made = uuidV7(work.nowMs);
    const sums = sumVoices(
      going.map((one) => ({
        ...one,
        saidMs: one.saidAt.getTime(),
        path: parts.territory.area(one.areaCode)?.path ?? [one.areaCode],
      })),
      1,
    );
    const classFrom = classCode === null ? 'none' : 'hand';
    await insertNeed(work.tx, { ...sums, id: made, classCode, classFrom, title, district: need.district });
    await moveVoices(work.tx, { from: id, to: made, ids: body.voices });
    await recount(parts, work.tx, id);
    await recount(parts, work.tx, made);
    const data = { voices: going.length };
    await note(work, { ...need, id: made }, { action: 'need.split', data: { ...data, from: id }, words: { reason } });
    const line = await note(work, need, { action: 'need.split', data: { ...data, made }, words: { reason } });
    return { ...(await show(parts, work, { id, line })), made };
  });
}

interface Wish {
  id: string;
  route: string;
  body: { opId: string; version: number };
}

function change(
  parts: NeedsParts,
  actor: Actor,
  { id, route, body }: Wish,
  deed: (work: Work & { opId: string }, need: NeedRow) => Promise<Recorded>,
): Promise<Changed> {
  return run(parts, actor, { route, opId: body.opId, request: { id, ...body } }, async (work) => {
    const need = await lockOwn(work.tx, actor, id, 'circle.plan');
    assertSeen(need, body.version);
    return show(parts, work, { id, line: await deed(work, need) });
  });
}

async function show(
  parts: NeedsParts,
  { tx, actor }: Work,
  { id, line }: { id: string; line: Recorded },
): Promise<Changed> {
  const need = await findNeed(tx, id);
  if (need === undefined) throw absent();
  return { need: await readDetail(parts, tx, need, actor), ...line };
}
