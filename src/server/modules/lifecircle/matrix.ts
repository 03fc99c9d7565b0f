/** Areas and classes: how many people of each are within each limit. */
import type { Output } from '#contract/route.ts';
import type { lifecircleRoutes } from '#contract/lifecircle.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { circleRule } from './dictionary.ts';
import { shownHeads } from './few.ts';
import type { Inputs } from './inputs.ts';
import { doneRun, mayPlan, type QueryParts } from './queries.ts';
import { areaSeen, partsSeen } from './reach.ts';
import { listResults, type ClassResult, type RunRow } from './store-run.ts';
import { headsOf, nobody, withinOf, type GroupTimes, type Heads } from './tally.ts';

type Matrix = Output<(typeof lifecircleRoutes)['matrix']>;

/** One area of a run and those below it, with every class. @throws AppError not_found, in_use */
export async function readMatrix(
  parts: QueryParts,
  actor: Actor,
  id: string,
  asked: string | undefined,
): Promise<Matrix> {
  const { territory } = parts;
  const { run, inputs, results } = await parts.database.read(systemScope, async (tx) => {
    const row = await doneRun(parts, tx, actor, id);
    return { run: row, inputs: await parts.readInputs(tx, row), results: await listResults(tx, id) };
  });
  const areaCode = areaSeen(territory, actor, run, asked);
  const below = territory.children(areaCode).map(({ code }) => code);
  const group = groupCells(parts, inputs, areaCode, below);
  const few = mayPlan(actor, run) ? 0 : circleRule('few_people');
  const heads = headsOf(inputs.cells, group, below.length + 1);
  const rows = [areaCode, ...below].map((code, k) => {
    const area = territory.area(code);
    const own = k === 0 ? sumOf(heads) : (heads[k] ?? nobody());
    const opens = territory.children(code).length > 0;
    return { code, name: area?.name ?? code, tier: area?.tier ?? '', opens, ...shown(own, few) };
  });
  const [area = emptyRow(areaCode), ...others] = rows;
  return {
    above: aboveOf(parts, actor, run, areaCode),
    area,
    parts: others,
    classes: inputs.standards.map((norm) => ({ ...norm })),
    figures: results.map(({ classCode, figures }) => ({ classCode, ...figures })),
    items: itemsOf({ inputs, results, group, few }, [areaCode, ...below]),
  };
}

const emptyRow = (code: string) => ({ code, name: code, tier: '', opens: false, ...nobody() });

function shown({ people, elders, children }: Heads, few: number) {
  return { people: shownHeads(people, few), elders: shownHeads(elders, few), children: shownHeads(children, few) };
}

function sumOf(heads: readonly Heads[]): Heads {
  const sum = nobody();
  for (const { people, elders, children } of heads) {
    sum.people += people;
    sum.elders += elders;
    sum.children += children;
  }
  return sum;
}

/** Of each cell: 1 and on the area below it lies in, 0 in none of them but in the area, −1 outside. */
function groupCells(
  { territory }: QueryParts,
  { cells }: Inputs,
  areaCode: string,
  below: readonly string[],
): Int32Array {
  const place = new Map(below.map((code, k) => [code, k + 1]));
  const known = new Map<string, number>();
  return Int32Array.from(cells, (cell) => {
    let group = known.get(cell.areaCode);
    if (group === undefined) {
      const path = territory.area(cell.areaCode)?.path ?? [];
      group = path.includes(areaCode) ? (path.map((code) => place.get(code)).find((k) => k !== undefined) ?? 0) : -1;
      known.set(cell.areaCode, group);
    }
    return group;
  });
}

interface Counted {
  inputs: Inputs;
  results: readonly ClassResult[];
  group: Int32Array;
  few: number;
}

function itemsOf({ inputs, results, group, few }: Counted, areas: readonly string[]): Matrix['items'] {
  const whole = group.map((k) => (k < 0 ? -1 : 0));
  const byClass = new Map(results.map((result) => [result.classCode, result]));
  return inputs.standards.flatMap(({ code: classCode, walkMin }) => {
    const seconds = byClass.get(classCode)?.seconds;
    if (seconds === undefined) return [];
    const standardS = walkMin * 60;
    const [all] = withinOf(inputs.cells, seconds, whole, { count: 1, standardS });
    const each = withinOf(inputs.cells, seconds, group, { count: areas.length, standardS });
    return areas.flatMap((areaCode, k) => {
      const times: GroupTimes | undefined = k === 0 ? all : each[k];
      if (times === undefined) return [];
      const { five, ten, fifteen, standard } = times.within;
      const within = {
        five: shown(five, few),
        ten: shown(ten, few),
        fifteen: shown(fifteen, few),
        standard: shown(standard, few),
      };
      return [{ areaCode, classCode, within, medianS: times.medianS }];
    });
  });
}

/** The areas above, as far as the actor sees them in the run. */
function aboveOf({ territory }: QueryParts, actor: Actor, run: RunRow, areaCode: string): Matrix['above'] {
  const path = territory.area(areaCode)?.path ?? [];
  const mine = partsSeen(territory, actor, run);
  return path
    .slice(0, -1)
    .filter((_code, k) => mine.some((own) => path.slice(0, k + 1).includes(own)))
    .map((code) => ({ code, name: territory.area(code)?.name ?? code }));
}
