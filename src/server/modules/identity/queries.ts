import type { z } from 'zod';
import type { personRow, attemptRow, me, securityRow, sessionRow, tokenRow } from '#contract/identity-views.ts';
import { permissions, type Permission } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Tx } from '#server/db/pool.ts';
import { getAccount } from './account-store.ts';
import { listAppointments } from './appointment-store.ts';
import { countRecoveryCodes } from './attempt-store.ts';
import type { Parts, Visit } from './parts.ts';
import { countPeopleRows, listPeopleRows, type PeopleFilter, type PersonRow } from './people-store.ts';
import { holds, type Actor } from './rules.ts';
import { listAttemptRows, listSecurityRows } from './security-store.ts';
import { listSessions } from './session-store.ts';
import { isAlive, shanghaiDay } from './sign-in-rules.ts';
import { listTokenRows } from './token-store.ts';

type Paging = { cursor?: string; limit: number };
const iso = (date: Date | null) => (date === null ? null : toIso(date.getTime()));

function after(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  if (!isUuid(cursor))
    throw new AppError('bad_input', 'Expected the nextCursor of the page before. Begin again without one.');
  return cursor;
}

/** One row more than asked for was read: it tells whether there is a next page. */
function cut<T extends { id: string }>(rows: T[], limit: number): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** Every permission word that any live appointment carries, in the order of the contract's list. */
export function permissionsOf(actor: Actor): Permission[] {
  return permissions.filter((word) => holds(actor, word));
}

/** Who am I? */
export async function describeMe(parts: Parts, visit: Visit, accountId: string): Promise<z.input<typeof me>> {
  const today = shanghaiDay(parts.clock.now());
  return await parts.database.read(systemScope, async (tx) => {
    const account = await getAccount(tx, accountId);
    const { id, login, displayName, adminKind, locale, mustChangePassword } = account;
    const appointments = (await listAppointments(tx, [accountId], today)).filter((appointment) => appointment.live);
    const recoveryCodesLeft = await countRecoveryCodes(tx, accountId);
    const secondFactor = {
      enrolled: account.totpConfirmedAt !== null,
      usedInThisSession: visit.session?.secondFactor ?? false,
      recoveryCodesLeft,
    };
    return {
      id,
      login,
      displayName,
      adminKind,
      locale,
      mustChangePassword,
      appointments,
      permissions: permissionsOf(visit.actor),
      secondFactor,
    };
  });
}

/** Sessions that still work. */
export async function listOpenSessions(
  parts: Parts,
  accountId: string,
  currentId: string | null,
): Promise<z.input<typeof sessionRow>[]> {
  const nowMs = parts.clock.now();
  const rows = await parts.database.read(systemScope, (tx) => listSessions(tx, accountId, new Date(nowMs)));
  return rows
    .filter((row) =>
      isAlive(
        { lastSeenAtMs: row.lastSeenAt.getTime(), expiresAtMs: row.expiresAt.getTime(), idleMinutes: row.idleMinutes },
        nowMs,
      ),
    )
    .map((row) => ({
      id: row.id,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      userAgent: row.userAgent ?? '',
      secondFactor: row.secondFactorAt !== null,
      current: row.id === currentId,
    }));
}

/** Whom this viewer may see: administrators everybody, others those who work in their areas and units. */
function filterFor(actor: Actor, wish: Omit<PeopleFilter, 'within' | 'byLogin'>): PeopleFilter {
  const byLogin = holds(actor, 'identity.edit') || holds(actor, 'security.edit') || holds(actor, 'audit.read');
  const readers = actor.grants.filter((grant) => grant.permissions.has('people.read'));
  const within = {
    areas: readers.flatMap((grant) => (grant.areaCode === null ? [] : [grant.areaCode])),
    units: readers.map((grant) => grant.unitId),
  };
  return { ...wish, byLogin: byLogin && actor.adminKind !== null, within: actor.adminKind === null ? within : null };
}

type Person = z.input<typeof personRow>;

async function toPeople(tx: Tx, rows: PersonRow[], filter: PeopleFilter, today: string): Promise<Person[]> {
  const appointments = Map.groupBy(
    await listAppointments(
      tx,
      rows.map((row) => row.id),
      today,
    ),
    (row) => row.accountId,
  );
  return rows.map((row) => ({
    ...row,
    login: filter.byLogin ? row.login : null,
    email: filter.byLogin ? row.email : null,
    appointments: appointments.get(row.id) ?? [],
  }));
}

export async function listPeople(
  parts: Parts,
  visit: Visit,
  query: Paging & Omit<PeopleFilter, 'within' | 'byLogin' | 'id'>,
): Promise<{ items: Person[]; nextCursor: string | null; total: number }> {
  const { cursor, limit, ...wish } = query;
  const filter = filterFor(visit.actor, wish);
  const today = shanghaiDay(parts.clock.now());
  return await parts.database.read(systemScope, async (tx) => {
    const page = cut(await listPeopleRows(tx, filter, today, { after: after(cursor), limit: limit + 1 }), limit);
    return {
      items: await toPeople(tx, page.items, filter, today),
      nextCursor: page.nextCursor,
      total: await countPeopleRows(tx, filter, today),
    };
  });
}

/** @throws AppError not_found, also for people the viewer may not see */
export async function getPerson(parts: Parts, visit: Visit, id: string): Promise<Person> {
  const filter = filterFor(visit.actor, { id });
  const today = shanghaiDay(parts.clock.now());
  return await parts.database.read(systemScope, async (tx) => {
    const [person] = await toPeople(
      tx,
      await listPeopleRows(tx, filter, today, { after: null, limit: 1 }),
      filter,
      today,
    );
    if (person === undefined)
      throw new AppError('not_found', 'No such person, or not within your areas. Look them up in the list again.');
    return person;
  });
}

export async function listAccounts(
  parts: Parts,
  query: Paging & { q?: string; state: 'all' | 'locked' | 'held' | 'admins' },
): Promise<{ items: z.input<typeof securityRow>[]; nextCursor: string | null }> {
  const { cursor, limit, ...filter } = query;
  const now = new Date(parts.clock.now());
  const rows = await parts.database.read(systemScope, (tx) =>
    listSecurityRows(tx, filter, now, { after: after(cursor), limit: limit + 1 }),
  );
  const { items, nextCursor } = cut(rows, limit);
  return {
    items: items.map((row) => ({
      ...row,
      lockedUntil: iso(row.lockedUntil),
      heldAt: iso(row.heldAt),
      lastSignInAt: iso(row.lastSignInAt),
    })),
    nextCursor,
  };
}

export async function listAttempts(
  parts: Parts,
  query: Paging & { accountId?: string; outcome?: string },
): Promise<{ items: z.input<typeof attemptRow>[]; nextCursor: string | null }> {
  const { cursor, limit, ...filter } = query;
  const rows = await parts.database.read(systemScope, (tx) =>
    listAttemptRows(tx, filter, { after: after(cursor), limit: limit + 1 }),
  );
  const { items, nextCursor } = cut(rows, limit);
  return {
    items: items.map(({ addressDigest, ...row }) => ({
      ...row,
      at: row.at.toISOString(),
      addressMark: addressDigest.toString('hex').slice(0, 8),
    })),
    nextCursor,
  };
}

export async function listTokens(parts: Parts): Promise<z.input<typeof tokenRow>[]> {
  const rows = await parts.database.read(systemScope, listTokenRows);
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: iso(row.expiresAt),
    lastUsedAt: iso(row.lastUsedAt),
    revokedAt: iso(row.revokedAt),
  }));
}
