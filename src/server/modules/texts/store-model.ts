import { sql } from 'kysely';
import type { suggestionKinds } from '#contract/texts.ts';
import type { Tx } from '#server/db/pool.ts';

export type SuggestionKind = (typeof suggestionKinds)[number];
export type ModelState = 'serving' | 'refused' | 'retired';

export interface ModelFigures {
  accuracy: number;
  macroF1: number;
  precision: number;
  coverage: number;
}

export interface ModelRow {
  id: string;
  kind: SuggestionKind;
  district: string;
  state: ModelState;
  hash: string;
  examples: number;
  classes: number;
  firstAt: Date;
  lastAt: Date;
  figures: ModelFigures;
  beforeFigures: ModelFigures | null;
  tookMs: number;
  trainedAt: Date;
  bytes: number;
}

const columns = sql.raw(
  `id, kind, district, state, hash, examples, classes, first_at as "firstAt", last_at as "lastAt", figures,
   before_figures as "beforeFigures", took_ms as "tookMs", trained_at as "trainedAt", length(bytes) as bytes`,
);

export async function listModels(tx: Tx, limit: number): Promise<ModelRow[]> {
  const { rows } =
    await sql<ModelRow>`select ${columns} from text_model order by trained_at desc, kind limit ${limit}`.execute(tx.db);
  return rows;
}

export async function servingModels(tx: Tx): Promise<ModelRow[]> {
  const { rows } = await sql<ModelRow>`select ${columns} from text_model where state = 'serving'`.execute(tx.db);
  return rows;
}

export async function modelBytes(tx: Tx, id: string): Promise<Uint8Array> {
  const { rows } = await sql<{ bytes: Buffer }>`select bytes from text_model where id = ${id}`.execute(tx.db);
  const found = rows[0];
  if (found === undefined) throw new Error(`There is no model ${id}.`);
  return Uint8Array.from(found.bytes); // a copy of its own: the driver's lies within a larger buffer
}

/** The serving model of a kind, locked until the transaction ends. */
export async function lockServing(tx: Tx, kind: SuggestionKind): Promise<ModelRow | undefined> {
  const { rows } = await sql<ModelRow>`select ${columns} from text_model where kind = ${kind} and state = 'serving'
    for update`.execute(tx.db);
  return rows[0];
}

export async function retire(tx: Tx, id: string): Promise<void> {
  await sql`update text_model set state = 'retired' where id = ${id}`.execute(tx.db);
}

export async function insertModel(tx: Tx, row: Omit<ModelRow, 'bytes'>, bytes: Uint8Array): Promise<void> {
  await sql`insert into text_model (id, kind, district, state, bytes, hash, examples, classes, first_at, last_at, figures, before_figures, took_ms, trained_at)
    values (${row.id}, ${row.kind}, ${row.district}, ${row.state}, ${Buffer.from(bytes)}, ${row.hash}, ${row.examples}, ${row.classes}, ${row.firstAt},
      ${row.lastAt}, ${JSON.stringify(row.figures)}::jsonb, ${row.beforeFigures === null ? null : JSON.stringify(row.beforeFigures)}::jsonb,
      ${row.tookMs}, ${row.trainedAt})`.execute(tx.db);
}
