/** Rows as the contract shows them. */
import type { z } from 'zod';
import type { areaDetail, areaRow } from '#contract/grids.ts';
import type { unitView } from '#contract/grids-views.ts';
import { areaM2 } from '#engine/territory/measure.ts';
import { representativePoint } from '#engine/territory/inside.ts';
import type { AreaGeometry } from '#engine/territory/geometry.ts';
import { AppError } from '#kit/errors.ts';
import type { StoredArea } from './store.ts';
import type { StoredUnit } from './store-units.ts';
import { receiverOf, type TerritoryMaps } from './territory-maps.ts';

export type AreaRowView = z.input<typeof areaRow>;

/** @throws AppError not_found */
export function getKnown(maps: TerritoryMaps, code: string): StoredArea {
  const area = maps.areas.get(code);
  if (area === undefined)
    throw new AppError('not_found', `There is no area ${code}. Look it up in the area tree.`, { code });
  return area;
}

export function toAreaRow(maps: TerritoryMaps, area: StoredArea): AreaRowView {
  const { code, tier, name, parentCode, kind, residents, households, version } = area;
  const childCount = maps.childrenOf.get(code)?.length ?? 0;
  return {
    code,
    tier,
    name,
    parentCode,
    kind,
    residents,
    households,
    childCount,
    hasOutline: area.geometry !== null,
    version,
  };
}

export function toAreaDetail(maps: TerritoryMaps, area: StoredArea, mayEdit: boolean): z.input<typeof areaDetail> {
  const receiver = receiverOf(maps, area.code);
  return {
    ...toAreaRow(maps, area),
    path: area.path.flatMap((code) => toPathItem(maps.areas.get(code)) ?? []),
    geometry: area.geometry,
    areaM2: area.geometry === null ? null : areaM2(area.geometry),
    at: pointOf(area.geometry),
    retiredAt: area.retiredAt?.toISOString() ?? null,
    receiver: receiver === undefined ? null : toUnitView(receiver),
    units: (maps.unitsAt.get(area.code) ?? []).map(toUnitView),
    mayEdit,
  };
}

export function toPathItem(
  area: StoredArea | undefined,
): { code: string; tier: StoredArea['tier']; name: string } | undefined {
  return area && { code: area.code, tier: area.tier, name: area.name };
}

export function pointOf(geometry: AreaGeometry | null): [number, number] | null {
  if (geometry === null) return null;
  const [lon, lat] = representativePoint(geometry);
  return [lon, lat];
}

export function toUnitView(unit: StoredUnit): z.input<typeof unitView> {
  return { ...unit, retiredAt: unit.retiredAt?.toISOString() ?? null };
}
