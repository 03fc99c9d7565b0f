/** A visit to be put on a day: day numbers since 1970-01-01, `earliest` ≤ `latest`. */
export interface Slot {
  id: string;
  earliest: number;
  latest: number;
}

/**
 * Puts every visit of one worker on a day within its own window, so that the fullest day is as light as it can be, and
 * then evens out what is left. Nobody is put later than `latest`.
 *
 * `load` tells how many visits a day holds already. Only days for which `works` is true are used, unless a window has none:
 * then any of its days. The smallest largest load is found by trying loads upwards; earliest-deadline-first tells whether
 * one suffices (for unit jobs with windows it is exact). Then single visits move from fuller to emptier days while
 * that helps. Equal choices fall to the earlier day and the lower id: the same input gives the same plan.
 * O(n · days) for each load tried; n is what one worker has to do.
 */
export function levelVisits(
  slots: readonly Slot[],
  load: ReadonlyMap<number, number>,
  works: (day: number) => boolean,
): Map<string, number> {
  const jobs = slots.map((slot) => ({ id: slot.id, days: daysOf(slot, works), latest: slot.latest }));
  const all = jobs.flatMap(({ days }) => days);
  if (all.length === 0) return new Map();
  const fullest = Math.max(...all.map((day) => load.get(day) ?? 0));
  const least = Math.min(...all.map((day) => load.get(day) ?? 0));
  let plan: Map<string, number> | undefined;
  for (let most = least + 1; plan === undefined; most++) plan = fit(jobs, load, most);
  return even(jobs, load, plan, fullest);
}

interface Job {
  id: string;
  days: readonly number[];
  latest: number;
}

function daysOf({ earliest, latest }: Slot, works: (day: number) => boolean): number[] {
  const days = Array.from({ length: Math.max(0, latest - earliest) + 1 }, (_, k) => Math.min(earliest, latest) + k);
  const working = days.filter(works);
  return working.length > 0 ? working : days;
}

/** Earliest deadline first under `most` a day; undefined when somebody would be left over. */
function fit(jobs: readonly Job[], load: ReadonlyMap<number, number>, most: number): Map<string, number> | undefined {
  const waiting = new Set(jobs.toSorted((a, b) => last(a) - last(b) || (a.id < b.id ? -1 : 1)));
  const days = [...new Set(jobs.flatMap((job) => job.days))].toSorted((a, b) => a - b);
  const plan = new Map<string, number>();
  for (const day of days) {
    let room = most - (load.get(day) ?? 0);
    for (const job of waiting) {
      if (room <= 0) break;
      if (!job.days.includes(day)) continue;
      plan.set(job.id, day);
      waiting.delete(job);
      room--;
    }
  }
  return waiting.size === 0 ? plan : undefined;
}

const last = (job: Job): number => job.days[job.days.length - 1] ?? 0;

function even(
  jobs: readonly Job[],
  load: ReadonlyMap<number, number>,
  plan: Map<string, number>,
  fullest: number,
): Map<string, number> {
  const count = new Map(load);
  for (const day of plan.values()) count.set(day, (count.get(day) ?? 0) + 1);
  const of = (day: number): number => count.get(day) ?? 0;
  const order = jobs.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  // Every move makes the sum of squares smaller, so this ends; the bound only guards against a mistake here.
  for (let round = 0, moved = true; moved && round < jobs.length + fullest + 8; round++) {
    moved = false;
    for (const job of order) {
      const from = plan.get(job.id);
      if (from === undefined) continue;
      const to = job.days.reduce((best, day) => (of(day) < of(best) ? day : best), from);
      if (of(from) - of(to) < 2) continue;
      plan.set(job.id, to);
      count.set(from, of(from) - 1);
      count.set(to, of(to) + 1);
      moved = true;
    }
  }
  return plan;
}
