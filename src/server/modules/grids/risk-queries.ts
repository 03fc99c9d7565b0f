import * as z from 'zod';
import type { riskRoutes } from '#contract/risk-points.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { degreesFor, distanceM } from '#kit/geo.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import { grantsFor, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import type { LiveTerritory } from './live-territory.ts';
import { listRiskMarks, listRisks, type RiskFilter, type RiskMarkOfPage } from './risk-list-store.ts';
import { findName, findRisk, listRisksWithin, type StoredRisk } from './risk-store.ts';
import { mayEdit } from './rules.ts';

type Routes = typeof riskRoutes;

/** A circle on the ground: centre in WGS-84 degrees, radius in metres. */
export interface Circle {
  lon: number;
  lat: number;
  radiusM: number;
}

/** A risk point as those see it who stand near. */
export interface NearRisk {
  id: string;
  code: string;
  name: string;
  /** A code of db/data/risk-kinds.csv. */
  kind: string;
  /** 1 (gravest) to 4 */
  level: number;
  distanceM: number;
  lon: number;
  lat: number;
}

const maxRiskRadiusM = 5_000;

/**
 * The degrees around a circle, a little wider than it.
 * @throws AppError bad_input for a radius that is not above 0 or above `maxM`
 */
export function windowAround({ lon, lat, radiusM }: Circle, maxM: number) {
  if (!(radiusM > 0 && radiusM <= maxM))
    throw new AppError('bad_input', `radiusM: expected more than 0 and at most ${maxM} metres, found ${radiusM}.`, {
      field: 'radiusM',
    });
  const half = degreesFor(radiusM * 1.02, lat);
  return { west: lon - half.lon, south: lat - half.lat, east: lon + half.lon, north: lat + half.lat };
}

/**
 * Risk points in use at most `radiusM` (≤ 5000) metres from a position, nearest first, as far as the actor may see them:
 * nothing for an actor without grids.read. Distances are great-circle metres.
 */
export async function listRiskPointsNear(database: Database, actor: Actor, circle: Circle): Promise<NearRisk[]> {
  const window = windowAround(circle, maxRiskRadiusM);
  const scope = scopeFor(actor, 'grids.read');
  const rows = await database.read(scope, (tx) => listRisksWithin(tx, scope, window));
  return rows
    .map(({ id, code, name, kind, level, lon, lat }) => {
      return { id, code, name, kind, level, lon, lat, distanceM: distanceM([circle.lon, circle.lat], [lon, lat]) };
    })
    .filter((point) => point.distanceM <= circle.radiusM)
    .toSorted((a, b) => a.distanceM - b.distanceM);
}

/** What the list, the map and the file are given to ask with. */
export interface RiskAsk {
  database: Database;
  territory: LiveTerritory;
  nowMs: number;
  actor: Actor;
}

type Filtered = Input<Routes['map']>['query'];

const filterOf = ({ levels, ...rest }: Filtered): RiskFilter => ({ ...rest, levels: levels?.map(Number) });

/** One page; `next` leads to the following one, or is null. */
export async function listRiskPoints(
  { database, territory, nowMs, actor }: RiskAsk,
  { cursor, limit, sort, ...filter }: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  const scope = scopeFor(actor, 'grids.read');
  const after = cursor === undefined ? null : readCursor(cursor);
  const wish = { scope, filter: filterOf(filter), nowMs, sort, after, limit: limit + 1 };
  const rows = await database.read(scope, (tx) => listRisks(tx, wish));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => toRow(territory, row)),
    next: last === undefined ? null : writeCursor(last),
  };
}

const writeCursor = ({ code, lookDueAt }: StoredRisk): string =>
  Buffer.from(JSON.stringify([code, lookDueAt?.toISOString() ?? null])).toString('base64url');

const cursorForm = z.tuple([z.string().max(60), z.iso.datetime().nullable()]);

function readCursor(cursor: string): RiskMarkOfPage {
  const parsed = cursorForm.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) return { code: parsed.data[0].replaceAll('\0', ''), dueAt: parsed.data[1] };
  throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before.', { field: 'cursor' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const mostMarks = 20_000;

