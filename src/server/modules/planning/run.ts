/** Reckons a scenario in the background and keeps its answer. */
import type { planningRoutes } from '#contract/planning.ts';
import type { Input, Output } from '#contract/route.ts';
import { isAppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { lockScenario, seeScenario, tellScenario } from './access.ts';
import { accountOf } from './commands-scenario.ts';
import { figuresOfChoice } from './figures.ts';
import { gather } from './gather.ts';
import { packQuestion } from './keep.ts';
import type { PlanningParts } from './parts.ts';
import { assertScenario } from './rules.ts';
import type { SitingData } from './siting-data.ts';
import { insertAnswer, saveScenario, type AnswerRow, type ScenarioRow } from './store-scenario.ts';
import { createWorks, type Solved, type Works } from './work.ts';

type Routes = typeof planningRoutes;

/** What is reckoned just now, in this process. */
export function planningWorks({ report }: Pick<PlanningParts, 'report'>): Works {
  return createWorks((id, error) => {
    if (isAppError(error)) return error.code;
    report(`scenario ${id}`, error);
    return 'internal';
  });
}

/**
 * Begins to reckon; answers at once. When it ends with an answer, answer and line are written together; a scenario that was
 * changed meanwhile stays as it is.
 * @throws AppError not_found, transition_not_allowed, version_conflict
 */
export async function runScenario(
  parts: PlanningParts & { works: Works },
  actor: Actor,
  id: string,
  { version, seconds }: Input<Routes['run']>['body'],
): Promise<Output<Routes['run']>> {
  const row = await seeScenario(parts, actor, id, 'circle.plan');
  accountOf(actor);
  assertScenario(row, 'run', version);
  const started = parts.works.start(id, async (signal, tell) => {
    const data = await gather(parts, row, signal);
    const solved = await parts.solve(data, { seconds, signal, progress: tell });
    signal.throwIfAborted();
    await keepAnswer(parts, actor, row, { data, solved });
  });
  return { started };
}

/** Stops it; nothing is kept. @throws AppError not_found, not_allowed */
export async function cancelScenario(
  parts: PlanningParts & { works: Works },
  actor: Actor,
  id: string,
): Promise<Output<Routes['cancel']>> {
  await seeScenario(parts, actor, id, 'circle.plan');
  return { stopped: await parts.works.cancel(id) };
}

/** Writes answer, question and line. @throws AppError version_conflict when the draft was changed meanwhile */
async function keepAnswer(
  parts: PlanningParts,
  actor: Actor,
  asked: ScenarioRow,
  { data, solved }: { data: SitingData; solved: Solved },
): Promise<void> {
  const { hash, bytes } = await packQuestion(data);
  const figures = figuresOfChoice(data, solved.chosen);
  await parts.database.inTx(systemScope, async (tx) => {
    const nowMs = parts.clock.now();
    const row = await lockScenario(tx, asked.id);
    assertScenario(row, 'run', asked.version);
    const run = await parts.circle.latestRun(tx, { areaCode: row.areaCode, profile: row.profile });
    const answer: AnswerRow = {
      scenarioId: row.id,
      hash,
      chosen: figures.chosen,
      proof: solved.proof,
      figures,
      networkVersion: data.basis.networkVersion,
      codeVersion: data.basis.codeVersion,
      facilities: data.existing.length,
      cells: data.cells.code.length,
      runId: run?.id ?? null,
      answeredAt: new Date(nowMs),
    };
    await insertAnswer(tx, { ...answer, question: bytes, askedBy: accountOf(actor) });
    await saveScenario(tx, { ...row, state: 'answered' }, nowMs);
    await tellScenario(tx, row, {
      actor,
      action: 'scenario.answer',
      opId: null,
      nowMs,
      data: { hash, chosen: answer.chosen, newly: figures.newly, proven: solved.proof.proven, gap: solved.proof.gap },
      people: [row.madeBy],
    });
  });
}
