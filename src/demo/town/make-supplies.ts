/** What the stations of the demo have: a year of receipts and use, some of it about to expire, loans out and overdue. */
import { randomInt, seededRandom, type Rng } from '#kit/random.ts';
import { supplyItems, type Item } from '#server/modules/supplies/dictionary.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { planTake, type Lot } from '#server/modules/supplies/rules.ts';
import { seededId } from '../ids.ts';
import type { DemoPartner, DemoStation } from './make-stations.ts';
import type { DemoPerson } from './make-people.ts';

const dayMs = 86_400_000;
const months = 12;

export interface DemoReceipt {
  id: string;
  stationId: string;
  district: string;
  source: 'purchase' | 'street' | 'donation';
  partnerId: string | null;
  atMs: number;
  accountId: string | null;
}

export interface DemoBatch extends Lot {
  stationId: string;
  district: string;
  number: string;
  receiptId: string | null;
  receivedMs: number;
}

export interface DemoMovement {
  id: string;
  batchId: string;
  stationId: string;
  itemCode: string;
  kind: 'receive' | 'service' | 'count' | 'write_off' | 'lend' | 'return';
  delta: number;
  reason: string;
  loanId: string | null;
  atMs: number;
  accountId: string | null;
}

export interface DemoLoan {
  id: string;
  stationId: string;
  district: string;
  itemCode: string;
  phone: string | null;
  lentMs: number;
  dueMs: number;
  endedMs: number | null;
  accountId: string | null;
}

export interface DemoSupplies {
  receipts: DemoReceipt[];
  batches: DemoBatch[];
  movements: DemoMovement[];
  loans: DemoLoan[];
  /** What has run low and was asked for. */
  restocks: {
    id: string;
    stationId: string;
    district: string;
    itemCode: string;
    minimum: number;
    quantity: number;
    atMs: number;
  }[];
}

interface Wish {
  stations: readonly DemoStation[];
  partners: readonly DemoPartner[];
  people: readonly DemoPerson[];
}

/** One station while its year is written. */
interface Year {
  rng: Rng;
  made: DemoSupplies;
  station: DemoStation;
  accountId: string | null;
  partners: readonly DemoPartner[];
  nowMs: number;
  startMs: number;
  order: () => number;
}

/** Everything follows from the seed and the clock; no movement is later than now, no batch below zero or used too late. */
export function makeSupplies(seed: number, { stations, partners, people }: Wish, nowMs: number): DemoSupplies {
  const made: DemoSupplies = { receipts: [], batches: [], movements: [], loans: [], restocks: [] };
  let count = 0;
  stations.forEach((station, k) => {
    const counter = people.find(
      ({ appointment }) => appointment?.unitId === station.unitId && appointment.role === 'volunteer',
    );
    const year: Year = {
      rng: seededRandom(seed + k),
      made,
      station,
      accountId: counter?.id ?? null,
      partners: partners.filter(({ kind }) => kind === 'pharmacy' || kind === 'shop'),
      nowMs,
      startMs: Math.max(nowMs - months * 30 * dayMs, Date.parse(station.openedOn)),
      order: () => (count = (count + 1) % 65_536),
    };
    for (const item of supplyItems().values())
      if (item.minimum > 0) {
        if (item.kind === 'loan') lendOut(year, item);
        else useUp(year, item);
      }
  });
  plantExpired(made, stations, nowMs);
  noteLow(made, stations, nowMs);
  made.movements.sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
  return made;
}

const districtOf = ({ areaCode }: DemoStation): string => areaCode.slice(0, 6);

