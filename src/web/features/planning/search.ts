import { useNavigate, useSearch } from '@tanstack/react-router';
import { projectStates, scenarioStates } from '#contract/planning-views.ts';

/** What the address of the list says; `class` and `area` with `new` begin a scenario. */
export interface PlannerSearch {
  class?: string | undefined;
  area?: string | undefined;
  demand?: string | undefined;
  state?: (typeof scenarioStates)[number] | undefined;
  /** The form is open. */
  new?: true | undefined;
}

/** What the address of one scenario says. */
export interface ScenarioSearch {
  /** Places tried by hand, keys separated by commas, '-' for none; absent: what the engine chose. */
  chosen?: string | undefined;
}

export interface ProjectsSearch {
  class?: string | undefined;
  area?: string | undefined;
  state?: (typeof projectStates)[number] | undefined;
  late?: true | undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function reader(search: Record<string, unknown>) {
  return (key: string, pattern: RegExp): string | undefined => {
    const value = String(search[key] ?? '');
    return pattern.test(value) ? value : undefined;
  };
}

const given = <T extends object>(found: T): T =>
  Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as T;

const isSet = (value: unknown): true | undefined => (value === true || value === 'true' || value === '1' || value === 1 ? true : undefined); // prettier-ignore

/** Anything unknown is left out. */
export function parsePlannerSearch(search: Record<string, unknown>): PlannerSearch {
  const text = reader(search);
  return given({
    class: text('class', /^[a-z0-9_]{1,40}$/),
    area: text('area', /^\d{6,17}$/),
    demand: text('demand', uuid),
    state: scenarioStates.find((one) => one === search['state']),
    new: isSet(search['new']),
  });
}

export function parseScenarioSearch(search: Record<string, unknown>): ScenarioSearch {
  return given({ chosen: reader(search)('chosen', /^[\w:,-]{1,4000}$/) });
}

export function parseProjectsSearch(search: Record<string, unknown>): ProjectsSearch {
  const text = reader(search);
  return given({
    class: text('class', /^[a-z0-9_]{1,40}$/),
    area: text('area', /^\d{6,17}$/),
    state: projectStates.find((one) => one === search['state']),
    late: isSet(search['late']),
  });
}

/** An address and how to change it; what is undefined leaves it. */
export function useSearchOf<S extends object>(
  parse: (search: Record<string, unknown>) => S,
): [S, (change: Partial<S>) => void] {
  const search = parse(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (change: Partial<S>): void =>
    void navigate({ to: '.', search: given({ ...search, ...change }) as never, replace: true });
  return [search, go];
}
