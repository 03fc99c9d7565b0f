import type { Input, Output } from '#contract/route.ts';
import type { lifecircleRoutes } from '#contract/lifecircle.ts';
import { AppError } from '#kit/errors.ts';
import { toIso } from '#kit/clock.ts';
import { systemScope } from '#server/db/scope.ts';
import { senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import type { MeasureParts } from './measure.ts';
import { absentRun, partsSeen } from './reach.ts';
import { tellEnd } from './runner.ts';
import { endRun, findRun } from './store-run.ts';
import { runView } from './views.ts';

type Routes = typeof lifecircleRoutes;

/** Stops a run under way. @throws AppError not_found; in_use when it has ended already */
export async function cancelRun(
  parts: MeasureParts,
  actor: Actor,
  id: string,
  { opId }: Input<Routes['cancel']>['body'],
): Promise<Output<Routes['cancel']>> {
  const op = { opId, actor: senderOf(actor), route: 'circle_run.cancel', request: { id } };
  const answer = await once(parts.database, systemScope, op, async (tx) => {
    const run = await findRun(tx, id, true);
    if (run === undefined || partsSeen(parts.territory, actor, run, 'circle.plan')[0] !== run.areaCode)
      throw absentRun();
    if (run.state !== 'running')
      throw new AppError('in_use', `Expected a measurement under way, found ${run.state}. There is nothing to stop.`);
    const at = new Date(parts.clock.now());
    await endRun(tx, id, { state: 'cancelled', summary: null, resultHash: null, problem: '', at });
    const ledgerId = await tellEnd(tx, run, 'cancelled', { at, actor, opId, data: {} });
    const ended = { ...run, state: 'cancelled' as const, finishedAt: at };
    return { run: runView(parts, ended), at: toIso(at.getTime()), ledgerId };
  });
  parts.runner.stop(id);
  return answer;
}
