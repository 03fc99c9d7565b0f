import type * as z from 'zod';
import type { unitRef } from '#contract/events-views.ts';
import type { doer } from '#contract/operations-views.ts';
import type { planRow } from '#contract/operations-plans.ts';
import type { Territory } from '#server/modules/grids/index.ts';
import type { PlanRow } from './store-plan.ts';

export type UnitRef = z.input<typeof unitRef>;
export type Doer = z.input<typeof doer>;

export function unitView(territory: Territory, id: string): UnitRef {
  const unit = territory.unit(id);
  return { id, name: unit?.name ?? '', nameEn: unit?.nameEn ?? '', kind: unit?.kind ?? '' };
}

/** Who did something, as the room shows it. */
export interface Who {
  accountId: string | null;
  unitId: string | null;
  linkId: string | null;
}

export interface Names {
  accounts: ReadonlyMap<string, string>;
  /** What people behind links call themselves. */
  links: ReadonlyMap<string, string>;
}

export function doerView(territory: Territory, names: Names, who: Who): Doer {
  const name =
    who.linkId === null
      ? who.accountId === null
        ? null
        : (names.accounts.get(who.accountId) ?? null)
      : (names.links.get(who.linkId) ?? null);
  return {
    name,
    unit: who.unitId === null ? null : unitView(territory, who.unitId),
    viaLink: who.linkId !== null,
  };
}

export function planRowView(plan: PlanRow): z.input<typeof planRow> {
  const body = plan.body ?? plan.draft;
  return {
    code: plan.code,
    name: body?.name ?? '',
    nameEn: body?.nameEn ?? '',
    state: plan.retiredAt === null ? (plan.version === 0 ? 'draft' : 'published') : 'retired',
    version: plan.version,
    categories: body?.categories ?? [],
    riskKinds: body?.riskKinds ?? [],
    stepCount: body?.steps.length ?? 0,
    publishedAt: plan.publishedAt?.toISOString() ?? null,
    hasDraft: plan.draft !== null,
    opened: plan.opened,
  };
}
