import { addDays, dayOf, shanghaiMs } from '#kit/shanghai-days.ts';
/** Pure decisions about stock and loans. Days are 'YYYY-MM-DD' in Asia/Shanghai, quantities whole units. */

export interface Lot {
  id: string;
  itemCode: string;
  quantity: number;
  /** The last day it may be used. */
  expiresOn: string | null;
  recalled: boolean;
}

/** From the first moment of the day after its date nothing of a batch is given out; nor of one that was called back. */
export function isUsable(lot: Pick<Lot, 'expiresOn' | 'recalled'>, day: string): boolean {
  return !lot.recalled && (lot.expiresOn === null || lot.expiresOn >= day);
}

export type LotState = 'good' | 'soon' | 'expired' | 'recalled';

/** How a batch stands on a day; `soonDays` before its last day it is told as expiring. */
export function lotState(lot: Pick<Lot, 'expiresOn' | 'recalled'>, day: string, soonDays: number): LotState {
  if (lot.recalled) return 'recalled';
  if (!isUsable(lot, day)) return 'expired';
  return lot.expiresOn !== null && lot.expiresOn <= addDays(day, soonDays) ? 'soon' : 'good';
}

/** What expires first goes first; without a date last; ties by id, which is the order of coming in. */
export function byExpiry(a: Lot, b: Lot): number {
  const day = (lot: Lot): string => lot.expiresOn ?? '9999-12-31';
  return day(a).localeCompare(day(b)) || a.id.localeCompare(b.id);
}

export interface Wanted {
  itemCode: string;
  quantity: number;
}

export interface Taken extends Wanted {
  batchId: string;
}

/**
 * Takes what is wanted from usable batches, the one that expires first first. What there is not enough of is told as short:
 * taken + short = wanted for each item. The same item named twice is taken twice.
 */
export function planTake(
  lots: readonly Lot[],
  wanted: readonly Wanted[],
  day: string,
): { taken: Taken[]; short: Wanted[] } {
  const left = new Map(lots.map((lot) => [lot.id, lot.quantity]));
  const usable = lots.filter((lot) => isUsable(lot, day)).toSorted(byExpiry);
  const taken: Taken[] = [];
  const short: Wanted[] = [];
  for (const { itemCode, quantity } of wanted) {
    let missing = quantity;
    for (const lot of usable) {
      const part = lot.itemCode === itemCode ? Math.min(missing, left.get(lot.id) ?? 0) : 0;
      if (part <= 0) continue;
      left.set(lot.id, (left.get(lot.id) ?? 0) - part);
      taken.push({ batchId: lot.id, itemCode, quantity: part });
      missing -= part;
    }
    if (missing > 0) short.push({ itemCode, quantity: missing });
  }
  return { taken, short };
}

/** When a lent thing is due: `hours` after it was lent. */
export function dueAt(lentMs: number, hours: number): number {
  return lentMs + hours * 3_600_000;
}

/** A moment told by a tablet that was without network: never in the future, never older than `lateHours`. */
export function happenedAt(at: string | undefined, nowMs: number, lateHours: number): number {
  if (at === undefined) return nowMs;
  return Math.min(nowMs, Math.max(Date.parse(at), nowMs - lateHours * 3_600_000));
}

/** The number on the paper of a receipt. */
export function receiptNumber(seq: number, atMs: number): string {
  return `WZ${dayOf(atMs).replaceAll('-', '')}-${String(seq).padStart(6, '0')}`;
}

/** The month ('YYYY-MM') in Shanghai in which this moment lies. */
export function monthOf(ms: number): string {
  return dayOf(ms).slice(0, 7);
}

/** First moment of a month in Shanghai, and of the next. */
export function monthSpan(month: string): { fromMs: number; untilMs: number } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return { fromMs: Date.UTC(year, number - 1, 1) - shanghaiMs, untilMs: Date.UTC(year, number, 1) - shanghaiMs };
}

/** 138****8000; anything shorter than 7 digits shows nothing. */
export function maskPhone(phone: string): string {
  return phone.length < 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
