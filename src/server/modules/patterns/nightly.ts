/** What the night and the hour reckon, district by district; told once, whoever else is at it. */
import { addDays, dayOf, daysBetween } from '#kit/shanghai-days.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { ledgerActor, systemActor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { calendarOf, historyOf } from './days.ts';
import type { PatternParts } from './parts.ts';
import type { Days } from './place.ts';
import { lengthOf } from './place.ts';
import type { FoundCluster, KindCases } from './reckon-clusters.ts';
import { reckonIn } from './reckon-in.ts';
import { hashOf, seriesOf, toldOnce } from './series.ts';
import { insertAnomaly, lockStale, saveState, type AnomalyRow } from './store-anomaly.ts';
import { countAreaDays, countSquareDays, finest, type SquareDay } from './store-facts.ts';
import { findResults, saveResult, type ResultKind } from './store-result.ts';

/** Grows with every change of how something is reckoned: stored results of another method are reckoned anew. */
export const method = 'patterns-1';

/** What was looked at, kept for who asks whether anybody looked. */
export interface LookedAt {
  day: string;
  untilHour: number;
  series: number;
  tooFew: number;
}

/** Clusters as they are kept. */
export interface KeptClusters {
  steps: number;
  draws: number;
  lastDay: string;
  items: (Omit<FoundCluster, 'centre' | 'places'> & { cells: string[] })[];
}

/** Forecasts as they are kept. */
export interface KeptForecasts {
  tooFew: number;
  items: {
    areaCode: string;
    category: string;
    past: number[];
    next: { expected: number; low: number; high: number }[];
    trial: { weeks: number; covered: number; error: number; naiveError: number };
  }[];
}

export function districtsOf({ territory }: PatternParts): readonly Area[] {
  return territory.children(territory.city().code).filter(({ tier }) => tier === 'district');
}

/** Yesterday's anomalies, next week and what is gathering, for every district. Answers how many anomalies are new. */
export async function reckonNight(parts: PatternParts): Promise<number> {
  const today = dayOf(parts.clock.now());
  let found = 0;
  for (const district of districtsOf(parts)) {
    found += await lookForAnomalies(parts, district, { day: addDays(today, -1), untilHour: 24 });
    await reckonForecasts(parts, district);
    await reckonClustersOf(parts, district);
  }
  await putAway(parts, addDays(today, -parts.rules.anomaly_keep));
  return found;
}

/** Whether anything was ever reckoned. */
export function wasReckoned(parts: PatternParts): Promise<boolean> {
  const codes = districtsOf(parts).map(({ code }) => code);
  return reading(parts, async (tx) => (await findResults(tx, 'forecast', codes)).length > 0);
}

/** Today up to this hour, and what is gathering. Answers how many anomalies are new. */
export async function reckonHour(parts: PatternParts): Promise<number> {
  const now = parts.clock.now();
  const untilHour = new Date(now + 8 * 3_600_000).getUTCHours();
  let found = 0;
  for (const district of districtsOf(parts)) {
    if (untilHour > 0) found += await lookForAnomalies(parts, district, { day: dayOf(now), untilHour });
    await reckonClustersOf(parts, district);
  }
  return found;
}

const reading = <T>({ database }: PatternParts, work: (tx: Tx) => Promise<T>) => database.read(systemScope, work);

interface Keep {
  kind: ResultKind;
  area: Area;
  days: Days;
  inputHash: string;
  startedMs: number;
}

/** Whether the same was reckoned before, from the same facts by the same method. */
async function isKnown(parts: PatternParts, kind: ResultKind, area: Area, inputHash: string): Promise<boolean> {
  const [before] = await reading(parts, (tx) => findResults(tx, kind, [area.code]));
  return before?.inputHash === inputHash && before.method === method;
}

async function keep({ clock }: PatternParts, tx: Tx, { kind, area, days, inputHash, startedMs }: Keep, result: object) {
  const tookMs = Math.round(performance.now() - startedMs);
  const { code: areaCode, path } = area;
  const when = { firstDay: days.from, lastDay: days.to, reckonedAt: new Date(clock.now()), tookMs };
  await saveResult(tx, kind, { areaCode, path, inputHash, method, ...when, result });
}

