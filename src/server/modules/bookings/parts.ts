import type { Permission } from '#contract/route.ts';
import type { Clock } from '#kit/clock.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Events } from '#server/modules/events/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import { grantsFor, ledgerActorOf, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, maskOpId, once } from '#server/modules/ledger/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import type { BookingWords } from './dictionary.ts';
import { ruleOf } from './dictionary.ts';
import type { Limits, Span } from './rules-slots.ts';

export interface BookingsParts {
  database: Database;
  territory: LiveTerritory;
  vault: Vault;
  clock: Clock;
  words: BookingWords;
  events: Pick<Events, 'joinReport'>;
  /**
   * Given by wire from stations: openings that touch [fromMs, untilMs), by station. It reads for itself, so it is asked
   * before a transaction opens, never within: whoever waits in one must not wait for a second connection.
   */
  openings: (stationIds: readonly string[], fromMs: number, untilMs: number) => Promise<Openings>;
  publicUrl: string;
}

/** When stations are open, by station. */
export type Openings = ReadonlyMap<string, readonly Span[]>;

export const sealedAt = {
  phone: 'booking.phone',
  name: 'booking.name',
  note: 'booking.outcome_note',
  rating: 'booking.rating_words',
  unmetPhone: 'booking_unmet.phone',
} as const;

/** One index for all numbers of this module, so that a number is one person wherever it was left. */
export function phoneIndexOf({ vault }: Pick<BookingsParts, 'vault'>, phone: string): Buffer {
  return vault.blindIndex(phone, sealedAt.phone);
}

export function bookingSecret({ vault }: Pick<BookingsParts, 'vault'>, id: string): string {
  return vault.deriveSecret(id, 'booking');
}

export const bookingPath = (parts: Pick<BookingsParts, 'vault'>, id: string): string =>
  `/b/${bookingSecret(parts, id)}`;

export function limitsOf({ words }: Pick<BookingsParts, 'words'>): Limits {
  return { aheadDays: ruleOf(words, 'ahead_days'), leadMinutes: ruleOf(words, 'lead_minutes') };
}

/** Whom a row belongs to. */
export interface Place {
  unitId: string;
  path: readonly string[];
  district: string;
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

/**
 * The road of every command: once per opId. The transaction sees everything, because one's event and one's station are
 * reached by different words; what the actor may touch is asked of the row that was locked (`holdsPlace`).
 */
export function run<T>(
  parts: BookingsParts,
  actor: Actor,
  command: { route: string; opId: string; request: unknown; sender?: string },
  work: (work: Work) => Promise<T>,
): Promise<T> {
  const { route, opId, request, sender = senderOf(actor) } = command;
  return once(parts.database, systemScope, { opId, actor: sender, route, request }, (tx) =>
    work({ tx, actor, nowMs: parts.clock.now(), opId }),
  );
}

export interface LineWish {
  action: string;
  subject: { type: 'booking' | 'service_catalogue' | 'booking_unmet'; id: string };
  place: Place;
  data?: Record<string, unknown>;
  words?: Record<string, unknown>;
  /** Told live beside the station. */
  units?: readonly (string | null)[];
}

/** A line told to the station. No number, no name, nothing anybody typed is in its data. */
export async function note(work: Work, wish: LineWish): Promise<Recorded> {
  const { action, subject, place, data = {}, words = {}, units = [] } = wish;
  const byAccount = work.actor.kind === 'account' || work.actor.kind === 'token' || work.actor.kind === 'system';
  const ledgerId = await append(work.tx, {
    actor: ledgerActorOf(work.actor, byAccount ? place.unitId : null),
    action,
    subject,
    district: place.district,
    atMs: work.nowMs,
    data,
    words,
    audience: [place.unitId, ...units].flatMap((id) => (id === null ? [] : [`u:${id}`])),
    opId: byAccount ? work.opId : maskOpId(work.opId),
  });
  return { at: toIso(work.nowMs), ledgerId };
}

export function holdsPlace(actor: Actor, word: Permission, { path, unitId }: Pick<Place, 'path' | 'unitId'>): boolean {
  return grantsFor(actor, word, { path, units: [unitId] }).length > 0;
}

/** @throws AppError not_found, as for a station that does not exist */
export function assertHolds(
  actor: Actor,
  word: Permission,
  place: Pick<Place, 'path' | 'unitId'> | undefined,
  what: string,
): void {
  if (place !== undefined && holdsPlace(actor, word, place)) return;
  throw new AppError('not_found', `There is no such ${what}, or it is not yours to see. Reload the list.`);
}
