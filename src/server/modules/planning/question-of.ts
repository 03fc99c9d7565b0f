import type { SitingQuestion } from '#engine/siting/question.ts';
import type { SitingData } from './siting-data.ts';

/**
 * The question as the engine takes it. Money counts only where there is a budget; a place nobody has estimated then costs
 * more than there is, and is not chosen.
 */
export function questionOf(data: SitingData): SitingQuestion {
  const { cells, candidates, walks, limitS, cutoffS, budgetYuan } = data;
  const unknown = budgetYuan === null ? 0 : budgetYuan + 1;
  return {
    goal: data.goal,
    demands: { people: cells.people, elders: cells.elders, children: cells.children },
    weights: data.weighting,
    candidates: candidates.map(({ costYuan, capacity }) => ({ cost: costYuan ?? unknown, capacity })),
    times: walks,
    existingDs: cells.nearestDs.map((ds) => (ds < 0 ? Infinity : ds)),
    limitDs: limitS * 10,
    beyondDs: cutoffS * 10,
    choose: data.choose,
    budget: budgetYuan,
  };
}