function bring(year: Year, item: Item, wish: { quantity: number; atMs: number; lifeDays: number }): DemoBatch {
  const { rng, made, station, accountId, order } = year;
  const { quantity, atMs, lifeDays } = wish;
  const partner = year.partners[randomInt(rng, 0, year.partners.length - 1)];
  const gift = partner !== undefined && randomInt(rng, 0, 3) === 0;
  const receipt: DemoReceipt = {
    id: seededId(rng, atMs, order()),
    stationId: station.id,
    district: districtOf(station),
    source: gift ? 'donation' : randomInt(rng, 0, 2) === 0 ? 'purchase' : 'street',
    partnerId: gift ? partner.id : null,
    atMs,
    accountId,
  };
  const batch: DemoBatch = {
    id: seededId(rng, atMs, order()),
    stationId: station.id,
    district: districtOf(station),
    itemCode: item.code,
    number: item.expiry === 'none' ? '' : `${dayOf(atMs).slice(2).replaceAll('-', '')}${randomInt(rng, 10, 99)}`,
    expiresOn: item.expiry === 'none' ? null : addDays(dayOf(atMs), lifeDays),
    receiptId: receipt.id,
    receivedMs: atMs,
    quantity: 0,
    recalled: false,
  };
  made.receipts.push(receipt);
  made.batches.push(batch);
  move(year, batch, { kind: 'receive', delta: quantity, atMs });
  return batch;
}

interface Moving {
  kind: DemoMovement['kind'];
  delta: number;
  atMs: number;
  reason?: string;
  loanId?: string;
}

function move({ rng, made, accountId, order }: Year, batch: DemoBatch, wish: Moving): void {
  const { kind, delta, atMs, reason = '', loanId = null } = wish;
  batch.quantity += delta;
  const { id: batchId, stationId, itemCode } = batch;
  made.movements.push({
    id: seededId(rng, atMs, order()),
    batchId,
    stationId,
    itemCode,
    kind,
    delta,
    reason,
    loanId,
    atMs,
    accountId,
  });
}

/** Every quarter something comes, every month something is used; what has expired meanwhile was thrown away. */
function useUp(year: Year, item: Item): void {
  const { rng, startMs, nowMs } = year;
  const mine: DemoBatch[] = [];
  for (let month = 0; startMs + month * 30 * dayMs < nowMs; month++) {
    const atMs = startMs + month * 30 * dayMs + randomInt(rng, 9, 17) * 3_600_000;
    const quantity = item.minimum * 3 + randomInt(rng, 0, item.minimum);
    if (month % 3 === 0 && atMs < nowMs)
      mine.push(bring(year, item, { quantity, atMs, lifeDays: randomInt(rng, 240, 720) }));
    const useMs = atMs + randomInt(rng, 3, 25) * dayMs;
    // Devices are kept ready, not used up.
    if (useMs >= nowMs || (item.kind === 'device' && month % 6 !== 5)) continue;
    for (const lot of mine)
      if (lot.expiresOn !== null && lot.expiresOn < dayOf(useMs) && lot.quantity > 0)
        move(year, lot, { kind: 'write_off', delta: -lot.quantity, atMs: useMs, reason: 'expired' });
    take(year, item, mine, {
      wanted: Math.max(1, Math.round((item.minimum * randomInt(rng, 30, 110)) / 100)),
      atMs: useMs,
    });
  }
  // Here and there a busy day has left too little.
  const left = mine.reduce((sum, lot) => sum + lot.quantity, 0) - Math.floor(item.minimum * 0.4);
  const lastMs = nowMs - 5 * 3_600_000;
  if (randomInt(rng, 0, 11) === 0 && left > 0 && mine.every(({ receivedMs }) => receivedMs < lastMs))
    take(year, item, mine, { wanted: left, atMs: lastMs });
}

function take(
  year: Year,
  item: Item,
  mine: readonly DemoBatch[],
  { wanted, atMs }: { wanted: number; atMs: number },
): void {
  const { taken } = planTake(mine, [{ itemCode: item.code, quantity: wanted }], dayOf(atMs));
  for (const { batchId, quantity } of taken) {
    const lot = mine.find(({ id }) => id === batchId);
    if (lot !== undefined) move(year, lot, { kind: 'service', delta: -quantity, atMs });
  }
}

