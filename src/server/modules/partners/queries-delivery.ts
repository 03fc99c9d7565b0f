import type { partnerRoutes } from '#contract/partners.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { seenUnder, servesArea, stationsById } from './access.ts';
import { absent, reachesStation, type PartnersParts, type StationFacts } from './parts.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { quarterOf } from './rules-days.ts';
import { periodsOf } from './rules-due.ts';
import { listPledges } from './store-agreement.ts';
import { listDeliveries, sumDelivered, type DeliveryFilter, type DeliveryRow } from './store-delivery.ts';
import { findPartner, listPartners, type Seen } from './store-partner.ts';
import { listOfStation } from './store-rating.ts';
import { sumUp, type Summed } from './queries.ts';
import { toDelivery, toPledge } from './views.ts';

type Routes = typeof partnerRoutes;

/** Most rows behind one pledge or at one station: read for the sums, and told. */
const mostOfPledge = 5000;
const mostTold = 400;
/** How many confirmed ones a station's page shows. */
const shownRecent = 20;
const dayAndId = /^(\d{4}-\d\d-\d\d) ([0-9a-f-]{36})$/;

/**
 * Deliveries of the partners that the viewer's areas hold, and those to stations they see: not what a partner shared with
 * another street brings there.
 */
async function seenDeliveries(tx: Tx, seen: Seen): Promise<{ partnerIds: string[]; stationIds: readonly string[] }> {
  const own = await listPartners(tx, { areas: seen.areas, above: [], stationIds: [] }, {});
  return { partnerIds: own.map(({ id }) => id), stationIds: seen.stationIds };
}

/** Rows of the account of deliveries, latest day first, at most `limit`. */
export async function readRows(
  parts: PartnersParts,
  actor: Actor,
  { station, ...filter }: Omit<DeliveryFilter, 'seen' | 'stationIds'> & { station?: string | undefined },
): Promise<{ rows: DeliveryRow[]; stations: Map<string, StationFacts> }> {
  const seen = await seenUnder(parts, actor, 'station.read');
  const stations = await stationsById(parts);
  const rows = await parts.database.read(scopeFor(actor, 'station.read'), async (tx) =>
    listDeliveries(tx, {
      ...filter,
      ...(station === undefined ? {} : { stationIds: [station] }),
      seen: await seenDeliveries(tx, seen),
    }),
  );
  return { rows, stations };
}

export async function readDeliveries(
  parts: PartnersParts,
  actor: Actor,
  query: Input<Routes['deliveries']>['query'],
): Promise<Output<Routes['deliveries']>> {
  const { partner: partnerId, pledge: pledgeId, station, state, from, to, cursor, limit } = query;
  const mark = cursor === undefined ? null : dayAndId.exec(cursor);
  if (cursor !== undefined && mark === null)
    throw new AppError('bad_input', 'cursor: expected the one of the page before. Begin again without it.');
  const after = mark === null ? undefined : { day: mark[1] ?? '', id: mark[2] ?? '' };
  const wanted = { partnerId, pledgeId, station, state, from, to, after, limit: limit + 1 };
  const { rows, stations } = await readRows(parts, actor, wanted);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => toDelivery(row, stations, actor)),
    next: rows.length > limit && last !== undefined ? `${last.day} ${last.id}` : null,
  };
}

/** A pledge period by period, with the deliveries behind each figure. @throws AppError not_found */
export async function readPeriods(
  parts: PartnersParts,
  actor: Actor,
  { id, pledgeId }: { id: string; pledgeId: string },
): Promise<Output<Routes['periods']>> {
  const seen = await seenUnder(parts, actor, 'station.read');
  const today = dayOf(parts.clock.now());
  const stations = await stationsById(parts);
  return parts.database.read(scopeFor(actor, 'station.read'), async (tx) => {
    const partner = await findPartner(tx, seen, id);
    const pledge = ((await listPledges(tx, [id])).get(id) ?? []).find((one) => one.id === pledgeId);
    if (partner === undefined || pledge === undefined) throw absent();
    const came = (await sumDelivered(tx, [pledgeId])).get(pledgeId);
    // The figures are of the whole pledge; rows are told of the stations that the viewer sees, or all to its own street.
    const own = partner.path.some((code) => seen.areas.includes(code));
    const rows = await listDeliveries(tx, { pledgeId, limit: mostOfPledge });
    const sum = (state: string, from: string, to: string): number =>
      rows
        .filter((row) => row.state === state && row.day >= from && row.day <= to)
        .reduce((total, { quantity }) => total + quantity, 0);
    const periods = (pledge.signed ? periodsOf(pledge) : []).map((period) => ({
      ...period,
      due: period.toDay < today,
      promised: pledge.quantity,
      delivered: sum('confirmed', period.fromDay, period.toDay),
      waiting: sum('waiting', period.fromDay, period.toDay),
    }));
    const view = toPledge(pledge, { came, stations, today });
    const inside = periods.reduce((total, { delivered }) => total + delivered, 0);
    return {
      pledge: view,
      periods,
      outside: view.delivered - inside,
      deliveries: rows
        .filter(({ stationId }) => own || seen.stationIds.includes(stationId))
        .slice(0, mostTold)
        .map((row) => toDelivery(row, stations, actor)),
    };
  });
}

/** What partners do for one station. @throws AppError not_found */
export async function readAtStation(
  parts: PartnersParts,
  actor: Actor,
  stationId: string,
): Promise<Output<Routes['atStation']>> {
  const station = await parts.stations.find(actor, stationId, 'station.read');
  const quarter = quarterOf(dayOf(parts.clock.now()));
  const seen = { areas: [], above: station.path, stationIds: [station.id] };
  const stations = await stationsById(parts);
  return parts.database.read(scopeFor(actor, 'station.read'), async (tx) => {
    const summed = await sumUp(parts, tx, { partners: await listPartners(tx, seen, {}), stations });
    const rated = await listOfStation(tx, station.id, quarter);
    const stationIds = [station.id];
    const waiting = await listDeliveries(tx, { stationIds, state: 'waiting', limit: mostTold });
    const recent = await listDeliveries(tx, { stationIds, state: 'confirmed', limit: shownRecent });
    return {
      items: summed.flatMap((one) => atStation(one, station, rated)),
      waiting: waiting.map((row) => toDelivery(row, stations, actor)),
      recent: recent.map((row) => toDelivery(row, stations, actor)),
      quarter,
      mayNote: reachesStation(actor, 'station.work', station),
      mayDecide: reachesStation(actor, 'station.manage', station),
    };
  });
}

/** One that promises this station something now; those that have left or ended are history, on the partner's own page. */
function atStation(
  { partner, state, agreements, pledges }: Summed,
  station: StationFacts,
  rated: Awaited<ReturnType<typeof listOfStation>>,
): Output<Routes['atStation']>['items'] {
  const serves = servesArea(partner, station);
  const here = pledges.filter(
    ({ alive, stationId }) => alive && (stationId === station.id || (stationId === null && serves)),
  );
  if (here.length === 0) return [];
  const runs = agreements.find((one) => one.state === 'running' || one.state === 'ending');
  const own = rated.get(partner.id);
  return [
    {
      id: partner.id,
      code: partner.code,
      name: partner.name,
      nameEn: partner.nameEn,
      kind: partner.kind,
      state,
      untilDay: partner.exitDay ?? runs?.toDay ?? null,
      pledges: here,
      ownRating: own === undefined ? null : { quarter: own.quarter ?? '', stars: own.stars, words: own.words },
    },
  ];
}
