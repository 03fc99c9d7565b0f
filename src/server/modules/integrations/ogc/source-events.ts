import type * as z from 'zod';
import type { ogcRoutes } from '#contract/ogc.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { EventFeature } from '#server/modules/events/index.ts';
import { unitName } from './names.ts';
import { fromCursor, pageLimit, spanOf, toCursor, windowsOf } from './parameters.ts';
import type { Ask, Feature, FeaturePage, Parts } from './parts.ts';

type Query = z.output<(typeof ogcRoutes)['events']['query']>;
type Names = Awaited<ReturnType<Parts['events']['categories']>>;

/** Beyond this many, numberMatched is left out: counting a whole city on every page would cost more than it tells. */
const countedUpTo = 20_000;

export async function listEvents(parts: Parts, ask: Ask, query: Query): Promise<FeaturePage> {
  const { bbox, datetime, limit, cursor, f: _f, ...properties } = query;
  const size = pageLimit(limit);
  const wish = { windows: windowsOf(bbox), ...spanOf(datetime), ...properties };
  const from = toPosition(fromCursor(cursor, 2));
  const rows = await parts.events.list(ask.actor, wish, { limit: size + 1, from });
  const last = rows.length > size ? rows[size - 1] : undefined;
  const names = await parts.events.categories();
  return {
    features: rows.slice(0, size).map((row) => toFeature(parts, ask, names, row)),
    total: await parts.events.count(ask.actor, wish, countedUpTo),
    next: last === undefined ? undefined : toCursor([last.reportedAt.toISOString(), last.id]),
  };
}

function toPosition(parts: string[] | undefined): { reportedAt: string; id: string } | undefined {
  if (parts === undefined) return undefined;
  const [reportedAt = '', id = ''] = parts;
  if (!isUuid(id) || Number.isNaN(Date.parse(reportedAt)))
    throw new AppError('bad_input', 'cursor: expected the value of a next link. Start again from the first page.');
  return { reportedAt: new Date(reportedAt).toISOString(), id };
}

/** @throws AppError not_found */
export async function getEvent(parts: Parts, ask: Ask, id: string): Promise<Feature> {
  if (!isUuid(id)) throw new AppError('not_found', 'There is no such event. Look it up in the items.');
  return toFeature(parts, ask, await parts.events.categories(), await parts.events.get(ask.actor, id));
}

function toFeature({ territory }: Parts, { locale }: Ask, names: Names, row: EventFeature): Feature {
  const { id, lon, lat, categoryCode, ownerUnitId, grid, community, street, district } = row;
  const category = names.get(categoryCode);
  const areaCode = grid ?? community ?? street ?? district;
  return {
    type: 'Feature',
    id,
    geometry: lon === null || lat === null ? null : { type: 'Point', coordinates: [lon, lat] },
    properties: {
      number: row.number,
      categoryCode,
      categoryName: (locale === 'en' ? category?.nameEn : category?.name) ?? categoryCode,
      priority: row.priority,
      status: row.status,
      channel: row.channel,
      tier: row.tier,
      ownerUnit: unitName(territory, ownerUnitId, locale),
      areaCode,
      areaName: territory.area(areaCode)?.name ?? null,
      reportedAt: row.reportedAt.toISOString(),
      dueAt: row.dueAt?.toISOString() ?? null,
      endedAt: row.endedAt?.toISOString() ?? null,
      open: row.endedAt === null,
      late: row.late,
      supervised: row.supervised,
    },
  };
}
