/** The record of a decision as a file. */
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { seeScenario } from './access.ts';
import { weightings } from './dictionary.ts';
import { decisionPage, type DecisionFacts } from './document.ts';
import type { Questions } from './keep.ts';
import type { PlanningParts } from './parts.ts';
import { findDecision, type DecisionRow } from './store-project.ts';
import { findScenario, listAnswers, listChoices, type ScenarioRow } from './store-scenario.ts';
import { toDocx } from './to-docx.ts';

/** A Word document of a decision the actor sees. @throws AppError not_found */
export async function decisionFile(
  parts: PlanningParts & { questions: Questions },
  actor: Actor,
  id: string,
): Promise<{ name: string; bytes: Buffer }> {
  const decision = await parts.database.read(systemScope, (tx) => findDecision(tx, id));
  if (decision === undefined) throw new AppError('not_found', 'There is no such decision, or it is not yours to see.');
  const scenario = await seeScenario(parts, actor, decision.scenarioId, 'circle.read');
  const { basis } = await parts.questions.of(scenario.id);
  const page = decisionPage({ ...(await factsOf(parts, scenario, decision)), basis });
  return { name: `${page.title}.docx`, bytes: await toDocx(page) };
}

function factsOf(
  parts: PlanningParts,
  scenario: ScenarioRow,
  decision: DecisionRow,
): Promise<Omit<DecisionFacts, 'basis'>> {
  return parts.database.read(systemScope, async (tx) => {
    const answers = await listAnswers(tx, [scenario.id, ...decision.compared]);
    const answer = answers.get(scenario.id);
    if (answer === undefined) throw new Error('A decision is on a scenario that was reckoned.');
    const names = await parts.names(tx, [decision.decidedBy, decision.author]);
    const compared = [];
    for (const id of decision.compared)
      compared.push({ title: (await findScenario(tx, id))?.title ?? id, figures: answers.get(id)?.figures ?? null });
    return {
      scenario,
      decision,
      answer,
      choices: await listChoices(tx, scenario.id),
      compared,
      names: {
        area: parts.territory.area(scenario.areaCode)?.name ?? scenario.areaCode,
        class: nameIn(parts.facilities.classes(), scenario.classCode),
        profile: nameIn(parts.circle.profiles(), scenario.profile),
        weighting: nameIn(weightings().values(), scenario.weighting),
        decidedBy: names.get(decision.decidedBy) ?? '',
        author: names.get(decision.author) ?? '',
      },
    };
  });
}

const nameIn = (words: Iterable<{ code: string; name: string }>, code: string): string =>
  Iterator.from(words).find((one) => one.code === code)?.name ?? code;
