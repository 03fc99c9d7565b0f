import { AppError } from '#kit/errors.ts';
import { holds, type Actor } from '#server/modules/identity/index.ts';
import { act, type CommandResult, type Kit } from './act.ts';
import { shelve, supervise, urge } from './commands-check.ts';
import { merge } from './commands-correct.ts';
import { decline, file, receive } from './commands-route.ts';
import { rowOf } from './rules.ts';

export type BulkVerb = 'receive' | 'file' | 'decline' | 'supervise' | 'urge' | 'shelve';

interface BulkBody {
  items: readonly { id: string; opId: string }[];
  reason: string;
  reviewAt?: string | undefined;
}

export interface BulkResult {
  results: { id: string; ok: boolean; code: string | null; message: string | null }[];
}

/** Many events, one act each: every one succeeds or fails alone, with its own opId and its own ledger line. */
export async function runBulk(kit: Kit, actor: Actor, verb: BulkVerb, body: BulkBody): Promise<BulkResult> {
  const { permission } = rowOf(verb);
  if (permission !== null && !holds(actor, permission))
    throw new AppError(
      'not_allowed',
      `None of your appointments carries "${permission}". Ask your system administrator.`,
    );
  if (verb === 'shelve' && body.reviewAt === undefined)
    throw new AppError('bad_input', 'reviewAt: expected the time at which shelved events are looked at again.');
  const results: BulkResult['results'] = [];
  for (const item of body.items) results.push(await one(item.id, () => runOne(kit, actor, verb, item, body)));
  return { results };
}

/** Several into one, in the order given. @throws AppError not_allowed */
export async function mergeMany(
  kit: Kit,
  actor: Actor,
  { intoId, items, reason }: { intoId: string; items: readonly { id: string; opId: string }[]; reason: string },
): Promise<BulkResult> {
  const results: BulkResult['results'] = [];
  for (const { id, opId } of items)
    results.push(await one(id, () => act(kit, { actor }, id, { opId, intoId, reason }, merge)));
  return { results };
}

async function one(id: string, work: () => Promise<CommandResult>): Promise<BulkResult['results'][number]> {
  try {
    await work();
    return { id, ok: true, code: null, message: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { id, ok: false, code: error.code, message: error.message };
  }
}

function runOne(
  kit: Kit,
  actor: Actor,
  verb: BulkVerb,
  { id, opId }: { id: string; opId: string },
  { reason, reviewAt = '' }: BulkBody,
): Promise<CommandResult> {
  const sender = { actor };
  switch (verb) {
    case 'receive':
      return act(kit, sender, id, { opId, note: reason }, receive);
    case 'file':
      return act(kit, sender, id, { opId, note: reason }, file);
    case 'decline':
      return act(kit, sender, id, { opId, reason }, decline);
    case 'supervise':
      return act(kit, sender, id, { opId, note: reason }, supervise);
    case 'urge':
      return act(kit, sender, id, { opId, note: reason }, urge);
    case 'shelve':
      return act(kit, sender, id, { opId, reason, reviewAt }, shelve);
  }
}
