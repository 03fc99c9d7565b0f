import type { facilityRoutes } from '#contract/facilities.ts';
import type { Input, Output } from '#contract/route.ts';
import type { AppError } from '#kit/errors.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { timeline } from '#server/modules/ledger/index.ts';
import { capacityClasses, facilityClasses, facilityRule, idleOwners, needGroups } from './dictionary.ts';
import type { FacilitiesParts } from './parts.ts';
import { noFacility } from './place.ts';
import { namesFor } from './seen-names.ts';
import { countFacilities, findFacility, listFacilityRows, type FacilityFilter, type FacilityRow } from './store.ts';
import { detailView, markView, openNow, rowView, type Seeing } from './views.ts';

type Routes = typeof facilityRoutes;
type Filter = Input<Routes['map']>['query'];

const seeingOf = ({ territory, clock }: FacilitiesParts): Seeing => ({ territory, nowMs: clock.now() });

/** The filter of a request as the store takes it; families are their classes. */
function storeFilter({ classes, families, area, missing, past, q }: Filter, nowMs: number): FacilityFilter {
  const ofFamilies = families && [...facilityClasses().values()].filter(({ family }) => families.includes(family));
  const both = classes ?? ofFamilies?.map(({ code }) => code);
  return { area, classes: both, missing, q, ...(past === true ? {} : { on: dayOf(nowMs) }) };
}

/** Everything that fits, in turns by code, as far as the actor sees it. */
async function* eachTurn(
  parts: FacilitiesParts,
  actor: Actor,
  { filter, after, limit }: { filter: Filter; after: string | null; limit: number },
): AsyncGenerator<FacilityRow[]> {
  const scope = scopeFor(actor, 'circle.read');
  const nowMs = parts.clock.now();
  const wish = { scope, filter: storeFilter(filter, nowMs), capacityClasses: capacityClasses() };
  for (let mark = after; ;) {
    const rows: FacilityRow[] = await parts.database.read(scope, (tx) =>
      listFacilityRows(tx, { ...wish, after: mark, limit }),
    );
    yield filter.open === undefined ? rows : rows.filter((row) => openNow(row, nowMs) === true);
    const last = rows.at(-1);
    if (rows.length < limit || last === undefined) return;
    mark = last.code;
  }
}

/** One page; `next` leads to the following one, or is null. */
export async function listFacilities(
  parts: FacilitiesParts,
  actor: Actor,
  { cursor, limit, ...filter }: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  const found: FacilityRow[] = [];
  for await (const rows of eachTurn(parts, actor, { filter, after: cursor ?? null, limit: limit + 1 })) {
    found.push(...rows);
    if (found.length > limit) break;
  }
  const seeing = seeingOf(parts);
  return {
    items: found.slice(0, limit).map((row) => rowView(row, seeing)),
    next: found.length > limit ? (found[limit - 1]?.code ?? null) : null,
    total: filter.open === undefined ? await countAll(parts, actor, filter) : null,
  };
}

async function countAll({ database, clock }: FacilitiesParts, actor: Actor, filter: Filter): Promise<number> {
  const scope = scopeFor(actor, 'circle.read');
  const wish = { scope, filter: storeFilter(filter, clock.now()), capacityClasses: capacityClasses() };
  const counts = await database.read(scope, (tx) => countFacilities(tx, wish));
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

const mostMarks = 20_000;

/** All that a map may show at once; `more` when there are more than 20,000. */
export async function mapFacilities(
  parts: FacilitiesParts,
  actor: Actor,
  filter: Filter,
): Promise<Output<Routes['map']>> {
  const found: FacilityRow[] = [];
  for await (const rows of eachTurn(parts, actor, { filter, after: null, limit: mostMarks + 1 })) {
    found.push(...rows);
    if (found.length > mostMarks) break;
  }
  const seeing = seeingOf(parts);
  return { items: found.slice(0, mostMarks).map((row) => markView(row, seeing)), more: found.length > mostMarks };
}

/** Every facility that fits, in turns, for files. */
export function eachFacility(parts: FacilitiesParts, actor: Actor, filter: Filter): AsyncGenerator<FacilityRow[]> {
  return eachTurn(parts, actor, { filter, after: null, limit: 1_000 });
}

/** @throws AppError not_found when it does not exist or lies outside the actor's sight */
export async function getFacility(parts: FacilitiesParts, actor: Actor, id: string): Promise<Output<Routes['get']>> {
  const scope = scopeFor(actor, 'circle.read');
  const row = await parts.database.read(scope, (tx) => findFacility(tx, scope, id));
  if (row === undefined) throw noFacility();
  return detailView(row, seeingOf(parts), actor);
}

/** Every change of a facility, the latest first. @throws AppError not_found */
export function readHistory(parts: FacilitiesParts, actor: Actor, id: string): Promise<Output<Routes['history']>> {
  return historyOf(parts, actor, id, { type: 'facility', find: findFacility, none: noFacility });
}

interface Kind {
  type: 'facility' | 'idle_resource';
  find: (tx: Tx, scope: Scope, id: string) => Promise<{ path: readonly string[] } | undefined>;
  none: () => AppError;
}

/** The lines about something, the latest first; names only for those who may see people there. @throws AppError not_found */
export async function historyOf(
  { database, names }: FacilitiesParts,
  actor: Actor,
  id: string,
  { type, find, none }: Kind,
): Promise<Output<Routes['history']>> {
  const scope = scopeFor(actor, 'circle.read');
  return database.read(scope, async (tx) => {
    const row = await find(tx, scope, id);
    if (row === undefined) throw none();
    const lines = (await timeline(tx, type, id)).toReversed().slice(0, 200);
    const accountIds = lines.flatMap(({ actorId }) => actorId ?? []);
    const who = await namesFor(names, tx, actor, { path: row.path, accountIds });
    return {
      items: lines.map(({ id: lineId, at, action, actorId, data, words }) => ({
        id: lineId,
        at: at.toISOString(),
        action,
        byName: actorId === null ? null : (who.get(actorId) ?? null),
        data,
        words,
      })),
    };
  });
}

/** The dictionaries screens need. */
export function readWords(): Output<Routes['words']> {
  return {
    classes: [...facilityClasses().values()],
    owners: [...idleOwners().values()],
    groups: [...needGroups().values()],
    suppressBelow: facilityRule('suppress_below'),
  };
}
