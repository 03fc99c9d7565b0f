/**
 * What each message of a chain is now. Pure, and a function of the set alone: in whatever order messages arrive, the
 * same set gives the same states.
 */
import type { WarningState } from '#contract/warnings-words.ts';
import type { CapAlert, CapReference } from './cap.ts';

export interface Link {
  id: string;
  sender: string;
  identifier: string;
  /** Epoch milliseconds, as the next two. */
  sentMs: number;
  startsMs: number;
  endsMs: number;
  status: CapAlert['status'];
  msgType: CapAlert['msgType'];
  references: readonly CapReference[];
}

export interface Standing {
  state: WarningState;
  /** The message that replaced or cancelled it. */
  by: string | null;
}

/** Without an end of its own a message is over a day after it was sent. */
export const defaultSpanMs = 24 * 3_600_000;

export function keyOf(sender: string, identifier: string, sentMs: number): string {
  return `${sender} ${identifier} ${sentMs}`;
}

/** A message may speak only of its own sender's messages, and an exercise never of a real one. */
function mayEnd(by: Link, target: CapReference): boolean {
  return by.sender === target.sender;
}

/** The state of every message at `nowMs`. Whatever is cancelled stays so, also when it was replaced before. */
export function standingsOf(links: readonly Link[], nowMs: number): Map<string, Standing> {
  const ordered = links.toSorted((a, b) => a.sentMs - b.sentMs || (a.identifier < b.identifier ? -1 : 1));
  const replaced = new Map<string, Link[]>(); // key and status → the updates that name it
  const cancelled = new Map<string, Link>();
  const placeOf = (status: string, key: string): string => `${status} ${key}`;
  const targetsOf = (link: Link): string[] =>
    link.references
      .filter((target) => mayEnd(link, target))
      .map((target) => placeOf(link.status, keyOf(target.sender, target.identifier, Date.parse(target.sent))));
  for (const link of ordered.filter(({ msgType }) => msgType === 'Update'))
    for (const place of targetsOf(link)) replaced.set(place, [...(replaced.get(place) ?? []), link]);

  const ownPlace = (link: Link): string => placeOf(link.status, keyOf(link.sender, link.identifier, link.sentMs));
  /** A cancel ends what it names and what replaced that before the cancel was sent. */
  function spread(place: string, by: Link): void {
    const open = [place];
    const seen = new Set<string>();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (!cancelled.has(next)) cancelled.set(next, by);
      for (const update of replaced.get(next) ?? []) if (update.sentMs <= by.sentMs) open.push(ownPlace(update));
    }
  }
  for (const link of ordered.filter(({ msgType }) => msgType === 'Cancel'))
    for (const place of targetsOf(link)) spread(place, link);

  return new Map(
    ordered.map((link): [string, Standing] => {
      const place = ownPlace(link);
      const newer = replaced.get(place)?.find((update) => update.id !== link.id);
      return [link.id, standing(link, nowMs, cancelled.get(place), newer)];
    }),
  );
}

function standing(link: Link, nowMs: number, cancel: Link | undefined, newer: Link | undefined): Standing {
  if (link.msgType !== 'Alert' && link.msgType !== 'Update') return { state: 'message', by: null };
  if (cancel !== undefined) return { state: 'cancelled', by: cancel.id };
  if (newer !== undefined) return { state: 'replaced', by: newer.id };
  if (nowMs >= link.endsMs) return { state: 'expired', by: null };
  return { state: nowMs < link.startsMs ? 'coming' : 'active', by: null };
}

/** Begin and end of a message: the earliest and latest of its blocks. Epoch milliseconds. */
export function spanOf(alert: CapAlert): { startsMs: number; endsMs: number } {
  const sentMs = Date.parse(alert.sent);
  const starts = alert.info.map(({ effective }) => (effective === undefined ? sentMs : Date.parse(effective)));
  const ends = alert.info.flatMap(({ expires }) => (expires === undefined ? [] : [Date.parse(expires)]));
  const startsMs = starts.length === 0 ? sentMs : Math.min(...starts);
  return { startsMs, endsMs: ends.length === 0 ? Math.max(startsMs, sentMs) + defaultSpanMs : Math.max(...ends) };
}
