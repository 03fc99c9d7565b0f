import type { DeskPage } from '#web/app/desk-page.ts';
import { plans } from '#web/i18n/plans.ts';

function title(word: keyof (typeof plans)['zh']['menu']): NonNullable<DeskPage['title']> {
  return { zh: plans.zh.menu[word], en: plans.en.menu[word] };
}

/** Lets the filters of the list through, as text. */
function filters(search: Record<string, unknown>): Record<string, unknown> {
  const { open, plan, from } = search;
  const day = typeof from === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(from) ? { from } : {};
  const code = typeof plan === 'string' && /^[a-z][a-z0-9_]{1,39}$/.test(plan) ? { plan } : {};
  return { ...(open === 'false' ? { open: 'false' } : {}), ...code, ...day };
}

/** The pages of joint operations and plans on the desk. */
export const operationPages: readonly DeskPage[] = [
  {
    path: 'operations',
    anyOf: ['event.read'],
    group: 'command',
    title: title('operations'),
    validateSearch: filters,
    load: async () => (await import('./list/OperationsPage.tsx')).OperationsPage,
  },
  {
    path: 'operations/$id',
    anyOf: ['event.read'],
    title: null,
    load: async () => (await import('./room/RoomPage.tsx')).RoomPage,
  },
  {
    path: 'plans',
    anyOf: ['plan.edit'],
    group: 'command',
    title: title('plans'),
    load: async () => (await import('./plans/PlansPage.tsx')).PlansPage,
  },
  {
    path: 'plans/$code',
    anyOf: ['library.read'],
    title: null,
    load: async () => (await import('./plans/PlanPage.tsx')).PlanPage,
  },
];
