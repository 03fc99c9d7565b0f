/** Whether a station is open, reckoned on the phone from the openings it was told: right without network too. */
import type { Opening, PublicRow, StationList } from './api.ts';

export type Standing =
  | { state: 'open'; until: string | null; opening: Opening }
  | { state: 'closed'; opens: string | null; opening: Opening | null }
  /** The copy does not reach this far. */
  | { state: 'unknown' };

/** How it stands at `nowMs`. Open to the end of what is known counts as open around the clock. */
export function standingOf({ openings }: Pick<PublicRow, 'openings'>, knownUntil: string, nowMs: number): Standing {
  const knownMs = Date.parse(knownUntil);
  if (nowMs >= knownMs) return { state: 'unknown' };
  const next = openings.find(({ until }) => Date.parse(until) > nowMs);
  if (next === undefined) return { state: 'closed', opens: null, opening: null };
  if (Date.parse(next.from) > nowMs) return { state: 'closed', opens: next.from, opening: next };
  return { state: 'open', until: Date.parse(next.until) >= knownMs ? null : next.until, opening: next };
}

/** What the counter said of how full it is, unless that has lapsed. */
export function busyOf({ busy }: Pick<PublicRow, 'busy'>, nowMs: number): 'free' | 'some' | 'full' | null {
  return busy === null || Date.parse(busy.lapsesAt) <= nowMs ? null : busy.level;
}

export interface Found {
  row: PublicRow;
  standing: Standing;
  /** Null: nobody said where the way begins. */
  walk: { seconds: number; metres: number } | null;
}

/** Stations that have everything asked for, those open first, then nearest first (by name where no start is known). */
export function findStations(
  { items, knownUntil }: Pick<StationList, 'items' | 'knownUntil'>,
  wish: { needs: readonly string[]; street: string; nowMs: number; walk: (row: PublicRow) => Found['walk'] },
): { open: Found[]; closed: Found[] } {
  const all = items
    .filter(({ areaCode }) => areaCode.startsWith(wish.street))
    .filter((row) => wish.needs.every((code) => hasNow(row, code)))
    .map((row) => ({ row, standing: standingOf(row, knownUntil, wish.nowMs), walk: wish.walk(row) }))
    .toSorted((a, b) => (a.walk?.seconds ?? 0) - (b.walk?.seconds ?? 0) || (a.row.code < b.row.code ? -1 : 1));
  return {
    open: all.filter(({ standing }) => standing.state === 'open'),
    closed: all.filter(({ standing }) => standing.state !== 'open'),
  };
}

/** It is there and works. */
export function hasNow({ facilities }: Pick<PublicRow, 'facilities'>, code: string): boolean {
  return facilities.some((one) => one.code === code && one.state === 'there');
}
