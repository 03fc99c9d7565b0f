/** After anything changed: what every message of a chain is now, and what is switched on and off by that. */
import type { WarningState } from '#contract/warnings-words.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import type { WarningsParts } from './parts.ts';
import { record } from './record.ts';
import { standingsOf } from './rules-chain.ts';
import { effectsWanted } from './rules-effects.ts';
import { listByIds, readChain, saveState, type StoredWarning } from './store.ts';
import { endRun, insertRun, listEffects, listRuns, type Effect, type EffectRun } from './store-effect.ts';

const running: readonly WarningState[] = ['coming', 'active'];

/**
 * Settles the chain of a message. `fresh` is one that has just been inserted: its first state is told by the line of
 * its coming, unless that line is not enough. The caller holds `lockWarnings`.
 */
export async function settleChain(
  parts: WarningsParts,
  tx: Tx,
  id: string,
  atMs: number,
  fresh = false,
): Promise<void> {
  const chain = await readChain(tx, id);
  const standings = standingsOf(chain, atMs);
  const moved: string[] = [];
  for (const link of chain) {
    const now = standings.get(link.id);
    if (now === undefined || (now.state === link.state && now.by === link.stateBy)) continue;
    moved.push(link.id);
    await saveState(tx, link.id, now.state, now.by, new Date(atMs));
    if (fresh && link.id === id) continue;
    const [row] = await listByIds(tx, [link.id]);
    await record(parts, tx, {
      actor: systemActor,
      action: running.includes(now.state) ? 'warning.begin' : 'warning.end',
      subject: { type: 'warning', id: link.id },
      areas: row?.areas ?? [],
      atMs,
      data: { from: link.state, state: now.state, by: now.by, status: link.status },
    });
  }
  await settleEffects(parts, tx, await listByIds(tx, fresh ? [...new Set([...moved, id])] : moved), atMs);
}

/** Switches on what the table asks for and off what it no longer does. The caller holds `lockWarnings`. */
export async function settleEffects(
  parts: WarningsParts,
  tx: Tx,
  warnings: readonly StoredWarning[],
  atMs: number,
): Promise<void> {
  if (warnings.length === 0) return;
  const effects = await listEffects(tx);
  const runs = await listRuns(
    tx,
    warnings.map(({ id }) => id),
  );
  for (const warning of warnings) {
    const on = runs.filter(({ warningId, offAt }) => warningId === warning.id && offAt === null);
    const wanted = effectsWanted(warning, effects);
    for (const run of on)
      if (!wanted.some(({ id }) => id === run.effectId)) await switchOff(parts, tx, { warning, run, atMs });
    for (const effect of wanted)
      if (!on.some(({ effectId }) => effectId === effect.id)) await switchOn(parts, tx, { warning, effect, atMs });
  }
}

async function switchOn(
  parts: WarningsParts,
  tx: Tx,
  { warning, effect, atMs }: { warning: StoredWarning; effect: Effect; atMs: number },
): Promise<void> {
  const { areas } = warning;
  // Nobody's counting may hold up a warning.
  const reached = await parts.countReached({ effect: effect.effect, target: effect.target, areas }).catch(() => null);
  const run: EffectRun = {
    id: uuidV7(atMs),
    warningId: warning.id,
    effectId: effect.id,
    effect: effect.effect,
    target: effect.target,
    areas,
    matched: reached === 'few' ? null : reached,
    few: reached === 'few',
    onAt: new Date(atMs),
    offAt: null,
  };
  await insertRun(tx, run);
  await recordRun(parts, tx, { warning, run, atMs, action: 'warning.effect_on' });
}

async function switchOff(
  parts: WarningsParts,
  tx: Tx,
  { warning, run, atMs }: { warning: StoredWarning; run: EffectRun; atMs: number },
): Promise<void> {
  await endRun(tx, run.id, new Date(atMs));
  await recordRun(parts, tx, { warning, run, atMs, action: 'warning.effect_off' });
}

function recordRun(
  parts: WarningsParts,
  tx: Tx,
  {
    warning,
    run,
    atMs,
    action,
  }: { warning: StoredWarning; run: EffectRun; atMs: number; action: 'warning.effect_on' | 'warning.effect_off' },
): Promise<string> {
  return record(parts, tx, {
    actor: systemActor,
    action,
    subject: { type: 'warning', id: warning.id },
    areas: run.areas,
    atMs,
    data: {
      warningId: warning.id,
      runId: run.id,
      effectId: run.effectId,
      effect: run.effect,
      target: run.target,
      kind: warning.kind,
      colour: warning.colour,
      areas: run.areas,
      matched: run.matched,
      few: run.few,
    },
  });
}
