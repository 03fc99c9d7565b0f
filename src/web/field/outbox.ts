import { eventStatuses, type AttachmentKind } from '#contract/events-words.ts';
import { OfflineError, ProblemError } from '#web/app/problem.ts';
import {
  isSealed,
  laneOf,
  takesPhotos,
  toCommand,
  type Command,
  type Hidden,
  type KeptPhoto,
  type NewCommand,
  type Receipt,
} from './command.ts';
import type { CommandAnswer } from './field-api.ts';
import type { FieldStore, StoredPhoto } from './field-store.ts';
import type { Locker } from './locker.ts';
import { sha256Hex } from './sha256.ts';

/** The outside world of the outbox: network, clock, new ids, the locker of its owner. */
export interface OutboxWorld {
  upload(photo: Blob, kind: AttachmentKind): Promise<{ id: string; token: string; sha256: string }>;
  send(path: `/api/${string}`, body: Record<string, unknown>): Promise<CommandAnswer>;
  locker: Locker;
  nowMs(): number;
  newId(): string;
  /** From 0 to below 1: spreads the repetitions of many phones after an outage. */
  random(): number;
}

/** Why a replay ended: nothing left to send now, no network, or nobody (or somebody else) signed in. */
export interface ReplayEnd {
  end: 'done' | 'offline' | 'sign_in';
  sent: Receipt[];
  /** Epoch milliseconds when something will be due again; null when nothing waits for a time. */
  nextMs: number | null;
}

/** How often a photo that arrives damaged is sent again within one attempt. */
const damagedRetries = 2;
const firstWaitMs = 5_000;
const longestWaitMs = 10 * 60_000;

/** Keeps what was done, with its photos and their digests, before anything is sent. It survives closing the browser. */
export async function enqueue(store: FieldStore, world: OutboxWorld, made: NewCommand): Promise<Command> {
  const { command, photos } = await prepare(world, made);
  return store.addCommand(command, photos);
}

/** Puts a new command in the place of one that was refused, so that what was done after it still follows it. */
export async function redo(store: FieldStore, world: OutboxWorld, old: Command, made: NewCommand): Promise<Command> {
  const { command, photos } = await prepare(world, made);
  return store.replaceCommand(old, command, photos);
}

async function prepare(world: OutboxWorld, made: NewCommand) {
  const kept: KeptPhoto[] = [];
  const photos = new Map<string, StoredPhoto>();
  for (const { blob, kind } of made.photos) {
    const key = world.newId();
    const bytes = await blob.arrayBuffer();
    const mime = blob.type === '' ? 'image/jpeg' : blob.type;
    photos.set(key, isSealed(made) ? await sealPhoto(world.locker, bytes, mime) : { bytes, mime });
    kept.push({ key, kind, mime, sha256: await sha256Hex(bytes), upload: null });
  }
  const madeAt = new Date(world.nowMs()).toISOString();
  const { command, hidden } = toCommand(made, kept, world.newId(), madeAt);
  const sealed = hidden === null ? null : await world.locker.seal(hidden);
  return { command: { ...command, sealed }, photos };
}

async function sealPhoto(locker: Locker, bytes: ArrayBuffer, mime: string): Promise<StoredPhoto> {
  const { iv, cipher } = await locker.sealBytes(bytes);
  return { bytes: cipher, mime, iv };
}

/** A photo's own bytes, opened where they lie sealed; undefined when they are no longer here. */
export async function readPhoto(store: FieldStore, locker: Locker, key: string): Promise<Blob | undefined> {
  const stored = await store.findPhoto(key);
  if (stored === undefined) return undefined;
  const { bytes, mime, iv } = stored;
  return new Blob([iv === undefined ? bytes : await locker.openBytes({ iv, cipher: bytes })], { type: mime });
}

/** What was said and what it is called, sealed or not. */
export async function readHidden(locker: Locker, command: Command): Promise<Hidden> {
  return command.sealed === null ? { body: command.body, title: command.title } : locker.open(command.sealed);
}

/**
 * Sends what waits, oldest first. Within one event the order of doing is kept: while an earlier command waits or was
 * refused, later ones of that event wait too; other events go on. Call it under a lock: one tab at a time.
 */
export async function replay(store: FieldStore, world: OutboxWorld, account: string): Promise<ReplayEnd> {
  const sent: Receipt[] = [];
  const blocked = new Set<string>();
  let nextMs: number | null = null;
  for (;;) {
    const command = (await store.listCommands(account)).find((one) => !blocked.has(laneOf(one)));
    if (command === undefined) return { end: 'done', sent, nextMs };
    if (command.refusal !== null || command.notBeforeMs > world.nowMs()) {
      blocked.add(laneOf(command));
      if (command.refusal === null) nextMs = Math.min(nextMs ?? command.notBeforeMs, command.notBeforeMs);
      continue;
    }
    const result = await attempt(store, world, command);
    if (result === 'offline' || result === 'sign_in') return { end: result, sent, nextMs };
    if (typeof result === 'object') sent.push(result);
  }
}

