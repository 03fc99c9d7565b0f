import type { Clock } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Permission } from '#contract/route.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import { grantsFor, ledgerActor, scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import type { PartnerWords } from './dictionary.ts';

/** What this module asks of a station. */
export interface StationFacts {
  id: string;
  code: string;
  unitId: string;
  name: string;
  nameEn: string;
  /** Codes from the city down. */
  path: readonly string[];
  district: string;
  /** Given up on that day. */
  closedOn: string | null;
}

/** Given by wire from stations. */
export interface StationsPort {
  /** @throws AppError not_found, also for one that the actor does not reach with the word */
  find(actor: Actor, idOrCode: string, word: Permission): Promise<StationFacts>;
  /** Those in use that the actor reaches with the word. */
  listFor(actor: Actor, word: Permission): Promise<readonly StationFacts[]>;
  /** All that the transaction may see, those given up too. */
  listStations(tx: Tx): Promise<readonly StationFacts[]>;
}

export interface PartnersParts {
  database: Database;
  territory: LiveTerritory;
  vault: Vault;
  clock: Clock;
  stations: StationsPort;
  words: PartnerWords;
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

interface Command {
  verb: string;
  word: Permission;
  body: { opId: string };
  params?: object;
}

/** The road of every command: once per opId, in a transaction under the scope of the word. */
export function run<T>(
  parts: PartnersParts,
  actor: Actor,
  { verb, word, body, params }: Command,
  work: (work: Work) => Promise<T>,
): Promise<T> {
  const scope: Scope = scopeFor(actor, word);
  const op = { opId: body.opId, actor: senderOf(actor), route: `partner.${verb}`, request: { ...params, ...body } };
  return once(parts.database, scope, op, (tx) => work({ tx, actor, nowMs: parts.clock.now(), opId: body.opId }));
}

export interface LineWish {
  action: string;
  subject: { type: 'partner' | 'pledge'; id: string };
  district: string;
  data?: Record<string, unknown>;
  /** Units and areas told live. */
  units?: readonly string[];
  areas?: readonly string[];
}

/** A line of the ledger; nothing of a contact and no free text is ever in it. */
export async function note({ tx, actor, nowMs, opId }: Work, wish: LineWish): Promise<Recorded> {
  const { units = [], areas = [], ...line } = wish;
  const ledgerId = await append(tx, {
    ...line,
    actor: ledgerActor(actor),
    atMs: nowMs,
    audience: [...units.map((id) => `u:${id}`), ...areas.map((code) => `a:${code}`)],
    opId,
  });
  return { at: new Date(nowMs).toISOString(), ledgerId };
}

/** May the actor do this over a partner of that area? */
export function managesPartner(actor: Actor, { path }: { path: readonly string[] }): boolean {
  return grantsFor(actor, 'partner.manage', { path, units: [] }).length > 0;
}

/** May the actor do this at the station? */
export function reachesStation(actor: Actor, word: Permission, { path, unitId }: StationFacts): boolean {
  return grantsFor(actor, word, { path, units: [unitId] }).length > 0;
}

export const absent = (): AppError =>
  new AppError(
    'not_found',
    'There is no such partner, or it is not yours to see. Choose one from the list of partners.',
  );

/** @throws AppError version_conflict */
export function assertVersion(found: number, expected: number): void {
  if (found === expected) return;
  throw new AppError(
    'version_conflict',
    `Somebody changed this in the meantime: expected version ${expected}, found ${found}. Reload and look again.`,
    { expected, found },
  );
}

/** @throws AppError bad_input naming the code that the dictionary does not have */
export function assertWords(words: ReadonlyMap<string, unknown>, codes: readonly string[], field: string): void {
  const unknown = codes.filter((code) => !words.has(code));
  if (unknown.length === 0) return;
  throw new AppError(
    'bad_input',
    `${field}: expected words of its list, found ${unknown.join(', ')}. GET /api/partners/words lists them.`,
    { field },
  );
}

/** @throws AppError bad_input */
export function assertDays({ fromDay, toDay }: { fromDay: string; toDay: string }): void {
  if (fromDay <= toDay) return;
  throw new AppError('bad_input', `toDay: expected a day from ${fromDay} on, found ${toDay}.`, { field: 'toDay' });
}
