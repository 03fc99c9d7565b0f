import type { DeskPage } from '#web/app/desk-page.ts';
import { planning } from '#web/i18n/planning.ts';
import { parsePlannerSearch, parseProjectsSearch, parseScenarioSearch } from './search.ts';

export const planningPages: readonly DeskPage[] = [
  {
    path: 'planner',
    anyOf: ['circle.read'],
    group: 'circle',
    title: { zh: planning.zh.title, en: planning.en.title },
    validateSearch: (search) => ({ ...parsePlannerSearch(search) }),
    load: async () => (await import('./list/PlannerPage.tsx')).PlannerPage,
  },
  {
    path: 'planner/$id',
    anyOf: ['circle.read'],
    title: null,
    validateSearch: (search) => ({ ...parseScenarioSearch(search) }),
    load: async () => (await import('./scenario/ScenarioPage.tsx')).ScenarioPage,
  },
  {
    path: 'projects',
    anyOf: ['circle.read'],
    group: 'circle',
    title: { zh: planning.zh.project.title, en: planning.en.project.title },
    validateSearch: (search) => ({ ...parseProjectsSearch(search) }),
    load: async () => (await import('./project/ProjectsPage.tsx')).ProjectsPage,
  },
  {
    path: 'projects/$id',
    anyOf: ['circle.read'],
    title: null,
    load: async () => (await import('./project/ProjectPage.tsx')).ProjectPage,
  },
];
