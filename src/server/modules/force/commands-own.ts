import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import {
  assertOffers,
  note,
  ownScope,
  reaches,
  run,
  selfOf,
  unitPlace,
  type ForceParts,
  type Recorded,
  type Work,
} from './parts.ts';
import { memberPhone } from './queries-force.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { insertFeed, revokeFeed } from './store-feed.ts';
import { findMember } from './store-member.ts';
import { listOffices, saveSaid, type Office } from './store-people.ts';

/** Longest time for which somebody may say that they are there or away. */
const longestWordMs = 7 * 86_400_000;

/** Where lines about oneself are filed: under the first post, or the city. */
async function homePath(parts: ForceParts, work: Work, accountId: string): Promise<readonly string[]> {
  const [office] = await listOffices(work.tx, accountId, dayOf(work.nowMs));
  return office?.path ?? parts.territory.city().path;
}

/** What somebody says of themselves; it ends by itself. Nobody is asked to say anything. */
export function sayAvailability(
  parts: ForceParts,
  actor: Actor,
  body: {
    opId: string;
    state: 'none' | 'available' | 'away';
    until: string | null;
    offers?: readonly string[] | undefined;
  },
): Promise<Recorded> {
  const accountId = selfOf(actor);
  assertOffers(parts, body.offers ?? []);
  return run(parts, actor, { route: 'force.say', scope: ownScope(actor), body }, async (work) => {
    const untilMs = body.state === 'none' || body.until === null ? null : Date.parse(body.until);
    if (body.state !== 'none' && (untilMs === null || untilMs <= work.nowMs || untilMs > work.nowMs + longestWordMs))
      throw new AppError('bad_input', 'until: expected a time from now to seven days ahead. Say until when.', {
        field: 'until',
      });
    await saveSaid(work.tx, { accountId, state: body.state, untilMs, offers: body.offers ?? null, nowMs: work.nowMs });
    return note(work, {
      action: 'force.say',
      subject: { type: 'account', id: accountId },
      path: await homePath(parts, work, accountId),
      data: { state: body.state, offers: body.offers ?? null },
    });
  });
}

/** Makes a calendar address: of one's own shifts, or of a unit one is appointed in. */
export async function addFeed(
  parts: ForceParts,
  actor: Actor,
  body: { opId: string; unitId: string | null },
): Promise<Recorded & { id: string; path: string }> {
  const accountId = selfOf(actor);
  const { unitId } = body;
  const made = await run(parts, actor, { route: 'force.feed', scope: ownScope(actor), body }, async (work) => {
    if (unitId !== null && !(await parts.staffOf(work.tx, unitId)).some(({ id }) => id === accountId))
      throw new AppError('not_found', 'unitId: you are not appointed in such a unit. Choose one of yours.');
    const id = uuidV7(work.nowMs);
    await insertFeed(work.tx, {
      id,
      accountId,
      unitId,
      secretHash: digestSecret(feedSecret(parts, id)),
      nowMs: work.nowMs,
    });
    const line = await note(work, {
      action: 'force.feed',
      subject: { type: 'calendar_feed', id },
      path: unitId === null ? await homePath(parts, work, accountId) : unitPlace(parts, unitId).path,
      data: { what: 'begin', unitId },
    });
    return { id, ...line };
  });
  return { ...made, path: feedPath(parts, made.id) };
}

function feedSecret({ vault }: ForceParts, id: string): string {
  return vault.deriveSecret(id, 'calendar_feed');
}

/** Never stored: derived anew for whoever it belongs to. */
export function feedPath(parts: ForceParts, id: string): string {
  return `/api/public/calendar/${feedSecret(parts, id)}.ics`;
}

/** @throws AppError not_found */
export function endFeed(parts: ForceParts, actor: Actor, id: string, body: { opId: string }): Promise<Recorded> {
  const accountId = selfOf(actor);
  const command = { route: 'force.feed_end', scope: ownScope(actor), body, params: { id } };
  return run(parts, actor, command, async (work) => {
    if (!(await revokeFeed(work.tx, id, accountId, work.nowMs)))
      throw new AppError('not_found', 'There is no such calendar address of yours. Reload the page.');
    return note(work, {
      action: 'force.feed',
      subject: { type: 'calendar_feed', id },
      path: await homePath(parts, work, accountId),
      data: { what: 'end' },
    });
  });
}

interface PhoneWish {
  opId: string;
  kind: 'account' | 'member';
  id: string;
  purpose: string;
}

/**
 * Shows a telephone number. Whoever works in the same unit or answers for the person needs no reason; anybody else says
 * what it is for. The number is never kept with the answer: a repeat reads it again.
 * @throws AppError not_found, reason_needed
 */
export async function revealPhone(
  parts: ForceParts,
  actor: Actor,
  body: PhoneWish,
): Promise<{ phone: string; ledgerId: string }> {
  const scope = scopeFor(actor, 'force.read');
  const seen = await parts.database.read(scope, async (tx) => {
    if (body.kind === 'account')
      return { offices: await listOffices(tx, body.id, dayOf(parts.clock.now())), sealed: null };
    const member = await findMember(tx, scope, body.id);
    const office = member === undefined ? [] : [{ unitId: member.unitId, path: member.path }];
    return { offices: office, sealed: member?.phone ?? null };
  });
  const place = seen.offices.find((one) => reaches(actor, 'force.read', one));
  if (place === undefined) throw noPhone();
  const phone =
    body.kind === 'member'
      ? seen.sealed && parts.vault.open(seen.sealed, memberPhone)
      : (await parts.contactsOf([body.id])).get(body.id)?.phone;
  if (phone === null || phone === undefined) throw noPhone();
  assertPurpose(actor, seen.offices, body.purpose);
  const { ledgerId } = await run(parts, actor, { route: 'force.reveal', scope, body }, (work) =>
    note(work, {
      action: 'force.reveal',
      subject: { type: body.kind === 'account' ? 'account' : 'force_member', id: body.id },
      path: place.path,
      data: { field: 'phone', purpose: body.purpose !== '' },
      words: { purpose: body.purpose },
    }),
  );
  return { phone, ledgerId };
}

const noPhone = (): AppError =>
  new AppError(
    'not_found',
    'No telephone is known of this person, or they are not yours to call. Try another channel.',
  );

function assertPurpose(actor: Actor, offices: readonly Pick<Office, 'unitId' | 'path'>[], purpose: string): void {
  const units = new Set(actor.grants.map(({ unitId }) => unitId));
  const related = offices.some((one) => units.has(one.unitId) || reaches(actor, 'force.edit', one));
  if (related || purpose.length >= 2) return;
  throw new AppError(
    'reason_needed',
    'purpose: you neither work in the same unit nor answer for this person. Say what you call for.',
    {
      field: 'purpose',
    },
  );
}