/** One command, once. `kept`: its lane waits (it carries the time or the refusal). */
async function attempt(
  store: FieldStore,
  world: OutboxWorld,
  command: Command,
): Promise<Receipt | 'kept' | 'offline' | 'sign_in'> {
  let current = command;
  try {
    for (const photo of command.photos) {
      if (photo.upload !== null) continue;
      const upload = await uploadWhole(store, world, photo);
      // Kept at once: a repetition must claim the same photos, or it would be a different request under the same opId.
      const photos = current.photos.map((one) => (one.key === photo.key ? { ...one, upload } : one));
      current = { ...current, photos };
      await store.saveCommand(current);
    }
    const { body } = await readHidden(world.locker, current);
    const answer = await world.send(current.path, bodyOf(current, body));
    const receipt = toReceipt(current, answer, world.nowMs());
    await store.endCommand(current, receipt);
    return receipt;
  } catch (error) {
    const verdict = judge(error);
    if (verdict === 'offline' || verdict === 'sign_in') return verdict;
    await store.saveCommand(afterFailure(current, verdict, world));
    return 'kept';
  }
}

/** The bytes came to the server otherwise than they left this phone. */
class DamagedPhoto extends Error {}

async function uploadWhole(
  store: FieldStore,
  world: OutboxWorld,
  photo: KeptPhoto,
): Promise<{ id: string; token: string }> {
  const blob = await readPhoto(store, world.locker, photo.key);
  if (blob === undefined) throw new RangeError(`The bytes of photo ${photo.key} are no longer on this device.`);
  for (let left = damagedRetries; ; left--) {
    const { id, token, sha256 } = await world.upload(blob, photo.kind);
    if (photo.sha256 === null || sha256 === photo.sha256) return { id, token };
    if (left === 0) throw new DamagedPhoto(`Expected SHA-256 ${photo.sha256}, the server has ${sha256}.`);
  }
}

function bodyOf(command: Command, body: Record<string, unknown>): Record<string, unknown> {
  if (!takesPhotos(command.verb) || (command.other !== undefined && command.photos.length === 0)) return body;
  return { ...body, attachments: command.photos.flatMap(({ upload }) => (upload === null ? [] : [upload])) };
}

function toReceipt(command: Command, answer: CommandAnswer, nowMs: number): Receipt {
  const { opId, account, verb, title, madeAt, about, other } = command;
  const ofEvent = about === null && other === undefined;
  return {
    opId,
    account,
    verb,
    title,
    eventId: ofEvent ? (answer.id ?? null) : (answer.eventId ?? null),
    number: answer.number ?? '',
    status: eventStatuses.find((status) => ofEvent && status === answer.status) ?? null,
    about,
    ...(other === undefined ? {} : { other }),
    nextAt: answer.next?.at ?? null,
    madeAt,
    at: answer.at ?? new Date(nowMs).toISOString(),
    ledgerId: answer.ledgerId ?? '',
    photos: command.photos.length,
  };
}

export type Verdict =
  'offline' | 'sign_in' | { later: 'slow' | 'busy' | 'damaged' } | { refused: ProblemError['code']; detail: string };

/**
 * What a failure means. No network: everything waits. No session: everything waits for a sign-in. Slow network, busy
 * server, damaged photo: this event waits. Anything else is the server's no, for a person to decide about.
 */
export function judge(error: unknown): Verdict {
  if (error instanceof OfflineError) return error.reason === 'network' ? 'offline' : { later: 'slow' };
  if (error instanceof DamagedPhoto) return { later: 'damaged' };
  if (error instanceof ProblemError) {
    if (['not_signed_in', 'session_expired', 'second_factor_needed'].includes(error.code)) return 'sign_in';
    if (error.code === 'csrf_refused' || error.status === 429 || error.status >= 500) return { later: 'busy' };
    return { refused: error.code, detail: error.detail };
  }
  return { refused: 'internal', detail: error instanceof Error ? error.message : String(error) };
}

function afterFailure(command: Command, verdict: Exclude<Verdict, string>, world: OutboxWorld): Command {
  const tries = command.tries + 1;
  if ('refused' in verdict) {
    const refusal = { code: verdict.refused, detail: verdict.detail, at: new Date(world.nowMs()).toISOString() };
    return { ...command, tries, refusal, trouble: null };
  }
  return { ...command, tries, trouble: verdict.later, notBeforeMs: world.nowMs() + waitMs(tries, world.random()) };
}

/** Doubles from 5 s up to 10 min, shortened by up to a half so that phones do not all come back at once. */
export function waitMs(tries: number, random: number): number {
  return Math.round(Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - 1)) * (1 - random / 2));
}

/** "Try again": the same intention under the same opId, at once. Photos are sent anew, their claims may have been used. */
export function tryAgain(command: Command): Command {
  return {
    ...command,
    refusal: null,
    trouble: null,
    notBeforeMs: 0,
    photos: command.photos.map((photo) => ({ ...photo, upload: null })),
  };
}
