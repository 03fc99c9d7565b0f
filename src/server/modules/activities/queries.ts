import type { activityPublicRoutes, activityRoutes } from '#contract/activities.ts';
import type { Input, Output, Permission } from '#contract/route.ts';
import { dayStartMs, findDayNumber } from '#engine/worktime/days.ts';
import { SHANGHAI_OFFSET_MINUTES } from '#engine/worktime/calendar.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { activityKinds } from './dictionary.ts';
import type { ActivityParts, ActivityStation } from './parts.ts';
import { countActivities, findActivity, listActivities, listComing, type ActivityRow, type After } from './store.ts';

type Routes = typeof activityRoutes;
type View = Output<Routes['get']>;

const dayMs = 86_400_000;
const announcedDays = 30;

/** The activity and its station, when the actor may do this there. @throws AppError not_found */
export async function findOwn(
  { database, stations }: ActivityParts,
  actor: Actor,
  id: string,
  word: Permission,
): Promise<{ row: ActivityRow; station: ActivityStation }> {
  const row = await database.read(scopeFor(actor, word), (tx) => findActivity(tx, id));
  if (row === undefined) throw new AppError('not_found', 'There is no such activity, or it is not yours to see.');
  return { row, station: await stations.find(actor, row.stationId, word) };
}

export async function getActivity(parts: ActivityParts, actor: Actor, id: string): Promise<View> {
  const { row, station } = await findOwn(parts, actor, id, 'station.read');
  const managed = await parts.stations.listFor(actor, 'station.manage');
  return parts.database.read(systemScope, (tx) =>
    viewOf(
      parts,
      tx,
      row,
      station,
      managed.some(({ id: own }) => own === station.id),
    ),
  );
}

/** One page of the activities of all stations the actor sees. @throws AppError bad_input */
export async function listOwnActivities(
  parts: ActivityParts,
  actor: Actor,
  query: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  const seen = new Map((await parts.stations.listFor(actor, 'station.read')).map((one) => [one.id, one]));
  const managed = new Set((await parts.stations.listFor(actor, 'station.manage')).map(({ id }) => id));
  const stations = query.station === undefined ? [...seen.keys()] : seen.has(query.station) ? [query.station] : [];
  const filter = { stations, state: query.state, partner: query.partner, ...spanOf(query.from, query.to) };
  return parts.database.read(systemScope, async (tx) => {
    const rows = await listActivities(tx, filter, readCursor(query.cursor), query.limit + 1);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const items = await viewsOf(parts, tx, page, (row) => seen.get(row.stationId), managed);
    const next = rows.length > query.limit && last !== undefined ? `${last.rank}_${last.order}_${last.id}` : null;
    return { items, total: await countActivities(tx, filter), next };
  });
}

function spanOf(from: string | undefined, to: string | undefined): { fromMs?: number; toMs?: number } {
  const start = (day: string, plus: number) => dayStartMs((findDayNumber(day) ?? 0) + plus, SHANGHAI_OFFSET_MINUTES);
  return {
    ...(from === undefined ? {} : { fromMs: start(from, 0) }),
    ...(to === undefined ? {} : { toMs: start(to, 1) }),
  };
}

function readCursor(cursor: string | undefined): After | null {
  if (cursor === undefined) return null;
  const [rank, order, id] = cursor.split('_');
  const read = { rank: Number(rank), order: Number(order), id: id ?? '' };
  if (isUuid(read.id) && Number.isFinite(read.order) && (read.rank === 0 || read.rank === 1)) return read;
  throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before. Start again.');
}

/** One activity as staff see it. */
export async function viewOf(
  parts: ActivityParts,
  tx: Tx,
  row: ActivityRow,
  station: ActivityStation,
  mayManage: boolean,
): Promise<View> {
  const [view] = await viewsOf(parts, tx, [row], () => station, new Set(mayManage ? [station.id] : []));
  if (view === undefined) throw new Error('A view of one row is one view.');
  return view;
}

async function viewsOf(
  parts: ActivityParts,
  tx: Tx,
  rows: readonly ActivityRow[],
  stationOf: (row: ActivityRow) => ActivityStation | undefined,
  managed: ReadonlySet<string>,
): Promise<View[]> {
  const ids = rows.map(({ id }) => id);
  const partners = await parts.partnerNames(tx, [...new Set(rows.flatMap(({ partnerId }) => partnerId ?? []))]);
  const heads = await parts.countHeads(tx, ids);
  const photos = Map.groupBy(await parts.photos.listOf(tx, 'activity', ids), ({ subjectId }) => subjectId);
  return rows.flatMap((row) => {
    const station = stationOf(row);
    if (station === undefined) return [];
    return [
      {
        ...announcedOf(row, partners),
        stationId: station.id,
        stationCode: station.code,
        stationName: station.name,
        stationNameEn: station.nameEn,
        partnerId: row.partnerId,
        pledgeId: row.pledgeId,
        persons: heads.get(row.id) ?? 0,
        photos: (photos.get(row.id) ?? []).map(({ id, width, height }) => ({ id, width, height })),
        mayManage: managed.has(station.id),
        settledAt: row.settledAt?.toISOString() ?? null,
        version: row.version,
      },
    ];
  });
}

type Names = ReadonlyMap<string, { name: string; nameEn: string }>;

function announcedOf(row: ActivityRow, partners: Names) {
  const kind = activityKinds().get(row.kind);
  const partner = row.partnerId === null ? undefined : partners.get(row.partnerId);
  const { id, title, about, places, state, reason } = row;
  return {
    id,
    title,
    about,
    places,
    state,
    reason,
    kind: row.kind,
    kindName: kind?.name ?? row.kind,
    kindNameEn: kind?.nameEn ?? row.kind,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    partnerName: partner?.name ?? null,
    partnerNameEn: partner?.nameEn ?? null,
  };
}

/** What a station announces to everybody. @throws AppError not_found for a code that is no open station's */
export async function listAnnounced(
  parts: ActivityParts,
  code: string,
): Promise<Output<(typeof activityPublicRoutes)['coming']>> {
  const station = await parts.stations.findOpen(code);
  if (station === undefined) throw new AppError('not_found', 'There is no such station, or it has been given up.');
  const nowMs = parts.clock.now();
  return parts.database.read(systemScope, async (tx) => {
    const rows = await listComing(tx, station.id, nowMs, nowMs + announcedDays * dayMs);
    const partners = await parts.partnerNames(tx, [...new Set(rows.flatMap(({ partnerId }) => partnerId ?? []))]);
    return { items: rows.map((row) => announcedOf(row, partners)) };
  });
}

export async function listNear(
  parts: ActivityParts,
  actor: Actor,
  { station: stationId, day }: Input<Routes['partners']>['query'],
): Promise<Output<Routes['partners']>> {
  const station = await parts.stations.find(actor, stationId, 'station.read');
  return parts.database.read(systemScope, async (tx) => ({
    items: (await parts.partnersAt(tx, station.id, day)).map((one) => ({ ...one, pledges: [...one.pledges] })),
  }));
}
