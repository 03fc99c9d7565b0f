import type { BriefKind } from '#contract/briefs.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Indicator, IndicatorFigure } from '#server/modules/analytics/index.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { indicatorsOf } from './dictionary.ts';
import type { AnomalyLine, BriefsParts, ForecastLine, IssueLine, RatingLine, StuckLine } from './parts.ts';
import { daysBefore, type Days } from './rules-period.ts';
import { countBy, countDaily, countLate, type LateUnit, type ValueCount } from './store-facts.ts';

/** Counts that the overview is told in, whatever indicators a kind of brief lists. */
const always = ['reports', 'closed_rate', 'overdue_open_rate', 'shelved_rate'];
const below = { city: 'district', district: 'street', street: 'community', community: 'grid' } as const;

type Named = ValueCount & { name: string };

/** Everything a brief tells, as numbers and names; who may read it was checked before. */
export interface BriefFacts {
  kind: BriefKind;
  place: Pick<Area, 'code' | 'name' | 'tier' | 'path'>;
  days: Days;
  before: Days;
  figures: ReadonlyMap<string, IndicatorFigure>;
  words: ReadonlyMap<string, Indicator>;
  measures: ReadonlyMap<string, { name: string }>;
  /** Codes of indicators to be listed, companions of rates behind them. */
  listed: readonly string[];
  classes: readonly Named[];
  areas: readonly Named[];
  daily: ReadonlyMap<string, number>;
  late: readonly (LateUnit & { name: string })[];
  issues: readonly IssueLine[] | undefined;
  anomalies: readonly AnomalyLine[] | undefined;
  forecast: ForecastLine | null | undefined;
  stuck: readonly StuckLine[] | undefined;
  ratings: readonly RatingLine[] | undefined;
  asOf: { seq: number; at: string };
}

interface Wish {
  kind: BriefKind;
  place: Area;
  days: Days;
}

/** Counts within one transaction, in the name of the program: only what lies in the place. */
export async function gather(parts: BriefsParts, tx: Tx, { kind, place, days }: Wish): Promise<BriefFacts> {
  const before = daysBefore(kind, days);
  const { figures, sources } = parts;
  const words = figures.words();
  const listed = withCompanions(indicatorsOf(kind), words);
  const area = { code: place.code, tier: place.tier };
  const found = await figures.indicators(tx, { area, from: days.first, to: days.last }, [...always, ...listed]);
  const span = { areaCode: place.code, ...days };
  const asked = { path: place.path, from: days.first, to: days.last };
  const tier = place.tier in below ? below[place.tier as keyof typeof below] : undefined;
  return {
    kind,
    place,
    days,
    before,
    figures: new Map(found.map((one) => [one.code, one])),
    words,
    measures: figures.measures(),
    listed,
    classes: await namedClasses(parts, await countBy(tx, 'class', { ...span, before })),
    areas: tier === undefined ? [] : namedAreas(parts, await countBy(tx, tier, { ...span, before })),
    daily: await countDaily(tx, { areaCode: place.code, ...chartDays(kind, days) }),
    late: namedUnits(parts, await countLate(tx, span)),
    issues: await sources.hotIssues?.(tx, asked),
    anomalies: await sources.anomalies?.(tx, asked),
    forecast: kind === 'daily' ? null : await sources.forecast?.(tx, asked),
    stuck: await sources.stuck?.(tx, asked),
    ratings: kind === 'daily' ? undefined : await sources.ratings?.(tx, asked),
    asOf: await figures.asOf(tx),
  };
}

/** A rate that should not be read alone is followed by what belongs beside it. */
function withCompanions(codes: readonly string[], words: ReadonlyMap<string, Indicator>): string[] {
  const all = codes.flatMap((code) => [
    code,
    ...(words.get(code)?.companions ?? []).filter((one) => words.get(one)?.kind === 'share'),
  ]);
  return [...new Set(all)];
}

/** One day says little: its brief draws the week that ends with it. */
export function chartDays(kind: BriefKind, { first, last }: Days): Days {
  const week = new Date(Date.parse(`${last}T00:00:00Z`) - 6 * 86_400_000).toISOString().slice(0, 10);
  return kind === 'daily' && week < first ? { first: week, last } : { first, last };
}

async function namedClasses({ categoryName }: BriefsParts, rows: readonly ValueCount[]): Promise<Named[]> {
  return Promise.all(
    rows.map(async (row) => ({ ...row, name: row.value === '' ? '未分类' : await categoryName(row.value) })),
  );
}

const namedAreas = ({ territory }: BriefsParts, rows: readonly ValueCount[]): Named[] =>
  rows.map((row) => ({
    ...row,
    name: row.value === '' ? '未落到下级' : (territory.area(row.value)?.name ?? row.value),
  }));

const namedUnits = ({ territory }: BriefsParts, rows: readonly LateUnit[]) =>
  rows.map((row) => ({ ...row, name: territory.unit(row.unitId)?.name ?? '已撤销的单位' }));
