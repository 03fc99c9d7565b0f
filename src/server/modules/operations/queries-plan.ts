import type { planRoutes } from '#contract/operations-plans.ts';
import type { operationRoutes } from '#contract/operations.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { CaseRows } from '#server/modules/events/index.ts';
import { scopeOf, type Actor } from '#server/modules/identity/index.ts';
import type { OperationsDeps, RiskPointNear } from './parts.ts';
import { fits, type Because } from './rules.ts';
import { countOpened, listOperations } from './store-operation.ts';
import { findPlanVersion, listPlans, listVersions, type PlanRow } from './store-plan.ts';
import { planRowView } from './views.ts';

type Plans = typeof planRoutes;
const dayMs = 86_400_000;

export async function readPlans(kit: OperationsDeps, retired: boolean): Promise<Output<Plans['list']>> {
  const plans = await kit.database.read(systemScope, (tx) => listPlans(tx));
  return { items: plans.filter((plan) => retired || plan.retiredAt === null).map(planRowView) };
}

/** One plan; `version` an older one. @throws AppError not_found */
export async function readPlan(
  kit: OperationsDeps,
  code: string,
  version: number | undefined,
): Promise<Output<Plans['get']>> {
  return kit.database.read(systemScope, async (tx) => {
    const plan = (await listPlans(tx, code))[0];
    const body = version === undefined ? plan?.body : await findPlanVersion(tx, code, version);
    if (plan === undefined || body === undefined)
      throw new AppError('not_found', `There is no plan "${code}"${version === undefined ? '' : ` ${version}`}.`);
    const versions = await listVersions(tx, code);
    return {
      ...planRowView(plan),
      body,
      draft: plan.draft,
      draftVersion: plan.draftVersion,
      versions: versions.map((one) => ({ ...one, publishedAt: one.publishedAt.toISOString() })),
      retiredReason: plan.retiredReason,
    };
  });
}

/** Plans in force that fit an event, those of the level library first. */
export async function readFitting(
  kit: OperationsDeps,
  actor: Actor,
  eventId: string,
): Promise<Output<(typeof operationRoutes)['fitting']>> {
  const { rows, plans } = await kit.database.read(scopeOf(actor), async (tx) => ({
    rows: await kit.events.joint.look(tx, eventId),
    plans: await plansInForce(tx),
  }));
  const found = await fitting(kit, actor, rows, plans);
  return { items: found.map(({ plan, because }) => ({ ...planRowView(plan), because })) };
}

async function plansInForce(tx: Tx): Promise<PlanRow[]> {
  return (await listPlans(tx)).filter((plan) => plan.body !== null && plan.retiredAt === null);
}

async function fitting(
  kit: OperationsDeps,
  actor: Actor,
  rows: CaseRows,
  plans: readonly PlanRow[],
): Promise<{ plan: PlanRow; because: Because[] }[]> {
  const { categories, planCode } = await kit.events.joint.classOf(rows);
  const event = { categories: categories.map((one) => one.code), libraryPlan: planCode };
  const near = await riskPointsAround(kit, actor, rows, plans);
  return plans
    .flatMap((plan) => {
      const because = plan.body === null ? [] : fits({ code: plan.code, body: plan.body }, event, near);
      return because.length === 0 ? [] : [{ plan, because }];
    })
    .toSorted((a, b) => weight(b.because) - weight(a.because));
}

/** What the library names first, then what is made for the category, then what merely lies near. */
function weight(because: readonly Because[]): number {
  return (because.includes('library') ? 2 : 0) + (because.includes('category') ? 1 : 0);
}

async function riskPointsAround(
  kit: OperationsDeps,
  actor: Actor,
  { event }: CaseRows,
  plans: readonly PlanRow[],
): Promise<readonly RiskPointNear[]> {
  const asking = plans.flatMap(({ body }) =>
    body !== null && (body.riskKinds.length > 0 || body.riskPointIds.length > 0) ? [body.nearbyM] : [],
  );
  if (kit.nearby === undefined || event.lon === null || event.lat === null || asking.length === 0) return [];
  return kit.nearby.listRiskPointsNear(actor, { lon: event.lon, lat: event.lat, radiusM: Math.max(...asking) });
}

/** Share of events whose category has a plan, and of those whose plan was opened; thirty days unless told otherwise. */
export async function readCoverage(
  kit: OperationsDeps,
  actor: Actor,
  query: Input<Plans['coverage']>['query'],
): Promise<Output<Plans['coverage']>> {
  const nowMs = kit.clock.now();
  const to = query.to ?? new Date(nowMs).toISOString();
  const from = query.from ?? new Date(Date.parse(to) - 30 * dayMs).toISOString();
  if (Date.parse(from) >= Date.parse(to)) throw new AppError('bad_input', 'from: expected a time before "to".');
  const span = { from, to, areaCode: query.areaCode };
  const counts = await kit.events.joint.countByCategory(actor, span);
  const { opened, plans } = await kit.database.read(scopeOf(actor), async (tx) => ({
    opened: await countOpened(tx, span),
    plans: await plansInForce(tx),
  }));
  const library = await kit.events.dictionary.get();
  const byCategory = counts.map(({ categoryCode, events }) => {
    const category = library.categories.get(categoryCode);
    return {
      categoryCode,
      name: category?.name ?? '',
      nameEn: category?.nameEn ?? '',
      planCodes: planCodesOf(library, plans, categoryCode),
      events,
      opened: opened.get(categoryCode) ?? 0,
    };
  });
  const sum = (rows: readonly { events: number }[]) => rows.reduce((all, row) => all + row.events, 0);
  const having = byCategory.filter((row) => row.planCodes.length > 0);
  return {
    from,
    to,
    events: sum(byCategory),
    withPlan: sum(having),
    opened: having.reduce((all, row) => all + row.opened, 0),
    byCategory,
  };
}

type Library = Awaited<ReturnType<OperationsDeps['events']['dictionary']['get']>>;

function planCodesOf(library: Library, plans: readonly PlanRow[], categoryCode: string): string[] {
  const above: string[] = [];
  for (let code: string | null | undefined = categoryCode; code !== null && code !== undefined;) {
    if (above.includes(code)) break;
    above.push(code);
    code = library.categories.get(code)?.parentCode;
  }
  const named = library.rules.get(categoryCode)?.planCode;
  return plans
    .filter((plan) => plan.code === named || plan.body?.categories.some((code) => above.includes(code)) === true)
    .map((plan) => plan.code);
}

/** One page of joint operations the actor may see, newest first. */
export async function readOperations(
  kit: OperationsDeps,
  actor: Actor,
  query: Input<(typeof operationRoutes)['list']>['query'],
): Promise<Output<(typeof operationRoutes)['list']>> {
  const { cursor, limit, ...filter } = query;
  const after = cursor === undefined ? undefined : fromCursor(cursor);
  const rows = await kit.database.read(scopeOf(actor), (tx) => listOperations(tx, { ...filter, after, limit }));
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      ...row,
      openedAt: row.openedAt.toISOString(),
      endedAt: row.endedAt?.toISOString() ?? null,
    })),
    next: rows.length > limit && last !== undefined ? `${last.openedAt.toISOString()}_${last.id}` : null,
  };
}

function fromCursor(cursor: string): { openedAt: string; id: string } {
  const [openedAt = '', id = ''] = cursor.split('_');
  if (!isUuid(id) || Number.isNaN(Date.parse(openedAt)))
    throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before. Start again.');
  return { openedAt: new Date(openedAt).toISOString(), id };
}
