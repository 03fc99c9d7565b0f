import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { lifecircleRoutes } from '#contract/lifecircle.ts';
import { planningRoutes } from '#contract/planning.ts';
import type { ClientInput, ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import type { PlannerSearch, ProjectsSearch } from './search.ts';

export type Scenario = ClientOutput<typeof planningRoutes.get>;
export type ScenarioRow = ClientOutput<typeof planningRoutes.list>['items'][number];
export type Figures = ClientOutput<typeof planningRoutes.whatIf>;
export type Cells = ClientOutput<typeof planningRoutes.cells>;
export type Candidate = Scenario['candidates'][number];
export type Listed = ClientOutput<typeof planningRoutes.candidates>['items'][number];
export type Words = ClientOutput<typeof planningRoutes.words>;
export type Project = ClientOutput<typeof planningRoutes.project>;
export type ProjectRow = ClientOutput<typeof planningRoutes.projects>['items'][number];
export type Stage = Project['stages'][number];
export type Wish = Omit<NonNullable<ClientInput<typeof planningRoutes.make>['body']>, 'opId'>;

export const planningKey = ['planning'] as const;

export const wordsQuery = queryOptions({
  queryKey: [...planningKey, 'words'],
  queryFn: ({ signal }) => ask(planningRoutes.words, {}, { signal }),
  staleTime: Infinity,
});

export function scenariosQuery({ class: classCode, area, state, demand }: PlannerSearch) {
  const query = Object.fromEntries(
    Object.entries({ class: classCode, area, state, demand }).filter(([, value]) => value !== undefined),
  );
  return queryOptions({
    queryKey: [...planningKey, 'list', query],
    queryFn: ({ signal }) => ask(planningRoutes.list, { query: { ...query, limit: 100 } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** One scenario; looked at every second while it is being reckoned. */
export function scenarioQuery(id: string) {
  return queryOptions({
    queryKey: [...planningKey, 'scenario', id],
    queryFn: ({ signal }) => ask(planningRoutes.get, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => ((state.data?.work ?? null) === null ? false : 1_000),
  });
}

export function candidatesQuery(area: string, classCode: string, street: number | undefined) {
  return queryOptions({
    queryKey: [...planningKey, 'candidates', area, classCode, street ?? 0],
    queryFn: async ({ signal }) => {
      const query = { area, class: classCode, ...(street === undefined ? {} : { street }) };
      return (await ask(planningRoutes.candidates, { query }, { signal })).items;
    },
    enabled: area !== '' && classCode !== '',
    placeholderData: keepPreviousData,
  });
}

/** `chosen` undefined: what the engine chose. */
export function cellsQuery(id: string, chosen: string | undefined) {
  return queryOptions({
    queryKey: [...planningKey, 'cells', id, chosen ?? null],
    queryFn: ({ signal }) =>
      ask(planningRoutes.cells, { params: { id }, query: chosen === undefined ? {} : { chosen } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}

export function whatIfQuery(id: string, chosen: string | undefined) {
  return queryOptions({
    queryKey: [...planningKey, 'what-if', id, chosen ?? null],
    queryFn: ({ signal }) =>
      ask(planningRoutes.whatIf, { params: { id }, query: { chosen: chosen ?? '-' } }, { signal }),
    enabled: chosen !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}

/** What is within some minutes: of the class, or of one place. Null run: nobody has measured yet. */
export function outlineQuery(
  run: string | null,
  what: { class: string } | { lon: number; lat: number },
  minutes: number,
) {
  return queryOptions({
    queryKey: [...planningKey, 'outline', run, what, minutes],
    queryFn: async ({ signal }) =>
      (
        await ask(
          lifecircleRoutes.isochrones,
          { params: { id: run ?? '' }, query: { ...what, way: 'to', minutes: String(minutes) } },
          { signal },
        )
      ).items,
    enabled: run !== null,
    staleTime: Infinity,
    retry: false,
  });
}

export function projectsQuery({ class: classCode, area, state, late }: ProjectsSearch) {
  const query = Object.fromEntries(
    Object.entries({ class: classCode, area, state, late: late === true ? ('true' as const) : undefined }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  return queryOptions({
    queryKey: [...planningKey, 'projects', query],
    queryFn: async ({ signal }) => (await ask(planningRoutes.projects, { query }, { signal })).items,
    placeholderData: keepPreviousData,
  });
}

export function projectQuery(id: string) {
  return queryOptions({
    queryKey: [...planningKey, 'project', id],
    queryFn: ({ signal }) => ask(planningRoutes.project, { params: { id } }, { signal }),
  });
}
