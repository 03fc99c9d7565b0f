import type { Clock } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Permission } from '#contract/route.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { districtOf, type LiveTerritory } from '#server/modules/grids/index.ts';
import {
  grantsFor,
  ledgerActor,
  senderOf,
  type Actor,
  type Identity,
  type Lending,
} from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import type { ForceWords } from './dictionary.ts';

/** How somebody with an account is reached; kept once, where they said how they want to be told. */
export interface Contact {
  phone: string | null;
  push: boolean;
}

export interface ForceParts {
  database: Database;
  territory: LiveTerritory;
  vault: Vault;
  clock: Clock;
  words: ForceWords;
  lending: Lending;
  staffOf: Identity['queries']['staffOf'];
  /** Given by wire from the settings of notices; unknown ids are missing. */
  contactsOf: (accountIds: readonly string[]) => Promise<ReadonlyMap<string, Contact>>;
  /** Given by wire from events: those of these numbers that the actor may see. */
  findEvents: (actor: Actor, numbers: readonly string[]) => Promise<{ id: string; number: string }[]>;
}

/** One command inside its transaction. */
export interface Work {
  tx: Tx;
  actor: Actor;
  nowMs: number;
  opId: string;
}

export interface Recorded {
  at: string;
  ledgerId: string;
}

/** The road of every command: once per opId, in a transaction under `scope`. */
export function run<T>(
  parts: ForceParts,
  actor: Actor,
  command: { route: string; scope: Scope; body: { opId: string }; params?: object },
  work: (work: Work) => Promise<T>,
): Promise<T> {
  const { route, scope, body, params } = command;
  const op = { opId: body.opId, actor: senderOf(actor), route, request: { ...params, ...body } };
  return once(parts.database, scope, op, (tx) => work({ tx, actor, nowMs: parts.clock.now(), opId: body.opId }));
}

export interface LineWish {
  action: string;
  subject: { type: string; id: string };
  path: readonly string[];
  data?: Record<string, unknown>;
  words?: Record<string, unknown>;
  /** Units and accounts told live. */
  units?: readonly string[];
  accounts?: readonly (string | null)[];
}

/** A line told to the areas of `path`, the units and the people named. */
export async function note(work: Work, wish: LineWish): Promise<Recorded> {
  const { action, subject, path, data = {}, words = {}, units = [], accounts = [] } = wish;
  const ledgerId = await append(work.tx, {
    actor: ledgerActor(work.actor),
    action,
    subject,
    district: districtOf(path),
    atMs: work.nowMs,
    data,
    words,
    audience: [...units.map((id) => `u:${id}`), ...accounts.flatMap((id) => (id === null ? [] : [`p:${id}`]))],
    opId: work.opId,
  });
  return { at: new Date(work.nowMs).toISOString(), ledgerId };
}

/** The account of whoever acts. @throws AppError not_allowed for tokens, links and the program itself */
export function selfOf(actor: Actor): string {
  if (actor.accountId !== null && actor.kind === 'account') return actor.accountId;
  throw new AppError('not_allowed', 'Only a person signed in has a leave, a shift or a say of their own. Sign in.');
}

/** What is one's own, and nothing else. */
export function ownScope(actor: Actor): Scope {
  return { seeAll: false, areas: [], units: [], accountId: selfOf(actor) };
}

/** May the actor do this over the area, or for the unit? */
export function reaches(
  actor: Actor,
  word: Permission,
  place: { path: readonly string[]; unitId: string | null },
): boolean {
  return grantsFor(actor, word, { path: place.path, units: place.unitId === null ? [] : [place.unitId] }).length > 0;
}

/** Areas of the actor's appointments with the word; where one has none, the area its unit stands in. */
export function areasUnder({ territory }: ForceParts, actor: Actor, word: Permission): string[] {
  if (actor.limitedTo !== null && !actor.limitedTo.has(word)) return [];
  const carriers = actor.grants.filter((grant) => grant.permissions.has(word));
  return [...new Set(carriers.flatMap(({ areaCode, unitId }) => areaCode ?? territory.unit(unitId)?.areaCode ?? []))];
}

/** @throws AppError bad_input for an unknown area */
export function areaPath({ territory }: ForceParts, code: string, field = 'area'): readonly string[] {
  const area = territory.area(code);
  if (area !== undefined) return area.path;
  throw new AppError('bad_input', `${field}: expected a known area, found ${code}. Choose one from the area tree.`, {
    field,
  });
}

/** Area and path of a unit. @throws AppError not_found */
export function unitPlace({ territory }: ForceParts, unitId: string): { name: string; path: readonly string[] } {
  const unit = territory.unit(unitId);
  const path = unit === undefined ? undefined : territory.area(unit.areaCode)?.path;
  if (unit === undefined || path === undefined)
    throw new AppError('not_found', 'There is no such unit, or it is not yours to see. Choose one from the list.');
  return { name: unit.name, path };
}

/** @throws AppError bad_input naming the words that the dictionary does not have */
export function assertOffers({ words }: ForceParts, offers: readonly string[]): void {
  const unknown = offers.filter((code) => !words.offers.has(code));
  if (unknown.length === 0) return;
  throw new AppError(
    'bad_input',
    `offers: expected words of the list of offers, found ${unknown.join(', ')}. GET /api/force/words lists them.`,
    { field: 'offers' },
  );
}