/** Umbrellas and the like: a few are out now, here and there one for too long, the rest came back. */
function lendOut(year: Year, item: Item): void {
  const { rng, startMs, nowMs } = year;
  const wish = { quantity: item.minimum + randomInt(rng, 0, 3), atMs: startMs + 9 * 3_600_000, lifeDays: 0 };
  const batch = bring(year, item, wish);
  const hours = item.loanHours ?? 24;
  const back = Math.min(20, item.minimum * 3);
  for (let k = 0; k < back; k++) {
    const lentMs = nowMs - (45 - (k * 40) / back) * dayMs - randomInt(rng, 0, 6) * 3_600_000;
    const endedMs = Math.min(nowMs - 3_600_000, lentMs + randomInt(rng, 1, hours) * 3_600_000);
    if (lentMs > startMs + dayMs) oneLoan(year, { item, batch, lentMs, endedMs });
  }
  const out = item.code === 'umbrella' ? 3 : randomInt(rng, 0, 1);
  for (let k = 0; k < out && batch.quantity > 0; k++)
    oneLoan(year, { item, batch, lentMs: nowMs - (hours * 3_600_000 * randomInt(rng, 5, 90)) / 100, endedMs: null });
  const late = item.code === 'umbrella' || (item.code === 'power_bank' && randomInt(rng, 0, 2) === 0);
  if (late && batch.quantity > 1)
    oneLoan(year, { item, batch, lentMs: nowMs - hours * 3_600_000 - randomInt(rng, 1, 6) * dayMs, endedMs: null });
}

interface Lending {
  item: Item;
  batch: DemoBatch;
  lentMs: number;
  endedMs: number | null;
}

function oneLoan(year: Year, { item, batch, lentMs, endedMs }: Lending): void {
  const { rng, made, station, accountId, order } = year;
  const id = seededId(rng, lentMs, order());
  const phone = endedMs === null && randomInt(rng, 0, 1) === 0 ? `1390000${String(randomInt(rng, 1000, 9999))}` : null;
  made.loans.push({
    id,
    stationId: station.id,
    district: districtOf(station),
    itemCode: item.code,
    phone,
    lentMs,
    dueMs: lentMs + (item.loanHours ?? 24) * 3_600_000,
    endedMs,
    accountId,
  });
  move(year, batch, { kind: 'lend', delta: -1, atMs: lentMs, loanId: id });
  if (endedMs !== null) move(year, batch, { kind: 'return', delta: 1, atMs: endedMs, loanId: id });
}

/** At two stations medicine found at the back of a shelf has just expired; at two more some soon will. */
function plantExpired(made: DemoSupplies, stations: readonly DemoStation[], nowMs: number): void {
  const rng = seededRandom(stations.length + 1);
  const planted = [
    ['huoxiang', 0, -6, 6],
    ['disinfectant', 3, -2, 11],
    ['rendan', 0, 12, 4],
    ['plaster', 1, 20, 15],
  ] as const;
  const atMs = nowMs - 9 * dayMs;
  planted.forEach(([itemCode, which, days, quantity], k) => {
    const station = stations[which];
    if (station === undefined) return;
    const id = seededId(rng, atMs, k);
    const { id: stationId } = station;
    made.batches.push({
      id,
      stationId,
      district: districtOf(station),
      itemCode,
      number: `${dayOf(nowMs - 700 * dayMs)
        .slice(2)
        .replaceAll('-', '')}07`,
      expiresOn: addDays(dayOf(nowMs), days),
      receiptId: null,
      receivedMs: atMs,
      quantity,
      recalled: false,
    });
    made.movements.push({
      id: seededId(rng, atMs, k),
      batchId: id,
      stationId,
      itemCode,
      kind: 'count',
      delta: quantity,
      reason: 'found',
      loanId: null,
      atMs,
      accountId: null,
    });
  });
}

function noteLow(made: DemoSupplies, stations: readonly DemoStation[], nowMs: number): void {
  const today = dayOf(nowMs);
  const rng = seededRandom(stations.length);
  for (const station of stations)
    for (const item of supplyItems().values()) {
      if (item.kind === 'loan' || item.minimum === 0) continue;
      const usable = made.batches
        .filter(
          (lot) => lot.stationId === station.id && lot.itemCode === item.code && (lot.expiresOn ?? today) >= today,
        )
        .reduce((sum, { quantity }) => sum + quantity, 0);
      if (usable >= item.minimum) continue;
      const atMs = nowMs - randomInt(rng, 4, 60) * 3_600_000;
      made.restocks.push({
        id: seededId(rng, atMs, made.restocks.length),
        stationId: station.id,
        district: districtOf(station),
        itemCode: item.code,
        minimum: item.minimum,
        quantity: usable,
        atMs,
      });
    }
}
