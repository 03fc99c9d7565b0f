import type { AttachmentKind, EventStatus } from '#contract/events-words.ts';
import type { ErrorCode } from '#kit/errors.ts';
import { pathOf, type FieldVerb } from './field-api.ts';

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
  verb: FieldVerb;
  path: `/api/${string}`;
  /** Never changes after the first attempt; attachments are added from `photos`. */
  body: Record<string, unknown>;
  photos: KeptPhoto[];
  /** Null for new reports. */
  eventId: string | null;
  /** What the person recognises it by. */
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
  verb: FieldVerb;
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
  verb: FieldVerb;
  title: string;
  eventId: string;
  number: string;
  status: EventStatus;
  madeAt: string;
  /** The server's clock. */
  at: string;
  /** Ledger line that records it. */
  ledgerId: string;
  photos: number;
}

/** Commands of one lane are sent in order; lanes do not wait for one another. A new report is a lane of its own. */
export function laneOf(command: Pick<Command, 'eventId' | 'opId'>): string {
  return command.eventId ?? command.opId;
}

/** The command as it is kept, without its place in the order. @throws RangeError when an act names no event */
export function toCommand(made: NewCommand, photos: KeptPhoto[], opId: string, madeAt: string): Omit<Command, 'seq'> {
  return {
    opId,
    account: made.account,
    verb: made.verb,
    path: pathOf(made.verb, made.eventId),
    body: {
      ...made.body,
      opId,
      at: madeAt,
      ...(made.seenVersion === null ? {} : { seenVersion: made.seenVersion }),
    },
    photos,
    eventId: made.eventId,
    title: made.title,
    seenStatus: made.seenStatus,
    seenVersion: made.seenVersion,
    madeAt,
    tries: 0,
    notBeforeMs: 0,
    trouble: null,
    refusal: null,
  };
}

/** Verbs whose route takes photos. */
const withPhotos: readonly FieldVerb[] = ['report', 'self_handle', 'verify', 'arrive', 'note', 'finish', 'check'];
export function takesPhotos(verb: FieldVerb): boolean {
  return withPhotos.includes(verb);
}
