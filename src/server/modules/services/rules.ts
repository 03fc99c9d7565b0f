/** Decisions of the counter that need no database. */
import type { VisitorKind } from '#contract/services-views.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Stations keep the time of their city. */
const offsetMs = 8 * hourMs;
/** How long a tablet may have been without a network: an older time of a service is not believed. */
const longestOfflineMs = 30 * dayMs;
/** After this, nobody is reminded any more to ask after somebody who was helped. */
export const askingEndsMs = dayMs;

export interface Taking {
  itemCode: string;
  quantity: number;
}

/** When it was given: what the tablet says if that can be, else now (clocks of tablets go wrong). */
export function givenAt(said: string | undefined, nowMs: number): number {
  const ms = said === undefined ? nowMs : Date.parse(said);
  return ms <= nowMs && ms >= nowMs - longestOfflineMs ? ms : nowMs;
}

/** First moment of the day there, epoch milliseconds. `day`: YYYY-MM-DD; absent: the day of `nowMs`. */
export function dayStart(nowMs: number, day?: string): number {
  if (day !== undefined) return Date.parse(`${day}T00:00:00+08:00`);
  return Math.floor((nowMs + offsetMs) / dayMs) * dayMs - offsetMs;
}

/** Hour of the day there, 0 to 23. */
export function hourThere(ms: number): number {
  return new Date(ms + offsetMs).getUTCHours();
}

/** What leaves stock for so many people, where the tablet says nothing else. */
export function takenBy(items: readonly Taking[], persons: number): Taking[] {
  return items.map(({ itemCode, quantity }) => ({ itemCode, quantity: quantity * persons }));
}

export interface RunningWarning {
  kind: string | null;
  colour: string | null;
  areas: readonly string[];
  headline: string;
  startsAt: Date;
  endsAt: Date;
}

const graveness = ['red', 'orange', 'yellow', 'blue'];

/** Warnings whose area holds the place or lies within the place's own: the gravest first. */
export function warningsAt<W extends RunningWarning>(
  running: readonly W[],
  path: readonly string[],
  atMs: number,
): W[] {
  return running
    .filter(
      ({ areas, startsAt, endsAt }) =>
        startsAt.getTime() <= atMs && atMs < endsAt.getTime() && areas.some((code) => path.includes(code)),
    )
    .toSorted((a, b) => graveOf(a.colour) - graveOf(b.colour));
}

function graveOf(colour: string | null): number {
  const place = graveness.indexOf(colour ?? '');
  return place === -1 ? graveness.length : place;
}

/** 'kind.colour' of the gravest, as a record keeps it; null where none is running. */
export function weatherWord(running: readonly RunningWarning[]): string | null {
  const first = running.find(({ kind }) => kind !== null);
  return first === undefined ? null : `${first.kind ?? ''}.${first.colour ?? 'none'}`;
}

/** When to ask after somebody; null: not at all (they are with others now, or the card asks nothing). */
export function askAt(
  outcome: { askLater: boolean },
  askAgainH: number | null,
  wanted: boolean,
  atMs: number,
): number | null {
  return !wanted || askAgainH === null || !outcome.askLater ? null : atMs + askAgainH * hourMs;
}

const visitorWords: Record<VisitorKind, string> = {
  resident: '居民',
  tourist: '游客',
  outdoor_worker: '户外劳动者',
  new_employment: '新就业群体人员',
  other: '群众',
};

/** What an event about somebody who was helped says: what it is and whether 120 is on the way. Never who. */
export function aidWords(card: string, calledAtMs: number | null, visitor: VisitorKind | null): string {
  const called = calledAtMs === null ? '' : `，已于${clockThere(calledAtMs)}拨打120`;
  return `驿站急救：一名${visitorWords[visitor ?? 'other']}${card}${called}，驿站人员正在处置。`;
}

function clockThere(ms: number): string {
  return new Date(ms + offsetMs).toISOString().slice(11, 16);
}
