import type { Colour, EffectKind } from '#contract/warnings-words.ts';
import type { Tx } from '#server/db/pool.ts';

/** One row of the table: warnings of this kind, this colour or graver, switch this on. */
export interface Effect {
  id: string;
  kind: string;
  leastColour: Colour;
  effect: EffectKind;
  target: string;
  note: string;
  enabled: boolean;
  version: number;
}

export interface EffectRun {
  id: string;
  warningId: string;
  effectId: string;
  effect: EffectKind;
  target: string;
  areas: string[];
  matched: number | null;
  /** It reached so few people that their number is not kept. */
  few: boolean;
  onAt: Date;
  offAt: Date | null;
}

const effectColumns = [
  'id',
  'kind',
  'least_colour as leastColour',
  'effect',
  'target',
  'note',
  'enabled',
  'version',
] as const;

const runColumns = [
  'id',
  'warning_id as warningId',
  'effect_id as effectId',
  'effect',
  'target',
  'areas',
  'matched',
  'few',
  'on_at as onAt',
  'off_at as offAt',
] as const;

export async function listEffects(tx: Tx): Promise<Effect[]> {
  const rows = await tx.db
    .selectFrom('warning_effect')
    .select(effectColumns)
    .orderBy('kind')
    .orderBy('effect')
    .orderBy('target')
    .orderBy('id')
    .execute();
  return rows as Effect[];
}

export async function findEffectForUpdate(tx: Tx, id: string): Promise<Effect | undefined> {
  const row = await tx.db
    .selectFrom('warning_effect')
    .select(effectColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row as Effect | undefined;
}

/** Adds a row, or changes the one with this id; false when another row says the same already. */
export async function saveEffect(tx: Tx, effect: Omit<Effect, 'version'>): Promise<boolean> {
  const { id, leastColour, ...rest } = effect;
  const values = { ...rest, least_colour: leastColour };
  const twin = await tx.db
    .selectFrom('warning_effect')
    .select('id')
    .where('kind', '=', effect.kind)
    .where('least_colour', '=', leastColour)
    .where('effect', '=', effect.effect)
    .where('target', '=', effect.target)
    .executeTakeFirst();
  if (twin !== undefined && twin.id !== id) return false;
  await tx.db
    .insertInto('warning_effect')
    .values({ id, ...values })
    .onConflict((on) =>
      on.column('id').doUpdateSet((eb) => ({ ...values, version: eb('warning_effect.version', '+', 1) })),
    )
    .execute();
  return true;
}

export async function listRuns(tx: Tx, warningIds: readonly string[]): Promise<EffectRun[]> {
  if (warningIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('warning_effect_run')
    .select(runColumns)
    .where('warning_id', 'in', [...warningIds])
    .orderBy('on_at')
    .orderBy('id')
    .execute();
  return rows as EffectRun[];
}

/** Effects that are on now. */
export async function listRunning(tx: Tx): Promise<EffectRun[]> {
  const rows = await tx.db
    .selectFrom('warning_effect_run')
    .select(runColumns)
    .where('off_at', 'is', null)
    .orderBy('on_at')
    .orderBy('id')
    .execute();
  return rows as EffectRun[];
}

/** An effect that is on, with what the warning behind it says. */
export interface RunningEffect extends Pick<EffectRun, 'id' | 'warningId' | 'effect' | 'target' | 'areas' | 'onAt'> {
  /** Code of db/data/warning-kinds.csv. */
  kind: string | null;
  colour: Colour | null;
  headline: string;
  endsAt: Date;
}

/** Effects of one sort that are on now, oldest first. */
export async function listRunningOf(tx: Tx, effect: EffectKind): Promise<RunningEffect[]> {
  const rows = await tx.db
    .selectFrom('warning_effect_run as r')
    .innerJoin('warning as w', 'w.id', 'r.warning_id')
    .select(['r.id', 'r.warning_id as warningId', 'r.effect', 'r.target', 'r.areas', 'r.on_at as onAt'])
    .select(['w.kind', 'w.colour', 'w.headline', 'w.ends_at as endsAt'])
    .where('r.off_at', 'is', null)
    .where('r.effect', '=', effect)
    .orderBy('r.on_at')
    .orderBy('r.id')
    .execute();
  return rows as RunningEffect[];
}

export async function insertRun(tx: Tx, run: EffectRun): Promise<void> {
  await tx.db
    .insertInto('warning_effect_run')
    .values({
      id: run.id,
      warning_id: run.warningId,
      effect_id: run.effectId,
      effect: run.effect,
      target: run.target,
      areas: run.areas,
      matched: run.matched,
      few: run.few,
      on_at: run.onAt,
      off_at: run.offAt,
    })
    .execute();
}

export async function endRun(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.db.updateTable('warning_effect_run').set({ off_at: at }).where('id', '=', id).execute();
}
