/** Changes of what hangs on a station: exceptions, facilities, how busy it is, photos. */
import type { Input, Output } from '#contract/route.ts';
import type { stationRoutes } from '#contract/stations.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { assertSeen, changeAndShow, changeStation, type Change, type Saved } from './change.ts';
import { assertSpans, bad } from './commands.ts';
import { busyLapsesMs, facilityWords } from './dictionary.ts';
import type { StationsParts } from './parts.ts';
import { tell } from './record.ts';
import {
  insertException,
  insertPhoto,
  listFacilities,
  listPhotos,
  removePhoto,
  saveBusy,
  saveFacility,
  withdrawException,
  type FacilityRow,
} from './store-facts.ts';

type Routes = typeof stationRoutes;
const manage = 'station.manage';

/** Enters days that are not as usual; where several cover a day the one entered last counts. @throws AppError not_found, bad_input */
export async function addException(
  parts: StationsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['addException']>['body'],
): Promise<Saved> {
  const { opId, fromDay, toDay, spans, reason, reasonEn } = body;
  assertSpans('spans', spans);
  return changeAndShow(parts, actor, { id, word: manage, verb: 'exception', body }, async ({ tx, station, nowMs }) => {
    const exceptionId = uuidV7(nowMs);
    const row = { id: exceptionId, stationId: id, fromDay, toDay, spans, reason, reasonEn, createdAt: new Date(nowMs) };
    await insertException(tx, row);
    const data = { exceptionId, fromDay, toDay, spans };
    const words = { reason, reasonEn };
    return {
      row: station,
      ledgerId: await tell(tx, 'station.exception', station, { actor, atMs: nowMs, opId, data, words }),
    };
  });
}

/** @throws AppError not_found when there is none in force */
export async function endException(
  parts: StationsParts,
  actor: Actor,
  { id, exceptionId }: { id: string; exceptionId: string },
  body: { opId: string },
): Promise<Saved> {
  const wish = { id, word: manage, verb: 'withdraw_exception', body: { ...body, exceptionId } } as const;
  return changeAndShow(parts, actor, wish, async ({ tx, station, nowMs }) => {
    const gone = await withdrawException(tx, { id: exceptionId, stationId: id, at: new Date(nowMs) });
    if (gone === undefined)
      throw new AppError('not_found', 'There is no such exception in force. Load the station again.');
    const line = { actor, atMs: nowMs, opId: body.opId, data: { exceptionId, ...gone } };
    return { row: station, ledgerId: await tell(tx, 'station.withdraw_exception', station, line) };
  });
}

/** What a station has of one thing. @throws AppError not_found, version_conflict, bad_input for a word that is not in the dictionary */
export async function setFacility(
  parts: StationsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['setFacility']>['body'],
): Promise<Saved> {
  const { opId, code, version, state, note, noteEn } = body;
  const word = facilityWords().get(code);
  if (word === undefined) throw bad('code', `expected a code of station-facilities.csv, found ${code}`);
  const quantity = word.counts ? body.quantity : null;
  return changeAndShow(parts, actor, { id, word: manage, verb: 'facility', body }, async (change) => {
    const before = await findFacility(change, code);
    assertSeen(before ?? { version: 0 }, version);
    const row = {
      stationId: id,
      code,
      state,
      quantity,
      note,
      noteEn,
      version: version + 1,
      changedAt: new Date(change.nowMs),
    };
    return { row: change.station, ledgerId: await writeFacility(change, { actor, opId, before, row }) };
  });
}

/** The counter says that something broke or was mended. @throws AppError not_found also when the station has no such thing */
export async function markFacility(
  parts: StationsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['markFacility']>['body'],
): Promise<Output<Routes['markFacility']>> {
  const { opId, code, version, state, note } = body;
  return changeStation(parts, actor, { id, word: 'station.work', verb: 'mark', body }, async (change) => {
    const before = await findFacility(change, code);
    if (before === undefined || before.state === 'gone')
      throw new AppError('not_found', 'This station has no such facility. Its head can add it.');
    assertSeen(before, version);
    const changedAt = new Date(change.nowMs);
    const row = { ...before, state, note, noteEn: '', version: version + 1, changedAt };
    const ledgerId = await writeFacility(change, { actor, opId, before, row });
    return { code, state, at: toIso(change.nowMs), ledgerId };
  });
}

/** The station is locked, so its facilities are too. */
async function findFacility({ tx, station }: Change, code: string): Promise<FacilityRow | undefined> {
  return (await listFacilities(tx, [station.id])).find((one) => one.code === code);
}

async function writeFacility(
  { tx, station, nowMs }: Change,
  { actor, opId, before, row }: { actor: Actor; opId: string; before: FacilityRow | undefined; row: FacilityRow },
): Promise<string> {
  await saveFacility(tx, row);
  const facts = ({ state, quantity }: FacilityRow) => ({ state, quantity });
  const data = { facility: row.code, from: before === undefined ? null : facts(before), to: facts(row) };
  const words = { note: row.note, noteEn: row.noteEn };
  return tell(tx, 'station.facility', station, { actor, atMs: nowMs, opId, data, words });
}

/** How full it is now; lapses by itself. @throws AppError not_found */
export async function setBusy(
  parts: StationsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['setBusy']>['body'],
): Promise<Output<Routes['setBusy']>> {
  const { opId, level } = body;
  return changeStation(
    parts,
    actor,
    { id, word: 'station.work', verb: 'busy', body },
    async ({ tx, station, nowMs }) => {
      await saveBusy(tx, { stationId: id, level, setAt: new Date(nowMs) });
      const ledgerId = await tell(tx, 'station.busy', station, { actor, atMs: nowMs, opId, data: { level } });
      return { level, at: toIso(nowMs), lapsesAt: toIso(nowMs + busyLapsesMs()), ledgerId };
    },
  );
}

/** Shows a photo that was uploaded before. @throws AppError not_found, bad_input when it is unknown or somebody else's */
export async function addPhoto(
  parts: StationsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['addPhoto']>['body'],
): Promise<Saved> {
  const { opId, photo, alt, altEn } = body;
  return changeAndShow(parts, actor, { id, word: manage, verb: 'photo', body }, async ({ tx, station, nowMs }) => {
    if ((await listPhotos(tx, id)).length >= photoLimit)
      throw bad('photo', `expected at most ${photoLimit} photos; take one off first`);
    await parts.events.photos.claimFor(tx, { subjectType: 'station', subjectId: id, claims: [photo], actor });
    await insertPhoto(tx, { id: photo.id, stationId: id, alt, altEn });
    const line = { actor, atMs: nowMs, opId, data: { photoId: photo.id }, words: { alt, altEn } };
    return { row: station, ledgerId: await tell(tx, 'station.photo', station, line) };
  });
}

const photoLimit = 8;

/** @throws AppError not_found */
export async function takePhotoOff(
  parts: StationsParts,
  actor: Actor,
  { id, photoId }: { id: string; photoId: string },
  body: { opId: string },
): Promise<Saved> {
  const wish = { id, word: manage, verb: 'remove_photo', body: { ...body, photoId } } as const;
  return changeAndShow(parts, actor, wish, async ({ tx, station, nowMs }) => {
    if (!(await removePhoto(tx, { id: photoId, stationId: id, at: new Date(nowMs) })))
      throw new AppError('not_found', 'This photo is not shown any more. Load the station again.');
    const line = { actor, atMs: nowMs, opId: body.opId, data: { photoId } };
    return { row: station, ledgerId: await tell(tx, 'station.remove_photo', station, line) };
  });
}
