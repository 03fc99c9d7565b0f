/** Who lives where, as far as it may be shown: numbers of a few people say something about somebody. */
import type { populationRoutes } from '#contract/facilities.ts';
import type { Input, Output } from '#contract/route.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { areaFor } from './area-choice.ts';
import { facilityRule } from './dictionary.ts';
import type { FacilitiesParts } from './parts.ts';
import { mayKeep } from './place.ts';
import { listCellRows, listCellSources, sumCells, type CellSum } from './store-cells.ts';

type Routes = typeof populationRoutes;
type Sum = Output<Routes['sums']>['total'];

interface Counted {
  people: number;
  elders: number;
  children: number;
}

/**
 * Pure: what may be told. 1 to `below` − 1 people are not told; nor elders or children so few; nor, where the rest could be
 * reckoned from them, those that leave so few others. Zero is told.
 */
export function shown<T extends Counted>(
  counted: T,
  below: number,
): Omit<T, keyof Counted> & Record<keyof Counted, number | null> {
  const few = (n: number): boolean => n > 0 && n < below;
  const { people, elders, children } = counted;
  const hides = few(people) || few(people - elders - children);
  const part = (n: number): number | null => (few(n) || (hides && n > 0) ? null : n);
  return { ...counted, people: few(people) ? null : people, elders: part(elders), children: part(children) };
}

const exactFor = (actor: Actor, area: Area): boolean => mayKeep(actor, area.path);

/** Sums of an area and of the areas below it. @throws AppError not_found */
export async function readSums(
  parts: FacilitiesParts,
  actor: Actor,
  { area: code }: Input<Routes['sums']>['query'],
): Promise<Output<Routes['sums']>> {
  const area = areaFor(parts, actor, code);
  const scope = scopeFor(actor, 'circle.read');
  const exact = exactFor(actor, area);
  const depth = area.path.length;
  return parts.database.read(scope, async (tx) => {
    const [total] = await sumsOf(tx, scope, area, depth);
    const below = await sumsOf(tx, scope, area, depth + 1);
    const sources = await listCellSources(tx, scope, area.code);
    const view = (sum: CellSum): Sum => {
      const areaName = parts.territory.area(sum.areaCode)?.name ?? sum.areaCode;
      return { ...(exact ? sum : shown(sum, facilityRule('suppress_below'))), areaName };
    };
    const none = { areaCode: area.code, cells: 0, people: 0, elders: 0, children: 0 };
    return {
      total: view(total ?? none),
      parts: below.filter(({ areaCode }) => areaCode !== null).map(view),
      sources: sources.map(({ source, asOf, cells }) => ({ source, asOf, cells })),
      exact,
      mayEdit: exact,
      path: area.path.flatMap((one) => {
        const found = parts.territory.area(one);
        return found === undefined ? [] : [{ code: found.code, name: found.name }];
      }),
    };
  });
}

function sumsOf(tx: Tx, scope: Scope, { code }: Area, depth: number): Promise<CellSum[]> {
  return sumCells(tx, scope, { areaCode: code, depth });
}

const mostCells = 20_000;

/** Cells for a map. @throws AppError not_found */
export async function readCells(
  parts: FacilitiesParts,
  actor: Actor,
  { area: code }: Input<Routes['cells']>['query'],
): Promise<Output<Routes['cells']>> {
  const area = areaFor(parts, actor, code);
  const scope = scopeFor(actor, 'circle.read');
  const rows = await parts.database.read(scope, (tx) => listCellRows(tx, scope, area.code));
  const below = facilityRule('suppress_below');
  const exact = exactFor(actor, area);
  return {
    items: rows.slice(0, mostCells).map(({ code: cell, lon, lat, people, elders, children }) => {
      const counted = { code: cell, lon, lat, people, elders, children };
      return exact ? counted : shown(counted, below);
    }),
    more: rows.length > mostCells,
  };
}
