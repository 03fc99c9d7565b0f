import { uuidV7 } from '#kit/ids.ts';
import { keepAct, type ActEnd } from '#web/field/keep-act.ts';
import type { NewPhoto } from '#web/field/command.ts';
import type { Holder } from '#web/field/use-field.ts';
import { counterRoads, type Given } from './counter-api.ts';
import { counterPaths } from './paths.ts';

/** A new id of a record; the tablet makes it, so that what is sent twice counts once. */
export const newRecordId = (): string => uuidV7();

export interface Wish {
  stationId: string;
  /** What it is called in the list of what is unsent. */
  title: string;
  given: Given;
  photos?: readonly NewPhoto[];
  page?: `/field/${string}`;
}

/** A service into the outbox, with its moment. Everything about one record goes in one lane, in order. */
export function keepService(holder: Holder, { stationId, title, given, photos, page }: Wish): Promise<Kept> {
  const at = new Date().toISOString();
  return keepAct(holder, {
    kind: 'service.record',
    path: counterRoads.record(stationId),
    lane: given.id,
    page: page ?? counterPaths.record,
    title,
    body: { items: [{ at, ...given }] },
    ...(photos === undefined ? {} : { photos }),
  });
}

export interface Kept {
  opId: string;
  ended: Promise<ActEnd>;
}

/** It does not count after all. */
export function keepCorrection(
  holder: Holder,
  { recordId, title, reason, note = '' }: { recordId: string; title: string; reason: string; note?: string },
): Promise<Kept> {
  return keepAct(holder, {
    kind: 'service.correct',
    path: counterRoads.correct(recordId),
    lane: recordId,
    page: counterPaths.record,
    title,
    body: { reason, note },
  });
}

/** Somebody asked for what is not here. */
export function keepWant(
  holder: Holder,
  { stationId, want, title }: { stationId: string; want: string; title: string },
): Promise<Kept> {
  return keepAct(holder, {
    kind: 'service.want',
    path: counterRoads.want(stationId),
    page: counterPaths.record,
    title,
    body: { want },
  });
}
