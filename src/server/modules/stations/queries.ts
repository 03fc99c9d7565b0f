import type { Input, Output, Permission } from '#contract/route.ts';
import type { stationRoutes } from '#contract/stations.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { grantsFor, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { timeline } from '#server/modules/ledger/index.ts';
import { extensionRules, warningNames } from './dictionary.ts';
import type { StationsParts } from './parts.ts';
import { stationsInUse } from './register.ts';
import { dayAt } from './rules-hours.ts';
import { findStation, listFreeUnits, listStationRows, type StationRow } from './store.ts';
import { listBusy, listPhotos } from './store-facts.ts';
import { readSeason, timeStations, type Season } from './timetables.ts';
import { detailView, facilityViews, languageViews, rowView, type PhotoView } from './views.ts';

type Routes = typeof stationRoutes;

export const absent = (): AppError =>
  new AppError('not_found', 'There is no such station, or it is not yours to see. Look it up in the list of stations.');

/** A station the actor reaches with the word, by id or code. @throws AppError not_found, also for a foreign one */
export async function findFor(
  { database }: Pick<StationsParts, 'database'>,
  actor: Actor,
  idOrCode: string,
  word: Permission,
): Promise<StationRow> {
  const scope = scopeFor(actor, word);
  const row = await database.read(scope, (tx) => findStation(tx, scope, idOrCode));
  if (row === undefined) throw absent();
  return row;
}

/** The stations in use that the actor reaches with the word, by code. */
export function listFor({ database, clock }: StationsParts, actor: Actor, word: Permission): Promise<StationRow[]> {
  const scope = scopeFor(actor, word);
  return database.read(scope, (tx) => stationsInUse(tx, scope, clock.now()));
}

export async function listStations(
  parts: StationsParts,
  actor: Actor,
  { area, past }: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  const nowMs = parts.clock.now();
  const season = await readSeason(parts);
  const scope = scopeFor(actor, 'station.read');
  return parts.database.read(scope, async (tx) => {
    const rows = await listStationRows(tx, scope, { area, ...(past === true ? {} : { openOn: dayAt(nowMs, season) }) });
    const timed = await timeStations(tx, rows, season, nowMs);
    const busy = await busyOf(tx, rows);
    return {
      items: timed.map((one) =>
        rowView(one, { areaName: areaNameOf(parts, one.station), busy: busy.get(one.station.id), nowMs }),
      ),
    };
  });
}

/** The latest word on how busy each is. */
export async function busyOf(tx: Tx, rows: readonly StationRow[]) {
  const ids = rows.map(({ id }) => id);
  return new Map((await listBusy(tx, ids)).map((row) => [row.stationId, row]));
}

/** The community a station stands in, else the finest area there is. */
export function areaNameOf({ territory }: Pick<StationsParts, 'territory'>, { path, areaCode }: StationRow): string {
  const areas = path.flatMap((code) => territory.area(code) ?? []);
  return (areas.find(({ tier }) => tier === 'community') ?? areas.at(-1))?.name ?? areaCode;
}

/** One station, by id or code. @throws AppError not_found */
export async function getStation(parts: StationsParts, actor: Actor, idOrCode: string): Promise<Output<Routes['get']>> {
  const season = await readSeason(parts);
  const scope = scopeFor(actor, 'station.read');
  return parts.database.read(scope, async (tx) => {
    const row = await findStation(tx, scope, idOrCode);
    if (row === undefined) throw absent();
    return readDetail(parts, tx, { row, actor, season });
  });
}

/** The view of a station that was found or just saved. */
export async function readDetail(
  parts: StationsParts,
  tx: Tx,
  { row, actor, season }: { row: StationRow; actor: Actor; season: Season },
): Promise<Output<Routes['get']>> {
  const nowMs = parts.clock.now();
  const [timed] = await timeStations(tx, [row], season, nowMs);
  if (timed === undefined) throw absent();
  return detailView(timed, {
    actor,
    areaName: areaNameOf(parts, row),
    unitName: parts.territory.unit(row.unitId)?.name ?? '',
    busy: (await busyOf(tx, [row])).get(row.id),
    photos: await photosOf(parts, tx, row.id),
    nowMs,
  });
}

/** Photos that are shown, with their words. */
export async function photosOf({ events }: StationsParts, tx: Tx, stationId: string): Promise<PhotoView[]> {
  const shown = await listPhotos(tx, stationId);
  const files = new Map((await events.photos.listOf(tx, 'station', [stationId])).map((file) => [file.id, file]));
  return shown.flatMap((photo) => {
    const file = files.get(photo.id);
    return file === undefined ? [] : [{ ...photo, width: file.width, height: file.height }];
  });
}

/** The stored file of a photo that is shown, for anybody. */
export async function findPhoto(
  { database, events }: StationsParts,
  code: string,
  photoId: string,
): Promise<{ storageKey: string } | undefined> {
  return database.read(systemScope, async (tx) => {
    const row = await findStation(tx, systemScope, code);
    const shown = row === undefined ? [] : await listPhotos(tx, row.id);
    if (row === undefined || !shown.some(({ id }) => id === photoId)) return undefined;
    return events.photos.findOf(tx, { subjectType: 'station', subjectId: row.id, id: photoId });
  });
}

/** Every change of a station's facts, the latest first. @throws AppError not_found */
export async function readHistory(
  { database, names }: StationsParts,
  actor: Actor,
  id: string,
): Promise<Output<Routes['history']>> {
  const scope = scopeFor(actor, 'station.read');
  return database.read(scope, async (tx) => {
    const station = await findStation(tx, scope, id);
    if (station === undefined) throw absent();
    const lines = (await timeline(tx, 'station', id)).toReversed();
    const named = grantsFor(actor, 'people.read', { path: station.path, units: [station.unitId] }).length > 0;
    const who = await names(tx, named ? [...new Set(lines.flatMap(({ actorId }) => actorId ?? []))] : []);
    return {
      items: lines.slice(0, 200).map(({ id: lineId, at, action, actorId, data, words }) => ({
        id: lineId,
        at: at.toISOString(),
        action,
        data,
        words,
        byName: actorId === null ? null : (who.get(actorId) ?? null),
      })),
    };
  });
}

export async function listUnits({ database }: StationsParts, actor: Actor): Promise<Output<Routes['freeUnits']>> {
  const scope = scopeFor(actor, 'station.manage');
  return { items: await database.read(scope, (tx) => listFreeUnits(tx, scope.areas)) };
}

export async function listWords(): Promise<Output<Routes['words']>> {
  return {
    facilities: facilityViews(),
    languages: languageViews(),
    extensions: extensionRules().map((rule) => {
      const word = warningNames().get(rule.kind);
      return { ...rule, name: word?.name ?? rule.kind, nameEn: word?.nameEn ?? rule.kind };
    }),
  };
}
