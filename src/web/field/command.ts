import type { AttachmentKind, EventStatus } from '#contract/events-words.ts';
import type { ErrorCode } from '#kit/errors.ts';
import { pathOf, type CommandVerb, type TaskVerb } from './field-api.ts';
import type { Sealed } from './locker.ts';

/** A task of the day a command is about. */
export interface About {
  kind: 'visit' | 'inspection';
  id: string;
}

/** An act of another feature of this face: it names its own road, and waits in the same outbox. */
export interface OtherAct {
  /** Feature and act, such as 'service.record'. */
  kind: string;
  path: `/api/${string}`;
  /** Acts of one lane are sent in order; null: a lane of its own. */
  lane: string | null;
  /** Where on this face it was done: the way back after a refusal. */
  page: `/field${string}`;
  /** It tells of somebody (a name, a telephone): body, title and photos lie sealed until they are sent. */
  sealed?: boolean;
}

/** What a sealed command hides: words of its own, and what its owner recognises it by. */
export interface Hidden {
  body: Record<string, unknown>;
  title: string;
}

/** A photo of a command. Its bytes lie in a store of their own under `key`. */
export interface KeptPhoto {
  key: string;
  kind: AttachmentKind;
  mime: string;
  /** Computed on this phone when it was taken over; null where the browser cannot. */
  sha256: string | null;
  /** The server's claim, once it holds the same bytes. */
  upload: { id: string; token: string } | null;
}

/** The server said no, and repeating will not help: a person decides what becomes of the command. */
export interface Refusal {
  code: ErrorCode;
  detail: string;
  /** ISO 8601, by this phone's clock. */
  at: string;
}

/** What somebody did on this phone and the server has not yet acknowledged. Plain data, kept as it is in IndexedDB. */
export interface Command {
  /** Order of doing, given by the store. */
  seq: number;
  /** Names this intention for ever; the server answers its repetition with the first answer. */
  opId: string;
  /** Whose command it is: another person signing in on this phone neither sees nor sends it. */
  account: string;
  verb: CommandVerb;
  path: `/api/${string}`;
  /** Never changes after the first attempt; attachments are added from `photos`. Empty where `sealed` holds it. */
  body: Record<string, unknown>;
  /** Visits and inspections tell about people's homes: body and photos lie here so that only their owner's key opens them. */
  sealed: Sealed | null;
  about: About | null;
  /** Given with the verb 'other'. */
  other?: OtherAct;
  photos: KeptPhoto[];
  /** Null for new reports and for what is about a task of the day. */
  eventId: string | null;
  /** What the person recognises it by; empty where it must not lie open. */
  title: string;
  /** Status and version on the screen when it was done. */
  seenStatus: EventStatus | null;
  seenVersion: number | null;
  /** ISO 8601. */
  madeAt: string;
  tries: number;
  /** Epoch milliseconds before which it is not tried again. */
  notBeforeMs: number;
  /** Why it still waits, for the list: busy server, slow network, photo that arrived damaged. */
  trouble: 'slow' | 'busy' | 'damaged' | null;
  refusal: Refusal | null;
}

/** A photo on its way into the outbox. */
export interface NewPhoto {
  kind: AttachmentKind;
  blob: Blob;
}

export interface NewCommand {
  account: string;
  verb: CommandVerb;
  /** Given for visits and inspections: such commands are sealed. */
  about?: About;
  /** Given with the verb 'other'. */
  other?: OtherAct;
  eventId: string | null;
  title: string;
  seenStatus: EventStatus | null;
  seenVersion: number | null;
  body: Record<string, unknown>;
  photos: readonly NewPhoto[];
}

/** The server's acknowledgement of one act: the sync receipt. */
export interface Receipt {
  opId: string;
  account: string;
  verb: CommandVerb;
  /** Empty for visits: no name outlives the sending. */
  title: string;
  /** For visits and inspections the event that was raised, if any. */
  eventId: string | null;
  number: string;
  /** Null where no event is meant. */
  status: EventStatus | null;
  about: About | null;
  other?: OtherAct;
  /** When somebody is to look again, as the server decided. */
  nextAt: string | null;
  madeAt: string;
  /** The server's clock. */
  at: string;
  /** Ledger line that records it. */
  ledgerId: string;
  photos: number;
}

/** Commands of one lane are sent in order; lanes do not wait for one another. A new report is a lane of its own. */
export function laneOf(command: Pick<Command, 'eventId' | 'opId' | 'about' | 'other'>): string {
  return command.eventId ?? command.about?.id ?? command.other?.lane ?? command.opId;
}

/**
 * The command as it is kept, without its place in the order, and what is to be sealed of it (null: nothing).
 * @throws RangeError when an act names neither event nor task nor its own road
 */
export function toCommand(
  made: NewCommand,
  photos: KeptPhoto[],
  opId: string,
  madeAt: string,
): { command: Omit<Command, 'seq'>; hidden: Hidden | null } {
  const about = made.about ?? null;
  const secret = isSealed(made);
  const body = {
    ...made.body,
    opId,
    at: madeAt,
    ...(made.seenVersion === null ? {} : { seenVersion: made.seenVersion }),
  };
  const command = {
    opId,
    account: made.account,
    verb: made.verb,
    path: roadOf(made),
    body: secret ? {} : body,
    sealed: null,
    about,
    ...(made.other === undefined ? {} : { other: made.other }),
    photos,
    eventId: made.eventId,
    title: secret ? '' : made.title,
    seenStatus: made.seenStatus,
    seenVersion: made.seenVersion,
    madeAt,
    tries: 0,
    notBeforeMs: 0,
    trouble: null,
    refusal: null,
  };
  return { command, hidden: secret ? { body, title: made.title } : null };
}

/** Does it tell about people's homes, or of somebody? */
export function isSealed({ about, other }: Pick<NewCommand, 'about' | 'other'>): boolean {
  return about !== undefined || other?.sealed === true;
}

function roadOf({ verb, other, about, eventId }: NewCommand): `/api/${string}` {
  if (verb !== 'other') return pathOf(verb, about?.id ?? eventId);
  if (other === undefined) throw new RangeError('An act of another feature needs its road (other.path).');
  return other.path;
}

/** Verbs whose route takes photos. */
const withPhotos: readonly CommandVerb[] = [
  'report',
  'self_handle',
  'verify',
  'arrive',
  'note',
  'finish',
  'check',
  'visit_record',
  'inspection_record',
  'other',
];
export function takesPhotos(verb: CommandVerb): boolean {
  return withPhotos.includes(verb);
}

export function isTaskVerb(verb: CommandVerb): verb is TaskVerb {
  return verb === 'visit_record' || verb === 'inspection_record';
}
