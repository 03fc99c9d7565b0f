import type { Output } from '#contract/route.ts';
import type { stationPublicRoutes, stationRoutes } from '#contract/stations.ts';
import { toIso } from '#kit/clock.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';
import { busyLapsesMs, facilityWords, languageWords, warningNames } from './dictionary.ts';
import { horizonDays, openingsBetween, standingAt, type Opening, type Standing } from './rules-hours.ts';
import type { StationRow } from './store.ts';
import type { BusyRow, PhotoRow } from './store-facts.ts';
import type { Timed } from './timetables.ts';

type Routes = typeof stationRoutes;
type PublicRow = Output<(typeof stationPublicRoutes)['list']>['items'][number];
export type PhotoView = PhotoRow & { width: number; height: number };

/** Public pages are told this far: a copy kept on a phone is right for that long. */
export const publicDays = 8;
const dayMs = 86_400_000;

export function openingView({
  fromMs,
  untilMs,
  why,
  reason,
  reasonEn,
  extended,
}: Opening): PublicRow['openings'][number] {
  const warning = extended === null ? undefined : warningNames().get(extended.warningKind);
  return {
    from: toIso(fromMs),
    until: toIso(untilMs),
    why,
    reason,
    reasonEn,
    extended:
      extended === null
        ? null
        : {
            warningKind: extended.warningKind,
            warningName: warning?.name ?? extended.warningKind,
            warningNameEn: warning?.nameEn ?? extended.warningKind,
            colour: extended.colour,
            usualUntil: toIso(extended.usualUntilMs),
          },
  };
}

export function standingView({ open, untilMs, opening, closedFor }: Standing): Output<Routes['get']>['standing'] {
  return {
    open,
    until: untilMs === null ? null : toIso(untilMs),
    opening: opening === null ? null : openingView(opening),
    closedFor,
  };
}

/** What the counter said last, unless that is too long ago. */
export function busyView(row: BusyRow | undefined, nowMs: number): PublicRow['busy'] {
  if (row === undefined) return null;
  const lapsesMs = row.setAt.getTime() + busyLapsesMs();
  return lapsesMs <= nowMs ? null : { level: row.level, at: row.setAt.toISOString(), lapsesAt: toIso(lapsesMs) };
}

/** What everybody may know of a station. */
export function publicView(
  { station, table, exceptions, facilities }: Timed,
  { areaName, busy, nowMs }: { areaName: string; busy: BusyRow | undefined; nowMs: number },
): PublicRow {
  const { id, code, name, nameEn, areaCode, address, addressEn, lon, lat, phone } = station;
  const lastMs = nowMs + publicDays * dayMs;
  return {
    id,
    code,
    name,
    nameEn,
    areaCode,
    areaName,
    address,
    addressEn,
    lon,
    lat,
    phone,
    busy: busyView(busy, nowMs),
    openings: openingsBetween(table, nowMs, lastMs).map(openingView),
    closings: exceptions
      .filter(({ fromDay }) => Date.parse(fromDay) < lastMs)
      .map(({ fromDay, toDay, reason, reasonEn }) => ({
        fromDay,
        toDay,
        reason,
        reasonEn,
      })),
    facilities: facilities.flatMap(({ code: word, state, quantity, note, noteEn }) =>
      state === 'gone'
        ? []
        : [
            {
              code: word,
              state,
              quantity,
              note,
              noteEn,
            },
          ],
    ),
  };
}

/** One line of the desk's list. */
export function rowView(
  timed: Timed,
  { areaName, busy, nowMs }: { areaName: string; busy: BusyRow | undefined; nowMs: number },
): Output<Routes['list']>['items'][number] {
  const { id, code, unitId, name, nameEn, areaCode, lon, lat, address, addressEn, closedOn } = timed.station;
  const withState = (wanted: string): string[] =>
    timed.facilities.flatMap(({ code: word, state }) => (state === wanted ? [word] : []));
  return {
    id,
    code,
    unitId,
    name,
    nameEn,
    areaCode,
    areaName,
    lon,
    lat,
    address,
    addressEn,
    closedOn,
    standing: standingView(standingAt(timed.table, nowMs)),
    busy: busyView(busy, nowMs),
    facilities: withState('there'),
    outOfOrder: withState('out_of_order'),
  };
}

/** All of one station, for whoever may see it. */
export function detailView(
  timed: Timed,
  more: {
    actor: Actor;
    areaName: string;
    unitName: string;
    busy: BusyRow | undefined;
    photos: readonly PhotoView[];
    nowMs: number;
  },
): Output<Routes['get']> {
  const { actor, areaName, unitName, nowMs, busy, photos } = more;
  const { station, exceptions, facilities, table } = timed;
  const { facilities: _there, outOfOrder: _broken, ...row } = rowView(timed, { areaName, busy, nowMs });
  const { phone, directions, directionsEn, languages, openedOn, hours, holidayHours, version } = station;
  return {
    ...row,
    unitName,
    phone,
    directions,
    directionsEn,
    languages,
    openedOn,
    holidayHours,
    version,
    hours: hours.map((spans) => spans.map(([from, until]): [number, number] => [from, until])),
    openings: openingsBetween(table, nowMs, nowMs + horizonDays * dayMs).map(openingView),
    exceptions: exceptions.map(({ id, fromDay, toDay, spans, reason, reasonEn }) => ({
      id,
      fromDay,
      toDay,
      reason,
      reasonEn,
      spans: spans.map(([from, until]): [number, number] => [from, until]),
    })),
    facilities: facilities.map(({ stationId: _own, changedAt, ...facility }) => ({
      ...facility,
      changedAt: changedAt.toISOString(),
    })),
    photos: photos.map(({ stationId: _same, ...photo }) => photo),
    mayManage: holdsOver(actor, station, 'station.manage'),
    mayWork: holdsOver(actor, station, 'station.work'),
  };
}

/** Whether an appointment of the actor reaches this station with the word. */
export function holdsOver(
  actor: Actor,
  { path, unitId }: Pick<StationRow, 'path' | 'unitId'>,
  word: 'station.read' | 'station.work' | 'station.manage',
): boolean {
  return actor.kind === 'system' || grantsFor(actor, word, { path, units: [unitId] }).length > 0;
}

export const facilityViews = () => [...facilityWords().values()].map(({ certain: _draft, ...word }) => word);
export const languageViews = () =>
  [...languageWords().values()].map(({ code, name, nameEn }) => ({ code, name, nameEn }));
