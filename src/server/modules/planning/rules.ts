import { AppError } from '#kit/errors.ts';
import { stageWords, type Stage } from './dictionary.ts';
import type { ProjectRow, ProjectState, StageRow } from './store-project.ts';
import type { ScenarioRow, ScenarioState } from './store-scenario.ts';

/** Stages in their order. */
export const stageOrder: readonly Stage[] = ['approval', 'building', 'acceptance', 'opening'];

export function assertVersion(found: number, seen: number): void {
  if (found !== seen)
    throw new AppError('version_conflict', `Expected version ${found}, found ${seen}. Load it again.`);
}

const allowed: Readonly<Record<string, readonly ScenarioState[]>> = {
  change: ['draft'],
  run: ['draft'],
  keep_choice: ['answered'],
  set_aside: ['draft', 'answered'],
  decide: ['answered', 'decided'],
};

/** @throws AppError transition_not_allowed, version_conflict */
export function assertScenario(
  row: Pick<ScenarioRow, 'state' | 'version'>,
  deed: 'change' | 'run' | 'keep_choice' | 'set_aside' | 'decide',
  version?: number,
): void {
  if (!allowed[deed]?.includes(row.state))
    throw new AppError(
      'transition_not_allowed',
      `This scenario is ${row.state}; expected ${allowed[deed]?.join(' or ')}. What is answered is never changed: make a new scenario of it.`,
      { state: row.state },
    );
  if (version !== undefined) assertVersion(row.version, version);
}

/**
 * Law 1 of the house in spirit: whoever handled it does not check it. Whoever made the scenario, or the choice, does not
 * decide on it.
 * @throws AppError own_scenario
 */
export function assertAnotherDecides(deciderId: string | null, authors: readonly string[]): void {
  if (deciderId === null || authors.includes(deciderId))
    throw new AppError('own_scenario', 'Whoever made a scenario does not decide on it: ask somebody else to.');
}

/** The state after this stage is done: the next stage, or open. */
export function stateAfter(stage: Stage): ProjectState {
  return stageOrder[stageOrder.indexOf(stage) + 1] ?? 'open';
}

/**
 * A stage is done when it is its turn, not before the one before it, and not in the future.
 * @param stages of the project, in order
 * @throws AppError transition_not_allowed, bad_input
 */
export function assertStageDone(
  project: Pick<ProjectRow, 'state'>,
  stages: readonly StageRow[],
  wish: { stage: Stage; doneOn: string; today: string },
): void {
  if (project.state !== wish.stage)
    throw new AppError(
      'transition_not_allowed',
      `This project is at ${project.state}, not at ${wish.stage}. Load it again.`,
      { state: project.state },
    );
  if (wish.doneOn > wish.today)
    throw new AppError('bad_input', `doneOn: expected a day up to today (${wish.today}), found ${wish.doneOn}.`, {
      field: 'doneOn',
    });
  const before = stages.findLast(({ doneOn }) => doneOn !== null)?.doneOn ?? null;
  if (before !== null && wish.doneOn < before)
    throw new AppError('bad_input', `doneOn: expected a day from ${before} on, when the stage before was done.`, {
      field: 'doneOn',
    });
}

/** Planned dates follow the order of the stages. @throws AppError bad_input */
export function assertPlanned(stages: readonly Pick<StageRow, 'stage' | 'plannedOn'>[]): void {
  const dates = stages.flatMap(({ plannedOn }) => plannedOn ?? []);
  if (dates.some((day, k) => k > 0 && day < (dates[k - 1] ?? '')))
    throw new AppError('bad_input', 'planned: expected dates in the order of the stages.', { field: 'planned' });
}

const dayMs = 86_400_000;
const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs;
const textOf = (number: number): string => new Date(number * dayMs).toISOString().slice(0, 10);

/** Proposed dates of the stages, from the day of the decision ('YYYY-MM-DD'). */
export function plannedFrom(day: string): Record<Stage, string> {
  const on = (stage: Stage): string => textOf(dayNumber(day) + (stageWords().get(stage)?.days ?? 0));
  return { approval: on('approval'), building: on('building'), acceptance: on('acceptance'), opening: on('opening') };
}

/** Days a stage was, or by today is, later than planned; null: not late, or no date was planned. */
export function lateDays({ plannedOn, doneOn }: Pick<StageRow, 'plannedOn' | 'doneOn'>, today: string): number | null {
  if (plannedOn === null) return null;
  const days = dayNumber(doneOn ?? today) - dayNumber(plannedOn);
  return days > 0 ? days : null;
}

/** How late a project is now: its stage in hand, null when it is not, is open or was stopped. */
export function projectLate(
  { state }: Pick<ProjectRow, 'state'>,
  stages: readonly StageRow[],
  today: string,
): number | null {
  const inHand = stages.find(({ stage }) => stage === state);
  return inHand === undefined ? null : lateDays(inHand, today);
}
