import type { idleRoutes } from '#contract/idle.ts';
import type { Input, Output } from '#contract/route.ts';
import type { Tx } from '#server/db/pool.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import type { FacilitiesParts } from './parts.ts';
import { mayKeep, noIdle } from './place.ts';
import { historyOf } from './queries.ts';
import { findIdle, listIdlePhotos, listIdleRows, type IdleRow } from './store-idle.ts';
import { areaNameOf } from './views.ts';

type Routes = typeof idleRoutes;
export type IdleList = Output<Routes['list']>;
type Row = IdleList['items'][number];
type Filter = Input<Routes['list']>['query'];

const usual = ['idle', 'reserved', 'used'] as const;

function factsView(parts: FacilitiesParts, row: IdleRow): Omit<Row, 'photos'> {
  const { id, code, name, areaCode, lon, lat, address, areaM2, owner, ownerKind, condition, uses, freeFrom, state } =
    row;
  const at = { areaCode, areaName: areaNameOf(parts.territory, row), lon, lat, address };
  return { id, code, name, ...at, areaM2, owner, ownerKind, condition, uses, freeFrom, state };
}

/** What stands idle, as far as the actor sees it, by code; what was withdrawn only when asked for. */
export async function listIdle(parts: FacilitiesParts, actor: Actor, filter: Filter): Promise<IdleList> {
  const scope = scopeFor(actor, 'circle.read');
  return parts.database.read(scope, async (tx) => {
    const rows = await listIdleRows(tx, scope, { ...filter, states: filter.states ?? usual });
    const photos = Map.groupBy(
      await listIdlePhotos(
        tx,
        rows.map(({ id }) => id),
      ),
      ({ idleId }) => idleId,
    );
    return {
      items: rows.map((row) => ({ ...factsView(parts, row), photos: photos.get(row.id)?.length ?? 0 })),
      areaM2: rows.reduce((sum, { areaM2 }) => sum + areaM2, 0),
    };
  });
}

/** @throws AppError not_found when it does not exist or lies outside the actor's sight */
export async function getIdle(parts: FacilitiesParts, actor: Actor, id: string): Promise<Output<Routes['get']>> {
  const scope = scopeFor(actor, 'circle.read');
  return parts.database.read(scope, async (tx) => {
    const row = await findIdle(tx, scope, id);
    if (row === undefined) throw noIdle();
    return readIdleDetail(parts, tx, actor, row);
  });
}

/** The view of one that was found or just saved. */
export async function readIdleDetail(
  parts: FacilitiesParts,
  tx: Tx,
  actor: Actor,
  row: IdleRow,
): Promise<Output<Routes['get']>> {
  const shown = await listIdlePhotos(tx, [row.id]);
  const files = new Map(
    (await parts.events.photos.listOf(tx, 'idle_resource', [row.id])).map((file) => [file.id, file]),
  );
  return {
    ...factsView(parts, row),
    reservedFor: row.reservedFor,
    note: row.note,
    photos: shown.flatMap(({ id, alt }) => {
      const file = files.get(id);
      return file === undefined ? [] : [{ id, alt, width: file.width, height: file.height }];
    }),
    version: row.version,
    mayEdit: mayKeep(actor, row.path),
  };
}

/** Every change, the latest first. @throws AppError not_found */
export function readIdleHistory(parts: FacilitiesParts, actor: Actor, id: string): Promise<Output<Routes['history']>> {
  return historyOf(parts, actor, id, { type: 'idle_resource', find: findIdle, none: noIdle });
}

/** The stored file of a picture that is shown to this actor; undefined otherwise. */
export async function findIdlePhoto(
  { database, events }: FacilitiesParts,
  actor: Actor,
  { id, photoId }: { id: string; photoId: string },
): Promise<{ storageKey: string } | undefined> {
  const scope = scopeFor(actor, 'circle.read');
  return database.read(scope, async (tx) => {
    const row = await findIdle(tx, scope, id);
    const shown = row === undefined ? [] : await listIdlePhotos(tx, [id]);
    if (!shown.some((photo) => photo.id === photoId)) return undefined;
    return events.photos.findOf(tx, { subjectType: 'idle_resource', subjectId: id, id: photoId });
  });
}
