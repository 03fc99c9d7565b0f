import { ProblemError } from '#web/app/problem.ts';
import type { TerritoryProblem } from '../shared/queries.ts';

/** The places a refusal names; empty for refusals of another kind. */
export function placesOf(error: unknown): readonly TerritoryProblem[] {
  if (!(error instanceof ProblemError) || error.code !== 'territory_overlap') return [];
  const { problems } = error.data;
  return Array.isArray(problems) ? (problems as TerritoryProblem[]) : [];
}
