/** Steps whose limits are judged, in the order of the trade. */
export const judgedSteps = ['receive', 'verify', 'file', 'dispatch', 'accept', 'handle', 'check'] as const;

const steps = Object.fromEntries(
  judgedSteps.flatMap((step) => [
    [`${step}_due`, `f.due_steps @> array['${step}']`],
    [`${step}_ok`, `f.due_steps @> array['${step}'] and not f.late_steps @> array['${step}']`],
  ]),
);
const kept = "f.status not in ('declined', 'merged', 'shelved')";
const closed = "f.status = 'closed'";
const outOfTime = "f.late_steps @> array['handle']";
const shouldBeClosed = `${kept} and (${closed} or ${outOfTime})`;
const urgent = 'f.priority <= 1';

/**
 * What is counted: each measure is a question with yes or no to one fact (alias f), in SQL. The same text fills the
 * rollups, counts facts where there is no rollup, and lists the cases behind a number: it cannot be told apart.
 * All but the first three ask only about cases that were neither excluded nor cancelled as entered by mistake.
 */
const questions: Record<string, string> = {
  counted: 'true',
  decided: "(f.filed_at is not null or f.status in ('declined', 'merged'))",
  undecided: "f.filed_at is null and f.status not in ('declined', 'merged')",
  judged: "(f.filed_at is not null or f.status = 'declined') and f.status <> 'merged'",
  filed: "f.filed_at is not null and f.status not in ('declined', 'merged')",
  declined: "f.status = 'declined'",
  merged: "f.status = 'merged'",
  ...steps,
  dispatched: 'f.dispatched_at is not null',
  accurate: 'f.dispatched_at is not null and f.hops <= 1 and f.returns = 0',
  returned: 'f.dispatched_at is not null and f.returns > 0',
  extended: 'f.dispatched_at is not null and f.extensions > 0',
  close_due: shouldBeClosed,
  closed,
  closed_on_time: `${closed} and not ${outOfTime}`,
  not_on_time: `${shouldBeClosed} and not (${closed} and not ${outOfTime})`,
  overdue_open: `${kept} and not ${closed} and ${outOfTime}`,
  urgent_close_due: `${urgent} and ${shouldBeClosed}`,
  urgent_closed: `${urgent} and ${closed}`,
  urgent_on_time: `${urgent} and ${closed} and not ${outOfTime}`,
  checked: `(${closed} or f.reworks > 0)`,
  reworked: 'f.reworks > 0',
  closed_ever: `(${closed} or f.reopens > 0)`,
  reopened: 'f.reopens > 0',
  rated: 'f.rating is not null',
  satisfied: 'f.rating >= 4',
  right_first: `${closed} and f.reworks = 0 and f.reopens = 0 and f.returns = 0 and not ${outOfTime}`,
  shelved: "f.status = 'shelved'",
  pending: `f.ended_at is null and f.status <> 'shelved' and not ${outOfTime}`,
  late: 'f.late',
  urged: 'f.urges > 0',
};

export const questionOf: Readonly<Record<string, string>> = {
  reports: 'true',
  excluded: 'f.excluded is not null',
  cancelled: "f.status = 'cancelled' and f.excluded is null",
  ...Object.fromEntries(
    Object.entries(questions).map(([name, question]) => [
      name,
      `f.excluded is null and f.status <> 'cancelled' and ${question}`,
    ]),
  ),
};

/** Names of the measures in the rollups; columns are called the same. `not_on_time` only opens cases: it is a difference of two others. */
export const measures: readonly string[] = Object.keys(questionOf).filter((name) => name !== 'not_on_time');

/** `count(*) filter (…)` of every measure over facts f, times `sign`; `where`: only of rows that fit this too. */
export function countAll(sign: 1 | -1 = 1, where = 'true'): string {
  const minus = sign === -1 ? '-' : '';
  const also = where === 'true' ? '' : `${where} and `;
  return measures
    .map((name) => `${minus}(count(*) filter (where ${also}${questionOf[name] ?? ''}))::int as ${name}`)
    .join(', ');
}

/** Pairs of moments between which people wait, as members of a fact. Order: their place in the histograms; never change it. */
export const waits = [
  { code: 'file', from: 'reported_at', to: 'filed_at' },
  { code: 'dispatch', from: 'filed_at', to: 'dispatched_at' },
  { code: 'accept', from: 'dispatched_at', to: 'accepted_at' },
  { code: 'handle', from: 'accepted_at', to: 'finished_at' },
  { code: 'check', from: 'finished_at', to: 'closed_at' },
  { code: 'whole', from: 'reported_at', to: 'closed_at' },
] as const;
export type WaitCode = (typeof waits)[number]['code'];

/** Buckets of one histogram: below 1 min, then edges that grow by √2 up to two years. */
export const waitBuckets = 40;

/** Whole minutes are not enough: a wait in SQL, in minutes, never negative. `extract` would reckon in numeric: four times as slow. */
const minutes = (from: string, to: string): string => `greatest(0, date_part('epoch', f.${to} - f.${from}) / 60)`;

/** Rows (position in the array of a histogram) of a fact f, for `cross join lateral`. Positions begin at 1. */
export const waitPositions = `(values ${waits
  .map(
    ({ from, to }, at) =>
      `(case when f.${to} is not null and f.${from} is not null then ${at * waitBuckets + 1} + ` +
      `least(${waitBuckets - 1}, case when ${minutes(from, to)} < 1 then 0 else 1 + floor(2 * ln(${minutes(from, to)}) / ln(2::double precision) + 1e-9)::int end) end)`,
  )
  .join(', ')}) as w (at)`;

/** Kind of a case, for comparison like with like: main class | priority | channel | quarter of the day (Shanghai). */
export const stratum =
  "f.main_class || '|' || f.priority || '|' || f.channel || '|' || extract(hour from f.reported_at at time zone 'Asia/Shanghai')::int / 6";

/** Minutes of handling where known, null otherwise. */
export const handled = 'f.accepted_at is not null and f.finished_at is not null';
export const logMinutes = `round(1000 * ln(1 + ${minutes('accepted_at', 'finished_at')}))`;

export const isMeasure = (name: string): boolean => Object.hasOwn(questionOf, name);