/** Series of a district's streets and communities, and of itself. */
async function lookForAnomalies(
  parts: PatternParts,
  area: Area,
  { day, untilHour }: { day: string; untilHour: number },
) {
  const startedMs = performance.now();
  const rules = parts.rules;
  const days = await reading(parts, (tx) => historyOf(parts, tx, area, day));
  if (days === undefined) return 0;
  const rows = await reading(parts, (tx) => countAreaDays(tx, { area, units: null, ...days }, untilHour));
  const wish = { district: area.code, firstDay: days.from, days: lengthOf(days) };
  const { pools, series } = seriesOf(rows, { ...wish, tiers: ['district', 'street', 'community'] });
  const inputHash = hashOf(method, day, untilHour, rows, rules);
  if (await isKnown(parts, 'anomalies', area, inputHash)) return 0;
  const options = {
    halfLifeDays: rules.half_life,
    minDays: rules.anomaly_days,
    minCases: rules.anomaly_cases,
    share: rules.anomaly_share,
  };
  const findings = await reckonIn(parts.nightCompute, 'anomalies', {
    ...(await calendarOf(parts, days)),
    pools: pools.map(({ counts }) => counts),
    lines: series,
    options,
  });
  const looked: LookedAt = {
    day,
    untilHour,
    series: findings.filter(({ p }) => !Number.isNaN(p)).length,
    tooFew: findings.filter(({ p }) => Number.isNaN(p)).length,
  };
  const found = findings.flatMap((finding, k) => {
    const { areaCode, category } = series[k] ?? { areaCode: '', category: '' };
    const path = parts.territory.area(areaCode)?.path;
    // A part of a day says nothing of fewer: what is missing may still come.
    const counts = finding.side === 'more' ? finding.seen >= rules.anomaly_least : untilHour === 24;
    return finding.q <= rules.anomaly_q && counts && path !== undefined
      ? [{ ...finding, areaCode, category, path }]
      : [];
  });
  const rowsFound = toldOnce(found).map((one): AnomalyRow => ({
    ...one, id: uuidV7(parts.clock.now()), district: area.code, day, untilHour, series: looked.series, inputHash, method,
    state: 'open', foundAt: new Date(parts.clock.now()), answer: null, reason: '', quietUntil: null, answeredBy: null,
    answeredAt: null, version: 1,
  })); // prettier-ignore
  return parts.database.inTx(systemScope, async (tx) => {
    await keep(parts, tx, { kind: 'anomalies', area, days, inputHash, startedMs }, looked);
    let fresh = 0;
    for (const row of rowsFound)
      if (await insertAnomaly(tx, row)) {
        await tellAnomaly(tx, row, 'anomaly.find', parts.clock.now());
        fresh++;
      }
    return fresh;
  });
}

/** The line of an anomaly, told to its areas: counts and codes only. Answers its id. */
export function tellAnomaly(
  tx: Tx,
  row: AnomalyRow,
  action: 'anomaly.find' | 'anomaly.acknowledge' | 'anomaly.expire',
  atMs: number,
  by: {
    actor?: Parameters<typeof ledgerActor>[0];
    opId?: string;
    data?: Record<string, unknown>;
    words?: Record<string, unknown>;
  } = {},
): Promise<string> {
  const { id, areaCode, district, category, day, untilHour, side, seen, low, high, q, inputHash } = row;
  const expected = Math.round(row.expected * 10) / 10;
  return append(tx, {
    actor: ledgerActor(by.actor ?? systemActor),
    action,
    subject: { type: 'anomaly', id },
    district,
    atMs,
    audience: row.path.map((code) => `a:${code}`),
    opId: by.opId ?? null,
    data: {
      areaCode,
      categoryCode: category,
      day,
      untilHour,
      side,
      seen,
      expected,
      low,
      high,
      q,
      inputHash,
      ...by.data,
    },
    ...(by.words === undefined ? {} : { words: by.words }),
  });
}

/** What nobody answered for long is put away: no mark stands for ever. */
async function putAway(parts: PatternParts, before: string): Promise<void> {
  await parts.database.inTx(systemScope, async (tx) => {
    for (const row of await lockStale(tx, before)) {
      await saveState(tx, { ...row, state: 'expired' });
      await tellAnomaly(tx, row, 'anomaly.expire', parts.clock.now());
    }
  });
}

