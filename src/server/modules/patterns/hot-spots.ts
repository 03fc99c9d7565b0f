import type { patternRoutes } from '#contract/patterns.ts';
import type { Input, Output } from '#contract/route.ts';
import { acrossM, boxOf, middleOf, offsetsWithin, squareAt } from '#engine/stats/squares.ts';
import { addDays } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { PatternParts } from './parts.ts';
import { daysOf, lengthOf, sightOf, type Days } from './place.ts';
import type { HotOutput } from './reckon-hot.ts';
import { reckonIn } from './reckon-in.ts';
import { countKinds, countSquares, finest, type Facts, type SquareCount } from './store-facts.ts';
import { askedOf, kindNamer, placeAt, type Kind } from './words.ts';

type Routes = typeof patternRoutes;
export type HotSpots = Output<Routes['hotSpots']>;
type Spot = HotSpots['spots'][number];

/** Squares of the finest lattice to a side of each lattice that may be chosen. */
const factors = [1, 2, 4, 8, 20, 40];
const mostSpots = 20;
const mostCells = 2000;

/** Hot spots of an area and a period, beside the period before. @throws AppError not_found, bad_input */
export async function readHotSpots(
  parts: PatternParts,
  actor: Actor,
  query: Input<Routes['hotSpots']>['query'],
): Promise<HotSpots> {
  const sight = sightOf(parts, actor, query.area);
  const days = daysOf(parts.clock.now(), query, parts.rules.hot_days);
  return hotSpots(parts, { ...sight, ...days, category: query.category });
}

/** The same for whoever asks in the name of the program. */
export async function hotSpots(parts: PatternParts, facts: Facts, tx?: Tx): Promise<HotSpots> {
  const read = <T>(work: (reading: Tx) => Promise<T>) =>
    tx === undefined ? parts.database.read(systemScope, work) : work(tx);
  const before = { from: addDays(facts.from, -lengthOf(facts)), to: addDays(facts.from, -1) };
  const box = boxAround(parts, facts.area.path.length === 0 ? '' : facts.area.code);
  const coarsest = factors.length - 1;
  let level =
    box === undefined ? 1 : factors.findIndex((factor) => cellsIn(box, factor) <= 2 * parts.rules.cells_wanted);
  if (level < 0) level = coarsest;
  const finestTried = level;
  let counts = await read((reading) => countSquares(reading, facts, before, factors[level] as number));
  let looked = squaresOf(parts, facts.area.code, counts, finest / (factors[level] as number), box);
  while (level < coarsest && isThin(parts, looked)) {
    const wider = factors[++level] as number;
    counts = merged(counts, wider / (factors[level - 1] as number));
    looked = squaresOf(parts, facts.area.code, counts, finest / wider, box);
  }
  const hot =
    isThin(parts, looked) || looked.columns.length < 2 * parts.rules.least_around
      ? undefined
      : await reckonIn(parts.compute, 'hot', {
          ...looked,
          radiusCells: parts.rules.radius_cells,
          leastAround: parts.rules.least_around,
        });
  return tell(parts, {
    facts,
    before,
    looked,
    factor: factors[level] as number,
    widened: level > finestTried,
    hot,
    read,
  });
}

/** Squares of the area with their counts. */
interface Looked {
  columns: Int32Array;
  rows: Int32Array;
  seen: Uint32Array;
  before: Uint32Array;
}

type Box = [west: number, south: number, east: number, north: number];

/** The box around everything of an area that has an outline. */
function boxAround({ territory }: PatternParts, code: string): Box | undefined {
  const { shaped, boxes } = territory.maps();
  const within = boxes.filter((_, k) => shaped[k]?.path.includes(code));
  if (within.length === 0) return undefined;
  const least = (side: 0 | 1) => within.reduce((found, one) => Math.min(found, one[side]), Infinity);
  const most = (side: 2 | 3) => within.reduce((found, one) => Math.max(found, one[side]), -Infinity);
  return [least(0), least(1), most(2), most(3)];
}

