import { createHash } from 'node:crypto';
import type { textRoutes } from '#contract/texts.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import type { TextParts } from './parts.ts';
import { issueSeen } from './queries.ts';
import { retellDistrict } from './retell.ts';

type Routes = typeof textRoutes;

/**
 * Merges events of an issue into one of them, each by the law of merging, in a transaction and with a line of its own. The
 * same `opId` sent again gets the first answer; after a crash in between, each event's own id keeps it from going twice.
 * @throws AppError not_found; bad_input for an event that is no part of the issue
 */
export async function mergeIssue(
  parts: TextParts,
  actor: Actor,
  id: string,
  body: Input<Routes['mergeIssue']>['body'],
): Promise<Output<Routes['mergeIssue']>> {
  const op = { opId: body.opId, actor: senderOf(actor), route: 'texts.mergeIssue', request: { id, ...body } };
  return once(parts.database, systemScope, op, () => mergeEach(parts, actor, id, body));
}

async function mergeEach(
  parts: TextParts,
  actor: Actor,
  id: string,
  body: Input<Routes['mergeIssue']>['body'],
): Promise<Output<Routes['mergeIssue']>> {
  const { row, eventIds } = await issueSeen(parts, actor, id);
  const strange = [body.intoId, ...body.eventIds].find((one) => !eventIds.includes(one));
  if (strange !== undefined)
    throw new AppError(
      'bad_input',
      `eventIds: expected events of this issue, found ${strange}. Load the issue again.`,
      {
        field: 'eventIds',
      },
    );
  const items = body.eventIds
    .filter((one) => one !== body.intoId)
    .map((one) => ({ id: one, opId: opOf(body.opId, one) }));
  const answer = await parts.events.merge(actor, { intoId: body.intoId, items, reason: body.reason });
  // The list shall show it at once; what the looking anew costs nobody waits for.
  void retellDistrict(parts, row.district).catch((error: unknown) => parts.report(error));
  return answer;
}

/** A UUID (version 8) made of the intention and the event, the same each time. */
function opOf(opId: string, eventId: string): string {
  const hex = createHash('sha256').update(`${opId} ${eventId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
