/** 网格议事: a question, until when, how many must take part; then a result that stands. */
import type { groupRoutes } from '#contract/groups.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { systemActor, type Actor } from '#server/modules/identity/index.ts';
import { assertManages, noPoll, record } from './access.ts';
import { actInGroup } from './commands-message.ts';
import type { GroupsCtx, GroupsParts } from './parts.ts';
import { baseFor, baseOf } from './queries.ts';
import { neededFor, tally } from './rules.ts';
import { findGroup, touch, type GroupRow } from './store-group.ts';
import {
  closePollRow,
  countVotes,
  insertPoll,
  listDuePolls,
  lockPoll,
  saveMinutes,
  type PollResult,
  type PollRow,
} from './store-poll.ts';

type Routes = typeof groupRoutes;
type Done = Output<Routes['openPoll']>;
const longestDays = 180;

/** @throws AppError not_found, not_allowed, bad_input */
export function openPoll(
  parts: GroupsParts,
  ctx: GroupsCtx,
  { params, body }: Pick<Input<Routes['openPoll']>, 'params' | 'body'>,
): Promise<Done> {
  const made = { groupId: params.id, opId: body.opId, route: 'group.poll', request: { params, body } };
  return actInGroup(parts, ctx, made, async ({ tx, group, atMs }) => {
    assertManages(ctx.actor, group);
    const until = Date.parse(body.until);
    if (until <= atMs || until > atMs + longestDays * 86_400_000)
      throw new AppError('bad_input', `until: expected a time to come, at most ${longestDays} days from now.`, {
        field: 'until',
      });
    if (new Set(body.options).size !== body.options.length)
      throw new AppError('bad_input', 'options: expected options that differ.', { field: 'options' });
    if (group.platform !== 'in_app')
      throw new AppError('bad_input', 'Expected a group of our own: members of other platforms cannot vote here.');
    const { question, note, options, quorumOf, quorumPercent } = body;
    const poll = { id: uuidV7(atMs), groupId: group.id, district: group.district, question, note, options };
    const rest = { quorumOf, quorumPercent, until: new Date(until), createdBy: ctx.actor.accountId };
    await insertPoll(tx, { ...poll, ...rest, at: new Date(atMs) });
    await touch(tx, group.id, null);
    const ledgerId = await record(tx, {
      actor: ctx.actor,
      action: 'group.poll',
      group,
      subject: { type: 'group_poll', id: poll.id },
      atMs,
      data: { options: options.length, until: toIso(until), quorumOf, quorumPercent },
      words: { question, note, options },
      opId: body.opId,
    });
    return { id: poll.id, at: toIso(atMs), ledgerId };
  });
}

/** Before its time. @throws AppError not_found, not_allowed, transition_not_allowed */
export function closePoll(
  parts: GroupsParts,
  ctx: GroupsCtx,
  { params, body }: Pick<Input<Routes['closePoll']>, 'params' | 'body'>,
): Promise<Done> {
  const made = { groupId: params.id, opId: body.opId, route: 'group.close_poll', request: { params, body } };
  return actInGroup(parts, ctx, made, async ({ tx, group, atMs }) => {
    assertManages(ctx.actor, group);
    const poll = await lockPoll(tx, group.id, params.pollId);
    if (poll === undefined) throw noPoll();
    if (poll.closedAt !== null) throw new AppError('transition_not_allowed', 'This poll is closed; its result stands.');
    const { minutes, opId } = body;
    const ledgerId = await freeze(parts, tx, { actor: ctx.actor, group, poll, minutes, atMs, opId });
    return { id: poll.id, at: toIso(atMs), ledgerId };
  });
}

interface Freezing {
  actor: Actor;
  group: GroupRow;
  poll: PollRow;
  minutes: string;
  atMs: number;
  opId: string | null;
}

async function freeze(parts: GroupsParts, tx: Tx, freezing: Freezing): Promise<string> {
  const { actor, group, poll, minutes, atMs, opId } = freezing;
  const counts = tally(poll.options.length, await countVotes(tx, poll.id));
  const voters = counts.reduce((sum, n) => sum + n, 0);
  const base = baseFor(poll, await baseOf(parts, tx, group.id));
  const needed = neededFor(poll.quorumOf, poll.quorumPercent, base);
  const result: PollResult = { counts, voters, base, needed, reached: voters >= needed };
  await closePollRow(tx, poll.id, { result, minutes, at: new Date(atMs) });
  await touch(tx, group.id, null);
  const subject = { type: 'group_poll', id: poll.id };
  const line = { actor, action: 'group.close_poll' as const, group, subject, atMs, opId };
  return record(tx, { ...line, data: { ...result }, words: { minutes } });
}

/** @throws AppError not_found, not_allowed, version_conflict */
export function writeMinutes(
  parts: GroupsParts,
  ctx: GroupsCtx,
  { params, body }: Pick<Input<Routes['writeMinutes']>, 'params' | 'body'>,
): Promise<Done> {
  const made = { groupId: params.id, opId: body.opId, route: 'group.minutes', request: { params, body } };
  return actInGroup(parts, ctx, made, async ({ tx, group, atMs }) => {
    assertManages(ctx.actor, group);
    const poll = await lockPoll(tx, group.id, params.pollId);
    if (poll === undefined) throw noPoll();
    if (poll.version !== body.version)
      throw new AppError(
        'version_conflict',
        `You saw version ${body.version}, it is now ${poll.version}. Load it again.`,
      );
    await saveMinutes(tx, poll.id, body.minutes);
    await touch(tx, group.id, null);
    const subject = { type: 'group_poll', id: poll.id };
    const line = { actor: ctx.actor, action: 'group.poll' as const, group, subject, atMs, opId: body.opId };
    const said = { data: { minutes: true }, words: { minutes: body.minutes } };
    return { id: poll.id, at: toIso(atMs), ledgerId: await record(tx, { ...line, ...said }) };
  });
}

/** Every minute: polls whose time is over. How many were closed. */
export async function closeDuePolls(parts: GroupsParts): Promise<number> {
  const due = await parts.database.read(systemScope, (tx) => listDuePolls(tx, new Date(parts.clock.now())));
  for (const { id, groupId } of due) {
    await parts.database.inTx(systemScope, async (tx) => {
      const group = await findGroup(tx, systemScope, groupId, true, true);
      const poll = await lockPoll(tx, groupId, id);
      if (group === undefined || poll === undefined || poll.closedAt !== null) return;
      await freeze(parts, tx, { actor: systemActor, group, poll, minutes: '', atMs: parts.clock.now(), opId: null });
    });
  }
  return due.length;
}
