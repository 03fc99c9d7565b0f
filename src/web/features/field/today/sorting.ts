import { distanceM } from '#kit/geo.ts';
import { expectedOf, type Step } from '#web/field/expected.ts';
import type { Command } from '#web/field/command.ts';
import type { EventDetail, EventRow } from '#web/field/field-api.ts';
import type { Pack } from '#web/field/pack.ts';

export type Group = 'verify' | 'handle' | 'check' | 'file';
export const groups: readonly Group[] = ['verify', 'handle', 'check', 'file'];

export interface Waiting {
  row: EventRow;
  detail: EventDetail | null;
  step: Step;
  group: Group;
  dueAt: string | null;
  distanceM: number | null;
}

export interface Today {
  waiting: Waiting[];
  /** Under way, nothing expected of this person. */
  others: EventRow[];
}

interface Point {
  lon: number;
  lat: number;
}

/** What waits for this person, and the rest. `here` given: nearest first; else the most urgent first. */
export function sortToday(pack: Pack, unsent: readonly Command[], here: Point | null): Today {
  const waiting: Waiting[] = [];
  const others: EventRow[] = [];
  for (const row of pack.rows) {
    const detail = pack.details.get(row.id) ?? null;
    const own = unsent.filter((command) => command.eventId === row.id);
    const step = detail === null ? null : expectedOf(detail, own);
    if (step === null) {
      others.push(row);
      continue;
    }
    const distance =
      here === null || row.lon === null || row.lat === null
        ? null
        : distanceM([here.lon, here.lat], [row.lon, row.lat]);
    waiting.push({ row, detail, step, group: groupOf(step), dueAt: dueOf(row, detail, step), distanceM: distance });
  }
  return { waiting: waiting.toSorted(here === null ? byUrgency : byDistance), others };
}

function groupOf({ verb }: Step): Group {
  if (verb === 'verify' || verb === 'receive') return 'verify';
  if (verb === 'check') return 'check';
  return verb === 'file' ? 'file' : 'handle';
}

/** The limit of one's own task goes before that of the event. */
function dueOf(row: EventRow, detail: EventDetail | null, step: Step): string | null {
  return detail?.tasks.find((task) => task.id === step.taskId)?.dueAt ?? row.dueAt;
}

/** Life-threatening first, then what is due soonest, then the oldest. */
function byUrgency(a: Waiting, b: Waiting): number {
  const danger = Number(b.row.priority === 0) - Number(a.row.priority === 0);
  if (danger !== 0) return danger;
  const due = timeOf(a.dueAt) - timeOf(b.dueAt);
  return due !== 0 && !Number.isNaN(due) ? due : a.row.reportedAt.localeCompare(b.row.reportedAt);
}

function byDistance(a: Waiting, b: Waiting): number {
  const far = (one: Waiting): number => one.distanceM ?? 1e9;
  return far(a) - far(b) || byUrgency(a, b);
}

function timeOf(iso: string | null): number {
  return iso === null ? 8.64e15 : Date.parse(iso);
}
