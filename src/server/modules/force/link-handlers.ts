import type { forceLinkRoutes } from '#contract/force-links.ts';
import type { Handlers } from '#contract/route.ts';
import type { AskState } from '#contract/force-views.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Tx } from '#server/db/pool.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { assertOffers, type ForceParts, type Recorded } from './parts.ts';
import { memberName } from './queries-force.ts';
import {
  endMember,
  findMemberBySecret,
  listAsks,
  lockAsk,
  saveAsk,
  saveOffer,
  type MemberRow,
} from './store-member.ts';

/** Behind a helper's link: the secret is the permission, and it opens this one person's page only. */

/** @throws AppError not_found, link_ended */
async function hold(tx: Tx, secret: string, lock = false): Promise<MemberRow> {
  const member = await findMemberBySecret(tx, digestSecret(secret), lock);
  if (member === undefined)
    throw new AppError('not_found', 'This link opens nothing. Check that the whole link was copied.');
  if (member.state === 'left' || member.state === 'revoked')
    throw new AppError(
      'link_ended',
      'This link has ended. Ask the community for a new one if you want to help again.',
      {
        state: member.state,
      },
    );
  return member;
}

interface Line {
  action: string;
  data?: Record<string, unknown>;
  words?: Record<string, unknown>;
  accounts?: readonly string[];
}

function act(
  parts: ForceParts,
  secret: string,
  body: { opId: string },
  work: (tx: Tx, member: MemberRow, nowMs: number) => Promise<Line>,
): Promise<Recorded> {
  const actor = digestSecret(secret).toString('hex').slice(0, 32);
  // The secret itself is in no request that is kept.
  const op = { opId: body.opId, actor, route: 'force.link', request: body };
  return once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const member = await hold(tx, secret, true);
    const { action, data = {}, words = {}, accounts = [] } = await work(tx, member, nowMs);
    const ledgerId = await append(tx, {
      actor: { kind: 'link', accountId: null, unitId: member.unitId },
      action,
      subject: { type: 'force_member', id: member.id },
      district: districtOf(member.path),
      atMs: nowMs,
      data,
      words,
      audience: [`u:${member.unitId}`, ...accounts.map((id) => `p:${id}`)],
      opId: body.opId,
    });
    return { at: new Date(nowMs).toISOString(), ledgerId };
  });
}

/** From which states a helper may go to which. */
const next: Readonly<Record<'accepted' | 'declined' | 'done', readonly AskState[]>> = {
  accepted: ['asked'],
  declined: ['asked', 'accepted'],
  done: ['asked', 'accepted'],
};

export function forceLinkHandlers(parts: ForceParts): Handlers<typeof forceLinkRoutes, unknown> {
  return {
    view: ({ params }) => readPage(parts, params.secret),
    offer: ({ params, body }) =>
      act(parts, params.secret, body, async (tx, member) => {
        assertOffers(parts, body.offers);
        await saveOffer(tx, member.id, body);
        return { action: 'force.offer', data: { offers: body.offers, weekdays: body.weekdays } };
      }),
    answer: ({ params, body }) =>
      act(parts, params.secret, body, async (tx, member, nowMs) => {
        const ask = await lockAsk(tx, member.id, params.id);
        if (ask === undefined) throw new AppError('not_found', 'You were asked no such thing. Reload the page.');
        if (!next[body.state].includes(ask.state))
          throw new AppError('transition_not_allowed', `This is ${ask.state} already. Reload the page.`);
        await saveAsk(tx, params.id, { state: body.state, answer: body.answer, nowMs });
        const data = { askId: params.id, state: body.state };
        return { action: 'force.answer', data, words: { answer: body.answer }, accounts: [ask.askedBy] };
      }),
    leave: ({ params, body }) =>
      act(parts, params.secret, body, async (tx, member, nowMs) => {
        await endMember(tx, member.id, { state: 'left', name: parts.vault.seal('', memberName), nowMs });
        return { action: 'force.leave' };
      }),
  };
}

async function readPage(parts: ForceParts, secret: string) {
  return parts.database.read(systemScope, async (tx) => {
    const member = await hold(tx, secret);
    const asks = (await listAsks(tx, [member.id])).get(member.id) ?? [];
    const { offers, weekdays, fromMinute, untilMinute, areaCode } = member;
    return {
      name: parts.vault.open(member.name, memberName),
      areaCode,
      areaName: parts.territory.area(areaCode)?.name ?? '',
      unitName: parts.territory.unit(member.unitId)?.name ?? '',
      offers,
      weekdays,
      fromMinute,
      untilMinute,
      state: member.state === 'active' ? ('active' as const) : ('invited' as const),
      asks: asks.slice(0, 20).map(({ id, words, askedAt, state, answer, answeredAt }) => ({
        id,
        words,
        askedAt: askedAt.toISOString(),
        state,
        answer,
        answeredAt: answeredAt?.toISOString() ?? null,
      })),
      words: [...parts.words.offers.values()],
    };
  });
}
