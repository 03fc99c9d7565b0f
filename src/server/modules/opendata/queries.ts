import type { openReleaseRoutes } from '#contract/opendata.ts';
import type { Input, Output } from '#contract/route.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { openRules, withheldClasses } from './dictionary.ts';
import { areaToPublish, draftMonth } from './gather.ts';
import type { OpenDataParts } from './parts.ts';
import { monthBefore, readyOn } from './rules-month.ts';
import { firstMonth, listFiles, listLatest, type ReleaseRow } from './store.ts';
import { groupView, releaseView } from './views.ts';

type Routes = typeof openReleaseRoutes;

/** Streets and districts the actor publishes for, the months that wait, and what is out. */
export async function listReleases(parts: OpenDataParts, actor: Actor): Promise<Output<Routes['list']>> {
  const own = scopeFor(actor, 'feed.publish').areas.flatMap((code) => parts.territory.area(code) ?? []);
  const areas = own.filter(({ tier }) => tier === 'street' || tier === 'district');
  const { k, delayDays } = openRules();
  return parts.database.read(systemScope, async (tx) => {
    const latest = await listLatest(tx, { areas: own.map(({ code }) => code) });
    const files = await listFiles(
      tx,
      latest.map(({ id }) => id),
    );
    const due = await Promise.all(areas.map((area) => dueMonths(parts, tx, area, latest)));
    return {
      areas: areas.map(({ code, name }, at) => ({ code, name, due: due[at] ?? [] })),
      items: latest.map((row) => releaseView(row, files.get(row.id) ?? [], parts)),
      k,
      delayDays,
      withheld: withheldClasses().map(({ code, name, nameEn }) => ({ code, name, nameEn })),
    };
  });
}

/** Months of an area that may be published and are not, the newest first, as far back as the page shows. */
async function dueMonths(
  { clock }: OpenDataParts,
  tx: Tx,
  { code }: Area,
  latest: readonly ReleaseRow[],
): Promise<string[]> {
  const { delayDays, monthsShown } = openRules();
  const today = dayOf(clock.now());
  const first = await firstMonth(tx, code);
  const out = new Set(latest.filter(({ areaCode }) => areaCode === code).map(({ month }) => month));
  const due: string[] = [];
  let month = monthBefore(today.slice(0, 7));
  for (let back = 0; back < monthsShown && first !== undefined && month >= first; back++) {
    if (!out.has(month) && readyOn(month, delayDays) <= today) due.push(month);
    month = monthBefore(month);
  }
  return due;
}

/** What publishing a month would put out and hold back. @throws AppError not_found, bad_input */
export async function previewMonth(
  parts: OpenDataParts,
  actor: Actor,
  { area: code, month }: Input<Routes['preview']>['query'],
): Promise<Output<Routes['preview']>> {
  const area = areaToPublish(parts, actor, code);
  const names = { categories: await parts.categories(), territory: parts.territory };
  const drafted = await parts.database.read(systemScope, (tx) =>
    draftMonth(parts, tx, { code, path: area.path, month }),
  );
  return {
    areaCode: code,
    areaName: area.name,
    month,
    k: openRules().k,
    ...drafted,
    ready: drafted.why === 'ready',
    groups: drafted.groups.map((group) => groupView(group, names)),
  };
}
