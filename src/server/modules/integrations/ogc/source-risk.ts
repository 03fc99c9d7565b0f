import type * as z from 'zod';
import type { ogcRoutes } from '#contract/ogc.ts';
import { isUuid } from '#kit/ids.ts';
import { AppError } from '#kit/errors.ts';
import { riskKinds, type RiskFeature } from '#server/modules/grids/index.ts';
import { fromCursor, pageLimit, spanOf, toCursor, windowsOf } from './parameters.ts';
import { unitName } from './names.ts';
import type { Ask, Feature, FeaturePage, Parts } from './parts.ts';

type Query = z.output<(typeof ogcRoutes)['riskPoints']['query']>;

export async function listRiskPoints(parts: Parts, ask: Ask, query: Query): Promise<FeaturePage> {
  const { bbox, datetime, limit, cursor, f: _f, ...properties } = query;
  spanOf(datetime); // a point in use has no time: any right one matches it
  const size = pageLimit(limit);
  const wish = { windows: windowsOf(bbox), ...properties };
  const [after] = fromCursor(cursor, 1) ?? [];
  const rows = await parts.grids.riskPoints(ask.actor, wish, { after, limit: size + 1 });
  const last = rows.length > size ? rows[size - 1] : undefined;
  return {
    features: rows.slice(0, size).map((row) => toFeature(parts, ask, row)),
    total: await parts.grids.countRiskPoints(ask.actor, wish),
    next: last === undefined ? undefined : toCursor([last.code]),
  };
}

/** @throws AppError not_found */
export async function getRiskPoint(parts: Parts, ask: Ask, id: string): Promise<Feature> {
  if (!isUuid(id)) throw new AppError('not_found', 'There is no such risk point. Look it up in the items.');
  return toFeature(parts, ask, await parts.grids.riskPoint(ask.actor, id));
}

function toFeature({ territory }: Parts, { locale }: Ask, row: RiskFeature): Feature {
  const { id, code, name, kind, level, state, areaCode, unitId, lon, lat } = row;
  const word = riskKinds().get(kind);
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: {
      code,
      name,
      kind,
      kindName: (locale === 'en' ? word?.nameEn : word?.name) ?? kind,
      level,
      state,
      areaCode,
      areaName: territory.area(areaCode)?.name ?? null,
      unitId,
      unitName: unitName(territory, unitId, locale),
      updatedAt: row.updatedAt.toISOString(),
    },
  };
}
