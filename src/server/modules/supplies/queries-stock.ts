import type { supplyRoutes } from '#contract/supplies.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { stationsInUse } from '#server/modules/stations/index.ts';
import { supplyItems, supplyRule, type Item } from './dictionary.ts';
import { stationNames, type Place } from './note.ts';
import { reaches, sealedAt, stationFor, stationsFor, type Site, type SuppliesParts } from './parts.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { isUsable, lotState, monthOf, monthSpan, receiptNumber } from './rules.ts';
import { listLevels, type LevelRow } from './store-level.ts';
import { countOut, type OutRow } from './store-loan.ts';
import { listLot } from './store-lots.ts';
import { listReceipts, type ReceiptRow } from './store-receipt.ts';
import { listOpenRestocks } from './store-restock.ts';
import { listBatches, listMovements, type ShelfRow } from './store-stock.ts';

export type StockAnswer = Output<typeof supplyRoutes.stock>;
type StockItem = StockAnswer['items'][number];
type Attention = Output<typeof supplyRoutes.attention>['items'][number];

const maxMovements = 1000;

/** Reads under the actor's scope at one station. @throws AppError not_found */
export function atStation<T>(
  { database }: SuppliesParts,
  actor: Actor,
  idOrCode: string,
  work: (tx: Tx, place: Place) => Promise<T>,
): Promise<T> {
  return database.read(scopeFor(actor, 'station.read'), async (tx) =>
    work(tx, await stationFor(tx, actor, idOrCode, 'station.read')),
  );
}

interface Shelf {
  batches: readonly ShelfRow[];
  levels: readonly LevelRow[];
  out: readonly OutRow[];
  restocks: readonly { stationId: string; itemCode: string; raisedAt: Date }[];
}

async function readShelf(tx: Tx, stationIds: readonly string[], nowMs: number): Promise<Shelf> {
  return {
    batches: await listBatches(tx, stationIds),
    levels: await listLevels(tx, stationIds),
    out: await countOut(tx, stationIds, nowMs),
    restocks: await listOpenRestocks(tx, stationIds),
  };
}

/** Everything a station has or should have, in the order of the dictionary. */
export function readStock(parts: SuppliesParts, actor: Actor, idOrCode: string): Promise<StockAnswer> {
  return atStation(parts, actor, idOrCode, async (tx, place) => {
    const nowMs = parts.clock.now();
    const shelf = await readShelf(tx, [place.stationId], nowMs);
    return {
      stationId: place.stationId,
      stationName: place.name,
      mayWork: reaches(actor, 'station.work', place),
      mayManage: reaches(actor, 'station.manage', place),
      others: reaches(actor, 'station.manage', place) ? await listNeighbours(parts, place) : [],
      items: [...supplyItems().values()].map((item) => stockItem(item, place.stationId, shelf, dayOf(nowMs))),
      at: toIso(nowMs),
    };
  });
}

/** Stations of the district that may be sent something: names only, as their doors show them. */
async function listNeighbours(
  { database, clock }: SuppliesParts,
  place: Place,
): Promise<{ id: string; name: string }[]> {
  const rows = await database.read(systemScope, (tx) => stationsInUse(tx, systemScope, clock.now()));
  return rows
    .filter(({ id, district }) => district === place.district && id !== place.stationId)
    .map(({ id, name }) => ({ id, name }));
}

function stockItem(item: Item, stationId: string, shelf: Shelf, today: string): StockItem {
  const here = <R extends { stationId: string; itemCode: string }>(rows: readonly R[]): R[] =>
    rows.filter((row) => row.stationId === stationId && row.itemCode === item.code);
  const batches = here(shelf.batches);
  const [level] = here(shelf.levels);
  const sum = (rows: readonly ShelfRow[]): number => rows.reduce((total, { quantity }) => total + quantity, 0);
  const usable = sum(batches.filter((lot) => isUsable(lot, today)));
  const out = here(shelf.out)[0]?.out ?? 0;
  const minimum = level?.minimum ?? item.minimum;
  return {
    itemCode: item.code,
    usable,
    blocked: sum(batches) - usable,
    out,
    minimum,
    place: level?.place ?? '',
    levelVersion: level?.version ?? 0,
    low: isLow(item, { usable, out, minimum }),
    restockSince: here(shelf.restocks)[0]?.raisedAt.toISOString() ?? null,
    batches: batches.map((lot) => ({
      id: lot.id,
      number: lot.number,
      expiresOn: lot.expiresOn,
      quantity: lot.quantity,
      state: lotState(lot, today, supplyRule('expiring_days')),
      recallReason: lot.recallReason,
      receivedAt: lot.receivedAt.toISOString(),
      receiptId: lot.receiptId,
      source: lot.source,
      partnerName: lot.partnerName,
    })),
  };
}

/** What is lent out still belongs to the station; it is not missing. */
export function isLow(
  item: Pick<Item, 'kind'>,
  { usable, out, minimum }: { usable: number; out: number; minimum: number },
): boolean {
  return usable + (item.kind === 'loan' ? out : 0) < minimum;
}

