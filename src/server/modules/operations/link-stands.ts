import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { assertOpenLink, stateOfLink } from './rules.ts';
import { lockLink } from './store-link.ts';

/**
 * Asked in the very transaction of what is done through the link, so that nothing done through it comes after its revocation.
 * @throws AppError link_ended
 */
export async function assertLinkStands(tx: Tx, linkId: string, nowMs: number): Promise<void> {
  const link = await lockLink(tx, linkId);
  if (link === undefined) throw new AppError('not_found', 'This task link opens nothing.');
  // Whether the task goes on is judged by the event's own rules.
  assertOpenLink(stateOfLink(link, 'offered', nowMs));
}
