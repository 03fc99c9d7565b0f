import type { careRoutes } from '#contract/care.ts';
import type { riskRoutes } from '#contract/risk-points.ts';
import type { ClientOutput } from '#contract/route.ts';
import type { visitRoutes } from '#contract/visits.ts';
import { call, type RouteRef } from '#web/app/call.ts';
import type { DayOwner } from './day-pack.ts';
import { shown } from './field-state.ts';
import type { FieldStore } from './field-store.ts';

const routes: {
  form: RouteRef<(typeof visitRoutes)['words']>;
  rules: RouteRef<(typeof visitRoutes)['rules']>;
  tags: RouteRef<(typeof careRoutes)['tags']>;
  kinds: RouteRef<(typeof riskRoutes)['kinds']>;
} = {
  form: { method: 'GET', path: '/api/visit-words' },
  rules: { method: 'GET', path: '/api/visit-rules' },
  tags: { method: 'GET', path: '/api/care-tags' },
  kinds: { method: 'GET', path: '/api/risk-kinds' },
};

interface Named {
  code: string;
  name: string;
  nameEn: string;
}

/** What the tasks of the day are told with: dictionaries, nothing of anybody. */
export interface DayLists {
  form: ClientOutput<(typeof visitRoutes)['words']>['items'];
  /** The steps after nobody answered, in their order. */
  ladder: (Named & { amount: number; unit: string })[];
  tags: Named[];
  kinds: Named[];
}

const key = 'day-lists';
const none: DayLists = { form: [], ladder: [], tags: [], kinds: [] };

export const dayLists = shown<DayLists>(none);

/** What the phone has kept of them. */
export async function readDayLists(store: FieldStore): Promise<void> {
  const kept = await store.readKept<DayLists>(key);
  if (kept !== undefined) dayLists.set({ ...none, ...kept });
}

/** Reads them anew; one that cannot be had stays as it was. */
export async function pullDayLists(store: FieldStore, owner: DayOwner): Promise<void> {
  const may = (word: string): boolean => owner.permissions.includes(word);
  const before = dayLists.get();
  const [form, rules, tags, kinds] = await Promise.all([
    may('visit.do') ? call(routes.form, {}).catch(() => undefined) : undefined,
    may('visit.do') ? call(routes.rules, {}).catch(() => undefined) : undefined,
    may('visit.do') ? call(routes.tags, {}).catch(() => undefined) : undefined,
    may('inspection.do') ? call(routes.kinds, {}).catch(() => undefined) : undefined,
  ]);
  const lists = {
    form: form?.items ?? before.form,
    ladder: rules === undefined ? before.ladder : ladderOf(rules.items),
    tags: tags?.items.map(named) ?? before.tags,
    kinds: kinds?.items.map(named) ?? before.kinds,
  };
  dayLists.set(lists);
  await store.keep(key, lists);
}

function named({ code, name, nameEn }: Named): Named {
  return { code, name, nameEn };
}

const unitMs: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 24 * 3_600_000 };

function ladderOf(rules: ClientOutput<(typeof visitRoutes)['rules']>['items']): DayLists['ladder'] {
  return rules
    .filter((rule) => rule.kind === 'ladder')
    .map(({ code, name, nameEn, amount, unit }) => ({ code, name, nameEn, amount, unit }))
    .toSorted((a, b) => afterMs(a) - afterMs(b));
}

/** Milliseconds after the first visit without an answer. */
export function afterMs({ amount, unit }: { amount: number; unit: string }): number {
  return amount * (unitMs[unit] ?? 0);
}