/** All points that a map may show at once, gravest first; `more` when there are more than 20,000. */
export async function mapRiskPoints(
  { database, nowMs, actor }: RiskAsk,
  filter: Filtered,
): Promise<Output<Routes['map']>> {
  const scope = scopeFor(actor, 'grids.read');
  const wish = { scope, filter: filterOf(filter), nowMs, limit: mostMarks + 1 };
  const rows = await database.read(scope, (tx) => listRiskMarks(tx, wish));
  return {
    items: rows.slice(0, mostMarks).map(({ lastLookAt, lookDueAt, ...row }) => ({
      ...row,
      lastLookAt: lastLookAt?.toISOString() ?? null,
      lookDueAt: lookDueAt?.toISOString() ?? null,
    })),
    more: rows.length > mostMarks,
  };
}

/** Every point that fits, in turns by code, as far as the actor sees them: for files. */
export async function* eachRiskPoint(
  { database, nowMs, actor }: RiskAsk,
  filter: Filtered,
): AsyncGenerator<StoredRisk[]> {
  const scope = scopeFor(actor, 'grids.read');
  const limit = 1_000;
  for (let after: RiskMarkOfPage | null = null; ;) {
    const wish = { scope, filter: filterOf(filter), nowMs, sort: 'code' as const, after, limit };
    const rows: StoredRisk[] = await database.read(scope, (tx) => listRisks(tx, wish));
    yield rows;
    const last = rows.at(-1);
    if (rows.length < limit || last === undefined) return;
    after = { code: last.code, dueAt: null };
  }
}

/** @throws AppError not_found when it does not exist or lies outside the actor's sight */
export async function getRiskPoint(
  database: Database,
  territory: LiveTerritory,
  actor: Actor,
  id: string,
): Promise<Output<Routes['get']>> {
  const scope = scopeFor(actor, 'grids.read');
  return database.read(scope, async (tx) => toDetail(tx, territory, actor, found(await findRisk(tx, scope, id))));
}

/** @throws AppError not_found for nothing */
export function found<T>(row: T | undefined): T {
  if (row !== undefined) return row;
  throw new AppError('not_found', 'There is no such risk point, or it is not yours to see. Look it up in the list.');
}

/** Everything of one point; the name of who answers for it only for those who may see people there. */
export async function toDetail(
  tx: Tx,
  territory: LiveTerritory,
  actor: Actor,
  row: StoredRisk,
): Promise<Output<Routes['get']>> {
  const units = row.unitId === null ? [] : [row.unitId];
  const maySeeNames = actor.kind === 'system' || grantsFor(actor, 'people.read', { path: row.path, units }).length > 0;
  const name = row.responsibleId !== null && maySeeNames ? await findName(tx, row.responsibleId) : undefined;
  return {
    ...toRow(territory, row),
    responsibleId: row.responsibleId,
    responsibleName: name ?? null,
    note: row.note,
    cycleDays: row.cycleDays,
    planCode: row.planCode,
    version: row.version,
    retiredAt: row.retiredAt?.toISOString() ?? null,
    mayEdit: row.retiredAt === null && mayEdit(actor, row.path, 'risk.edit'),
  };
}

function toRow(territory: LiveTerritory, row: StoredRisk): Output<Routes['list']>['items'][number] {
  const { id, code, name, kind, level, lon, lat, state, placeWords, areaCode, unitId } = row;
  return {
    id,
    code,
    name,
    kind,
    level,
    lon,
    lat,
    state,
    placeWords,
    areaCode,
    areaName: territory.area(areaCode)?.name ?? areaCode,
    unitId,
    unitName: unitId === null ? null : (territory.unit(unitId)?.name ?? null),
    updatedAt: row.updatedAt.toISOString(),
    lastLookAt: row.lastLookAt?.toISOString() ?? null,
    lastLookResult: row.lastLookResult,
    lookDueAt: row.lookDueAt?.toISOString() ?? null,
  };
}
