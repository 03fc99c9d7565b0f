/** What of a facility or an idle room is told, and how. */
import type { facilityRoutes } from '#contract/facilities.ts';
import type { Output } from '#contract/route.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { facilityClasses } from './dictionary.ts';
import { mayKeep } from './place.ts';
import { openAtMinute, weekMinuteOf } from './rules-hours.ts';
import type { FacilityRow, Missing } from './store.ts';

type Row = Output<typeof facilityRoutes.list>['items'][number];
type Mark = Output<typeof facilityRoutes.map>['items'][number];
export type Detail = Output<typeof facilityRoutes.get>;

export interface Seeing {
  territory: LiveTerritory;
  nowMs: number;
}

/** The community something stands in, else the finest area there is. */
export function areaNameOf(
  territory: LiveTerritory,
  { path, areaCode }: Pick<FacilityRow, 'path' | 'areaCode'>,
): string {
  const areas = path.flatMap((code) => territory.area(code) ?? []);
  return (areas.find(({ tier }) => tier === 'community') ?? areas.at(-1))?.name ?? areaCode;
}

/** Whether it is open now; null while its hours are not known. */
export function openNow({ hours }: Pick<FacilityRow, 'hours'>, nowMs: number): boolean | null {
  const { weekday, minute } = weekMinuteOf(nowMs);
  return openAtMinute(hours, weekday, minute);
}

/** What nobody has said of it yet. */
export function missingOf(row: FacilityRow): Missing[] {
  const counts = (facilityClasses().get(row.classCode)?.capacityUnit ?? '') !== '';
  const gaps: [Missing, boolean][] = [
    ['hours', row.hours === null],
    ['capacity', counts && row.capacity === null],
    ['step_free', row.stepFree === null],
    ['checked', row.checkedOn === null],
  ];
  return gaps.flatMap(([fact, isMissing]) => (isMissing ? [fact] : []));
}

export function markView(row: FacilityRow, { nowMs }: Seeing): Mark {
  const { id, name, classCode, lon, lat } = row;
  return { id, name, classCode, lon, lat, openNow: openNow(row, nowMs) };
}

export function rowView(row: FacilityRow, seeing: Seeing): Row {
  const { code, areaCode, address, capacity, hours, stepFree, openedOn, closedOn, checkedOn, source } = row;
  return {
    ...markView(row, seeing),
    code,
    areaCode,
    areaName: areaNameOf(seeing.territory, row),
    address,
    capacity,
    hours,
    stepFree,
    openedOn,
    closedOn,
    checkedOn,
    source,
    missing: missingOf(row),
  };
}

const stationMark = 'station-';

export function detailView(row: FacilityRow, seeing: Seeing, actor: Actor): Detail {
  const { floorM2, note, version, source, sourceRef, code } = row;
  return {
    ...rowView(row, seeing),
    floorM2,
    note,
    stationCode: source === 'station' && code.startsWith(stationMark) ? code.slice(stationMark.length) : null,
    projectId: source === 'project' ? sourceRef : null,
    version,
    mayEdit: mayKeep(actor, row.path),
  };
}