async function reckonForecasts(parts: PatternParts, area: Area): Promise<void> {
  const startedMs = performance.now();
  const rules = parts.rules;
  const days = await reading(parts, (tx) => historyOf(parts, tx, area, addDays(dayOf(parts.clock.now()), -1)));
  if (days === undefined) return;
  const rows = await reading(parts, (tx) => countAreaDays(tx, { area, units: null, ...days }));
  const inputHash = hashOf(method, days, rows, rules);
  if (await isKnown(parts, 'forecast', area, inputHash)) return;
  const wish = { district: area.code, firstDay: days.from, days: lengthOf(days) };
  const { pools, series } = seriesOf(rows, { ...wish, tiers: ['district', 'street'] });
  const lines = series.filter(
    ({ counts }) => counts.reduce((sum, one) => sum + one, 0) >= (rules.forecast_cases * lengthOf(days)) / 364,
  );
  const forecasts = await reckonIn(parts.nightCompute, 'forecast', {
    ...(await calendarOf(parts, days)),
    pools: pools.map(({ counts }) => counts),
    lines,
    share: rules.forecast_share,
    trialWeeks: rules.forecast_weeks,
    minDays: rules.anomaly_days,
  });
  const items = forecasts.flatMap((forecast, k) => {
    const line = lines[k];
    if (forecast === undefined || line === undefined) return [];
    return [
      {
        areaCode: line.areaCode,
        category: line.category,
        past: Array.from(line.counts.slice(-28)),
        next: forecast.days,
        trial: forecast.trial,
      },
    ];
  });
  const result: KeptForecasts = { tooFew: series.length - items.length, items };
  await parts.database.inTx(systemScope, (tx) =>
    keep(parts, tx, { kind: 'forecast', area, days, inputHash, startedMs }, result),
  );
}

const mostSquares = 1500;

async function reckonClustersOf(parts: PatternParts, area: Area): Promise<void> {
  const startedMs = performance.now();
  const rules = parts.rules;
  const today = dayOf(parts.clock.now());
  const days = { from: addDays(today, 1 - rules.scan_days), to: today };
  const read = (factor: number) => reading(parts, (tx) => countSquareDays(tx, { area, units: null, ...days }, factor));
  let factor = 2;
  let rows = await read(factor);
  while (squaresIn(rows).length > mostSquares && factor < 40) rows = await read((factor *= 2));
  const inputHash = hashOf(method, days, factor, rows, rules);
  if (rows.length === 0 || (await isKnown(parts, 'clusters', area, inputHash))) return;
  const squares = squaresIn(rows);
  const at = new Map(squares.map(({ x, y }, k) => [`${x}:${y}`, k]));
  const found = await reckonIn(parts.nightCompute, 'clusters', {
    columns: Int32Array.from(squares, ({ x }) => x),
    rows: Int32Array.from(squares, ({ y }) => y),
    days: lengthOf(days),
    kinds: kindsOf(rows, at, days, rules.scan_cases),
    circle: rules.scan_circle,
    window: rules.scan_window,
    least: rules.scan_least,
    draws: rules.scan_draws,
    level: rules.scan_p,
  });
  const cellOf = (k: number): string => `${squares[k]?.x ?? 0}:${squares[k]?.y ?? 0}`;
  const items = found.map(({ centre, places, ...rest }) => ({
    ...rest,
    cells: [centre, ...places.filter((one) => one !== centre)].map(cellOf),
  }));
  const result: KeptClusters = { steps: finest / factor, draws: rules.scan_draws, lastDay: today, items };
  await parts.database.inTx(systemScope, (tx) =>
    keep(parts, tx, { kind: 'clusters', area, days, inputHash, startedMs }, result),
  );
}

function squaresIn(rows: readonly SquareDay[]): { x: number; y: number }[] {
  const squares = new Map(rows.map(({ x, y }) => [`${x}:${y}`, { x, y }]));
  return [...squares.values()].toSorted((a, b) => a.x - b.x || a.y - b.y);
}

/** Every kind with enough cases, and all kinds together. */
function kindsOf(rows: readonly SquareDay[], at: ReadonlyMap<string, number>, days: Days, least: number): KindCases[] {
  const codes = ['', ...new Set(rows.map(({ category }) => category))];
  return codes
    .map((code) =>
      rows.filter(({ category }) => code === '' || category === code).map((one) => ({ ...one, category: code })),
    )
    .filter((some) => some.reduce((sum, { seen }) => sum + seen, 0) >= least)
    .map((some) => ({
      category: some[0]?.category ?? '',
      square: Uint32Array.from(some, ({ x, y }) => at.get(`${x}:${y}`) ?? 0),
      day: Uint16Array.from(some, ({ day }) => daysBetween(days.from, day)),
      seen: Uint32Array.from(some, ({ seen }) => seen),
    }));
}