function cellsIn([west, south, east, north]: Box, factor: number): number {
  const steps = finest / factor;
  return Math.ceil((east - west) * steps + 1) * Math.ceil((north - south) * steps + 1);
}

/** Every square whose middle lies in the area, and every square with a case. */
function squaresOf(
  { territory }: PatternParts,
  code: string,
  counts: readonly SquareCount[],
  steps: number,
  box: Box | undefined,
): Looked {
  const known = new Map(counts.map((one) => [`${one.x}:${one.y}`, one]));
  const empty: SquareCount[] = [];
  if (box !== undefined) {
    const low = squareAt(steps, box[0], box[1]);
    const high = squareAt(steps, box[2], box[3]);
    for (let x = low.column; x <= high.column; x++)
      for (let y = low.row; y <= high.row; y++) {
        if (known.has(`${x}:${y}`)) continue;
        if (territory.locate(...middle(steps, x, y))?.path.includes(code) === true)
          empty.push({ x, y, seen: 0, before: 0 });
      }
  }
  const all = [...counts, ...empty].toSorted((a, b) => a.x - b.x || a.y - b.y);
  return {
    columns: Int32Array.from(all, ({ x }) => x),
    rows: Int32Array.from(all, ({ y }) => y),
    seen: Uint32Array.from(all, ({ seen }) => seen),
    before: Uint32Array.from(all, ({ before }) => before),
  };
}

function middle(steps: number, column: number, row: number): [number, number] {
  const [lon, lat] = middleOf(steps, { column, row });
  return [lon, lat];
}

/** Whether a neighbourhood would hold too few cases to say anything. */
function isThin({ rules: { radius_cells, least_expected } }: PatternParts, { seen }: Looked): boolean {
  const cases = seen.reduce((sum, one) => sum + one, 0);
  return (cases / Math.max(1, seen.length)) * offsetsWithin(radius_cells).length < least_expected;
}

/** The same counts in squares `times` as wide. */
function merged(counts: readonly SquareCount[], times: number): SquareCount[] {
  const wide = new Map<string, SquareCount>();
  for (const one of counts) {
    const [x, y] = [Math.floor(one.x / times), Math.floor(one.y / times)];
    const there = wide.get(`${x}:${y}`);
    if (there === undefined) wide.set(`${x}:${y}`, { x, y, seen: one.seen, before: one.before });
    else [there.seen, there.before] = [there.seen + one.seen, there.before + one.before];
  }
  return [...wide.values()];
}

interface Told {
  facts: Facts;
  before: Days;
  looked: Looked;
  factor: number;
  /** Squares were made wider, because they held too few cases. */
  widened: boolean;
  hot: HotOutput | undefined;
  read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}

async function tell(parts: PatternParts, told: Told): Promise<HotSpots> {
  const { facts, before, looked, factor, hot, widened } = told;
  const nameOf = kindNamer((await parts.library()).categories);
  const steps = finest / factor;
  const lat = looked.rows.length === 0 ? 30 : middle(steps, 0, looked.rows[0] as number)[1];
  const wide = Math.round(acrossM(steps, lat));
  return {
    asked: askedOf(
      facts,
      { from: facts.from, to: facts.to },
      facts.category === undefined ? null : nameOf(facts.category),
    ),
    before,
    seen: looked.seen.reduce((sum, one) => sum + one, 0),
    seenBefore: looked.before.reduce((sum, one) => sum + one, 0),
    steps,
    acrossM: wide,
    radiusM: Math.round(wide * parts.rules.radius_cells),
    cellsLooked: looked.columns.length,
    tooLittle: hot !== undefined ? null : isThin(parts, looked) || widened ? 'cases' : 'cells',
    spots: hot === undefined ? [] : await spotsOf(parts, told, hot, nameOf),
    ...cellsOf(looked, steps, hot),
  };
}

