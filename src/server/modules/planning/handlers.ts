import type { planningRoutes } from '#contract/planning.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { listCandidates } from './candidates.ts';
import { decide } from './commands-decide.ts';
import { openProject } from './commands-open.ts';
import { addPhotos, changeProject, finishStage, stopProject } from './commands-project.ts';
import { remeasure } from './commands-remeasure.ts';
import { changeScenario, keepChoice, makeScenario, setAsideScenario } from './commands-scenario.ts';
import { fittingCosts, stageWords, weightings } from './dictionary.ts';
import type { Questions } from './keep.ts';
import type { PlanningParts } from './parts.ts';
import { getProject, listOwnProjects } from './queries-project.ts';
import { getScenario, listOwnScenarios, readCells, tryChoice } from './queries-scenario.ts';
import { cancelScenario, runScenario } from './run.ts';
import type { Works } from './work.ts';

export type PlanningHandlers = Handlers<Omit<typeof planningRoutes, 'photo' | 'document'>, { actor: Actor }>;

export function planningHandlers(parts: PlanningParts & { questions: Questions; works: Works }): PlanningHandlers {
  return {
    words: async () => wordsOf(parts),
    candidates: ({ query }, { actor }) => listCandidates(parts, actor, query),
    list: ({ query }, { actor }) => listOwnScenarios(parts, actor, query),
    get: ({ params }, { actor }) => getScenario(parts, actor, params.id),
    make: ({ body }, { actor }) => makeScenario(parts, actor, body),
    change: ({ params, body }, { actor }) => changeScenario(parts, actor, params.id, body),
    run: ({ params, body }, { actor }) => runScenario(parts, actor, params.id, body),
    cancel: ({ params }, { actor }) => cancelScenario(parts, actor, params.id),
    cells: ({ params, query }, { actor }) => readCells(parts, actor, params.id, query.chosen),
    whatIf: ({ params, query }, { actor }) => tryChoice(parts, actor, params.id, query.chosen),
    keepChoice: ({ params, body }, { actor }) => keepChoice(parts, actor, params.id, body),
    setAside: ({ params, body }, { actor }) => setAsideScenario(parts, actor, params.id, body),
    decide: ({ params, body }, { actor }) => decide(parts, actor, params.id, body),
    projects: ({ query }, { actor }) => listOwnProjects(parts, actor, query),
    project: ({ params }, { actor }) => getProject(parts, actor, params.id),
    changeProject: ({ params, body }, { actor }) => changeProject(parts, actor, params.id, body),
    finishStage: ({ params, body }, { actor }) => finishStage(parts, actor, params.id, body),
    addPhotos: ({ params, body }, { actor }) => addPhotos(parts, actor, params.id, body),
    open: ({ params, body }, { actor }) => openProject(parts, actor, params.id, body),
    stop: ({ params, body }, { actor }) => stopProject(parts, actor, params.id, body),
    remeasure: ({ params, body }, { actor }) => remeasure(parts, actor, params.id, body),
  };
}

function wordsOf({ facilities, circle }: PlanningParts) {
  return {
    weightings: [...weightings().values()],
    costs: [...fittingCosts().values()],
    stages: [...stageWords().values()],
    profiles: [...circle.profiles()],
    classes: Iterator.from(facilities.classes())
      .map(({ walkMin, ...word }) => ({ ...word, minutes: walkMin }))
      .toArray(),
  };
}
