import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { actOn, type Kit } from './act.ts';
import { toReporter, type ReportBody } from './report-prepare.ts';
import { storeOnce, withSecret, type ReportResult, type Stored } from './report-send.ts';
import { claimAttachments } from './store-attachment.ts';
import { lockCase } from './store-case.ts';
import { insertFollower } from './store-report.ts';

/** One more reporter of an event that is known already: their own receipt, the same event. A merged one leads to its root. */
export async function follow(kit: Kit, actor: Actor, body: ReportBody, eventId: string): Promise<ReportResult> {
  const work = await following(kit, actor, body, eventId);
  return withSecret(kit, await storeOnce({ kit, actor, body }, 'event.follow', work));
}

/** The same as part of somebody else's act: called with that act's transaction, which must see everything. */
export async function following(
  kit: Kit,
  actor: Actor,
  body: ReportBody,
  eventId: string,
): Promise<(tx: Tx) => Promise<Stored>> {
  const library = await kit.dictionary.get();
  const reporterId = uuidV7(kit.clock.now());
  return async (tx) => {
    let rows = await lockCase(tx, eventId);
    for (let steps = 0; steps < 20; steps++) {
      const root: string | null = rows?.event.mergedInto ?? null;
      if (root === null) break;
      rows = await lockCase(tx, root);
    }
    if (rows === undefined) throw new AppError('not_found', 'followEventId: there is no such event.');
    const { event } = rows;
    const result = await actOn(kit, { actor, reporterId }, { tx, rows, library }, body, {
      verb: 'follow',
      async work(act) {
        await insertFollower(tx, event.id, toReporter({ kit, actor, body, reporterId }, true), act.nowMs);
        const photos = await claimAttachments(tx, body.attachments, {
          eventId: event.id,
          taskId: null,
          reporterId,
          accountId: actor.accountId,
        });
        act.draft.set({ reportCount: act.draft.event.reportCount + 1 });
        act.data['reportCount'] = act.draft.event.reportCount;
        act.data['photos'] = photos.length;
        act.words['description'] = body.description;
      },
    });
    const code = event.grid ?? event.community ?? event.street ?? event.district;
    return { ...result, outside: event.outside, areaName: kit.territory.area(code)?.name ?? '', reporterId };
  };
}