async function spotsOf(
  parts: PatternParts,
  { facts, looked, factor, read }: Told,
  hot: HotOutput,
  nameOf: (code: string) => Kind,
): Promise<Spot[]> {
  const spots = hot.spots.slice(0, mostSpots);
  const squares = spots.flat().map((k) => ({ x: looked.columns[k] as number, y: looked.rows[k] as number }));
  const kinds = squares.length === 0 ? [] : await read((tx) => countKinds(tx, facts, factor, squares));
  const mean = looked.seen.reduce((sum, one) => sum + one, 0) / looked.seen.length;
  return spots.map((spot) => {
    const ids = new Set(spot.map((k) => idOf(looked, k)));
    const byKind = new Map<string, number>();
    for (const { x, y, category, seen } of kinds)
      if (ids.has(`${x}:${y}`)) byKind.set(category, (byKind.get(category) ?? 0) + seen);
    const add = (of: Uint32Array) => spot.reduce((sum, k) => sum + (of[k] as number), 0);
    const seen = add(looked.seen);
    return {
      ...placeAt(parts, ...heartOf(looked, spot, finest / factor)),
      heat: Math.max(...spot.map((k) => hot.heat[k] as number)),
      cells: [...ids],
      seen,
      before: add(looked.before),
      likely: round(mean * spot.length),
      times: round(seen / (mean * spot.length)),
      q: Math.min(...spot.map((k) => hot.q[k] as number)),
      kinds: [...byKind]
        .map(([code, n]) => ({ ...nameOf(code), seen: n }))
        .toSorted((a, b) => b.seen - a.seen || a.code.localeCompare(b.code))
        .slice(0, 4),
    };
  });
}

const idOf = ({ columns, rows }: Looked, k: number): string => `${columns[k]}:${rows[k]}`;
const round = (value: number): number => Math.round(value * 100) / 100;

/** The middle of a spot, weighed by its cases. */
function heartOf({ columns, rows, seen }: Looked, spot: readonly number[], steps: number): [number, number] {
  let [x, y, whole] = [0, 0, 0];
  for (const k of spot) {
    const weight = (seen[k] as number) + 0.01;
    x += weight * (columns[k] as number);
    y += weight * (rows[k] as number);
    whole += weight;
  }
  return middle(steps, x / whole, y / whole);
}

/** Squares worth drawing: hot and cold ones first, then those with most cases. */
function cellsOf(looked: Looked, steps: number, hot: HotOutput | undefined): Pick<HotSpots, 'cells' | 'cut'> {
  const mean = looked.seen.reduce((sum, one) => sum + one, 0) / Math.max(1, looked.seen.length);
  const heat = (k: number): number => hot?.heat[k] ?? 0;
  const drawn = Array.from(looked.seen.keys()).filter((k) => (looked.seen[k] as number) > 0 || heat(k) !== 0);
  drawn.sort(
    (a, b) => Math.abs(heat(b)) - Math.abs(heat(a)) || (looked.seen[b] as number) - (looked.seen[a] as number) || a - b,
  );
  const told = (value: number | undefined): number | null =>
    value === undefined || Number.isNaN(value) ? null : round(value);
  return {
    cut: Math.max(0, drawn.length - mostCells),
    cells: drawn.slice(0, mostCells).map((k) => ({
      id: idOf(looked, k),
      box: boxOf(steps, { column: looked.columns[k] as number, row: looked.rows[k] as number }),
      seen: looked.seen[k] as number,
      before: looked.before[k] as number,
      around: hot?.sum[k] ?? 0,
      likely: round(mean * (hot?.around[k] ?? 0)),
      z: told(hot?.z[k]),
      q: hot === undefined || Number.isNaN(hot.q[k] as number) ? null : (hot.q[k] as number),
      heat: heat(k),
    })),
  };
}