/** What somebody should do something about, over all stations of the actor, station by station. */
export async function readAttention(
  { database, clock }: SuppliesParts,
  actor: Actor,
): Promise<Output<typeof supplyRoutes.attention>> {
  const nowMs = clock.now();
  return database.read(scopeFor(actor, 'station.read'), async (tx) => {
    const stations = await stationsFor(tx, actor, 'station.read', nowMs);
    const shelf = await readShelf(
      tx,
      stations.map(({ stationId }) => stationId),
      nowMs,
    );
    return { at: toIso(nowMs), items: stations.flatMap((station) => attentionAt(station, shelf, dayOf(nowMs))) };
  });
}

function attentionAt(station: Site, shelf: Shelf, today: string): Attention[] {
  const head = {
    stationId: station.stationId,
    stationCode: station.code,
    stationName: station.name,
    stationNameEn: station.nameEn,
  };
  const nothing = { minimum: null, since: null, expiresOn: null, number: '' };
  const found: Attention[] = [];
  for (const item of supplyItems().values()) {
    const stock = stockItem(item, station.stationId, shelf, today);
    if (stock.low)
      found.push({
        ...head,
        ...nothing,
        kind: 'low',
        itemCode: item.code,
        quantity: stock.usable,
        minimum: stock.minimum,
        since: stock.restockSince,
      });
    for (const { state, quantity, expiresOn, number } of stock.batches)
      if (state !== 'good')
        found.push({
          ...head,
          ...nothing,
          kind: state === 'soon' ? 'expiring' : state,
          itemCode: item.code,
          quantity,
          expiresOn,
          number,
        });
    const late = shelf.out.find(
      (row) => row.stationId === station.stationId && row.itemCode === item.code && row.overdue > 0,
    );
    if (late !== undefined)
      found.push({
        ...head,
        ...nothing,
        kind: 'overdue',
        itemCode: item.code,
        quantity: late.overdue,
        since: late.since.toISOString(),
      });
  }
  return found;
}

/** What came and went in a month, the latest first. */
export async function readMovements(
  parts: SuppliesParts,
  actor: Actor,
  idOrCode: string,
  query: Input<typeof supplyRoutes.movements>['query'],
): Promise<Output<typeof supplyRoutes.movements>> {
  const names = await stationNames(parts.database);
  return atStation(parts, actor, idOrCode, async (tx, place) => {
    const month = query.month ?? monthOf(parts.clock.now());
    const rows = await listMovements(tx, {
      stationId: place.stationId,
      ...monthSpan(month),
      item: query.item,
      limit: maxMovements + 1,
    });
    const items = rows.slice(0, maxMovements).map(({ otherStationId, ...row }) => ({
      ...row,
      at: row.at.toISOString(),
      otherStation: otherStationId === null ? null : (names.get(otherStationId) ?? null),
    }));
    return { month, items, more: rows.length > maxMovements };
  });
}

/** Receipts of a month; who gave as a private person is told by the first character only. */
export function readReceipts(
  parts: SuppliesParts,
  actor: Actor,
  idOrCode: string,
  month: string | undefined,
): Promise<Output<typeof supplyRoutes.receipts>> {
  return atStation(parts, actor, idOrCode, async (tx, place) => {
    const rows = await listReceipts(tx, {
      stationId: place.stationId,
      ...monthSpan(month ?? monthOf(parts.clock.now())),
    });
    const short = (name: string): string => `${[...name][0] ?? ''}**`;
    return {
      items: rows
        .map((row) => toReceipt(parts, row))
        .map((row) => ({ ...row, donor: row.donor === null ? null : short(row.donor) })),
    };
  });
}

export type ReceiptAnswer = Output<typeof supplyRoutes.receipt>;

/** One receipt with the giver's name in full: it stands on the paper that they are handed. @throws AppError not_found */
export async function readReceipt(parts: SuppliesParts, actor: Actor, id: string): Promise<ReceiptAnswer> {
  return parts.database.read(scopeFor(actor, 'station.read'), async (tx) => {
    const [row] = await listReceipts(tx, { id });
    if (row === undefined) throw new AppError('not_found', 'There is no such receipt, or it is not yours to see.');
    await stationFor(tx, actor, row.stationId, 'station.read');
    return toReceipt(parts, row);
  });
}

function toReceipt({ vault }: SuppliesParts, row: ReceiptRow): ReceiptAnswer {
  const { seq, at, donor, ...rest } = row;
  return {
    ...rest,
    number: receiptNumber(seq, at.getTime()),
    donor: donor === null ? null : vault.open(donor, sealedAt.donor),
    at: at.toISOString(),
  };
}

/** Who still has a lot, as far as the actor sees. */
export async function readLots(
  { database, clock }: SuppliesParts,
  actor: Actor,
  { item, number }: { item: string; number: string },
) {
  return database.read(scopeFor(actor, 'station.read'), async (tx) => {
    const stations = await stationsFor(tx, actor, 'station.read', clock.now());
    const lots = await listLot(tx, item, number);
    const today = dayOf(clock.now());
    return {
      items: stations.flatMap(({ stationId, name }) =>
        lots
          .filter((lot) => lot.stationId === stationId)
          .map(({ quantity, expiresOn, recalled }) => ({
            stationId,
            stationName: name,
            quantity,
            expiresOn,
            state: lotState({ expiresOn, recalled }, today, supplyRule('expiring_days')),
          })),
      ),
    };
  });
}
