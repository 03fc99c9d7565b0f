/** Notices: said to one group or many in one act. */
import type { groupRoutes } from '#contract/groups.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { scopeFor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { assertManages, noGroup, record } from './access.ts';
import type { GroupsCtx, GroupsParts } from './parts.ts';
import { queueOutgoing } from './store-bridge.ts';
import { findGroup, listGroups } from './store-group.ts';
import { findNotice, insertNotice, withdrawNotice } from './store-notice.ts';

type Routes = typeof groupRoutes;

/** All groups or none. @throws AppError not_found, not_allowed */
export function announce(
  parts: GroupsParts,
  { actor }: GroupsCtx,
  body: Input<Routes['announce']>['body'],
): Promise<Output<Routes['announce']>> {
  const scope = scopeFor(actor, 'group.read');
  const op = { opId: body.opId, actor: actor.accountId ?? actor.kind, route: 'group.notice', request: body };
  return once(parts.database, scope, op, async (tx) => {
    const wanted = [...new Set(body.groupIds)];
    const { rows } = await listGroups(tx, scope, { ids: wanted, limit: wanted.length });
    if (rows.length !== wanted.length) throw noGroup();
    for (const group of rows) assertManages(actor, group);
    const [first] = rows;
    if (first === undefined) throw noGroup();
    const atMs = parts.clock.now();
    const { title, text, confirm, pinned } = body;
    const notice = { id: uuidV7(atMs), district: first.district, title, text, confirm, pinned, by: actor.accountId };
    await insertNotice(tx, { ...notice, at: new Date(atMs) }, wanted);
    const outgoing = { text: `【${title}】\n${text}`, at: new Date(atMs), idOf: () => uuidV7(atMs) };
    await queueOutgoing(tx, wanted, outgoing);
    const areas = [...new Set(rows.flatMap((row) => row.areas))];
    const ledgerId = await record(tx, {
      actor,
      action: 'group.notice',
      group: { ...first, areas },
      subject: { type: 'group_notice', id: notice.id },
      atMs,
      data: { groupIds: wanted, confirm, pinned },
      words: { title, text },
      opId: body.opId,
    });
    return { id: notice.id, at: toIso(atMs), ledgerId, groups: wanted.length };
  });
}

/** @throws AppError not_found, not_allowed, transition_not_allowed */
export function withdraw(
  parts: GroupsParts,
  { actor }: GroupsCtx,
  { params, body }: Pick<Input<Routes['withdraw']>, 'params' | 'body'>,
): Promise<Output<Routes['withdraw']>> {
  const scope = scopeFor(actor, 'group.read');
  const op = {
    opId: body.opId,
    actor: actor.accountId ?? actor.kind,
    route: 'group.withdraw',
    request: { params, body },
  };
  return once(parts.database, scope, op, async (tx) => {
    const notice = await findNotice(tx, params.id);
    const group = notice === undefined ? undefined : await findGroup(tx, scope, notice.groupIds[0] ?? '');
    if (notice === undefined || group === undefined)
      throw new AppError('not_found', 'There is no such notice, or it is not yours to see.');
    assertManages(actor, group);
    if (notice.withdrawnAt !== null) throw new AppError('transition_not_allowed', 'This notice was withdrawn before.');
    const atMs = parts.clock.now();
    await withdrawNotice(tx, notice.id, new Date(atMs));
    const subject = { type: 'group_notice', id: notice.id };
    const line = { actor, action: 'group.notice' as const, group, subject, atMs, opId: body.opId };
    const said = { data: { withdrawn: true }, words: { reason: body.reason } };
    return { id: notice.id, at: toIso(atMs), ledgerId: await record(tx, { ...line, ...said }) };
  });
}
