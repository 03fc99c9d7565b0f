/** The table of effects: changing a row switches on and off at once what it says of warnings that are active. */
import type { Input } from '#contract/route.ts';
import type { warningRoutes } from '#contract/warnings.ts';
import { AppError } from '#kit/errors.ts';
import { toIso } from '#kit/clock.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { once } from '#server/modules/ledger/index.ts';
import type { WarningsCtx, WarningsParts } from './parts.ts';
import { record } from './record.ts';
import { settleEffects } from './settle.ts';
import { listWarnings, lockWarnings } from './store.ts';
import { findEffectForUpdate, saveEffect, type Effect } from './store-effect.ts';

type Wish = Input<typeof warningRoutes.addEffect>['body'];
type Answer = { id: string; at: string; ledgerId: string };

/** @throws AppError bad_input, already_exists */
export async function addEffect(parts: WarningsParts, ctx: WarningsCtx, body: Wish): Promise<Answer> {
  const id = uuidV7(parts.clock.now());
  return run(parts, ctx, body, { route: 'warnings.addEffect', request: body }, async () => ({ before: null, id }));
}

/** @throws AppError not_found, version_conflict, bad_input, already_exists */
export async function editEffect(
  parts: WarningsParts,
  ctx: WarningsCtx,
  id: string,
  body: Wish & { version: number },
): Promise<Answer> {
  return run(parts, ctx, body, { route: 'warnings.editEffect', request: { id, body } }, async (tx) => {
    const before = await findEffectForUpdate(tx, id);
    if (before === undefined) throw new AppError('not_found', 'There is no such effect.');
    if (before.version !== body.version)
      throw new AppError(
        'version_conflict',
        `Somebody changed this row: you saw version ${body.version}, it is now ${before.version}. Load it again and repeat.`,
      );
    return { before, id };
  });
}

function run(
  parts: WarningsParts,
  { actor }: WarningsCtx,
  { opId, kind, leastColour, effect, target, note, enabled }: Wish,
  of: { route: string; request: unknown },
  find: (tx: Tx) => Promise<{ before: Effect | null; id: string }>,
): Promise<Answer> {
  if (kind !== '*' && !parts.kinds.some(({ code }) => code === kind))
    throw new AppError('bad_input', `Expected a kind of the dictionary or *, found "${kind}".`, { field: 'kind' });
  const op = { ...of, opId, actor: actor.accountId ?? actor.kind };
  return once(parts.database, systemScope, op, async (tx) => {
    await lockWarnings(tx);
    const atMs = parts.clock.now();
    const { before, id } = await find(tx);
    const to = { kind, leastColour, effect, target, enabled };
    if (!(await saveEffect(tx, { id, ...to, note })))
      throw new AppError('already_exists', 'A row with this kind, colour, effect and target exists. Change that one.');
    const from =
      before === null
        ? null
        : {
            kind: before.kind,
            leastColour: before.leastColour,
            effect: before.effect,
            target: before.target,
            enabled: before.enabled,
          };
    const subject = { type: 'warning_effect', id } as const;
    const line = {
      actor,
      action: before === null ? 'warning_effect.add' : 'warning_effect.edit',
      subject,
      areas: [],
      atMs,
      opId,
    };
    const ledgerId = await record(parts, tx, { ...line, data: { from, to }, words: { note } });
    await settleEffects(parts, tx, await listWarnings(tx, { running: true, status: 'Actual' }, null, 1000), atMs);
    return { id, at: toIso(atMs), ledgerId };
  });
}
