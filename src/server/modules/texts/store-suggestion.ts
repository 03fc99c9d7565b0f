import { sql } from 'kysely';
import type { suggestionOutcomes } from '#contract/texts.ts';
import type { Tx } from '#server/db/pool.ts';
import type { SuggestionKind } from './store-model.ts';

export type Outcome = (typeof suggestionOutcomes)[number];

export interface SuggestionRow {
  id: string;
  eventId: string;
  kind: SuggestionKind;
  modelId: string;
  code: string;
  probability: number;
  stood: string | null;
  district: string;
  path: string[];
  shownAt: Date;
}

/** False when one of this kind was shown for the event before: the first counts. */
export async function insertSuggestion(tx: Tx, row: SuggestionRow): Promise<boolean> {
  const { rows } =
    await sql`insert into text_suggestion (id, event_id, kind, model_id, code, probability, stood, district, path, shown_at)
    values (${row.id}, ${row.eventId}, ${row.kind}, ${row.modelId}, ${row.code}, ${row.probability}, ${row.stood}, ${row.district}, ${row.path}::text[], ${row.shownAt})
    on conflict (event_id, kind) do nothing returning id`.execute(tx.db);
  return rows.length > 0;
}

/** Those nothing was decided about yet, after the one named, by id. */
export async function listOpen(
  tx: Tx,
  { afterId, limit }: { afterId: string; limit: number },
): Promise<SuggestionRow[]> {
  const { rows } =
    await sql<SuggestionRow>`select id, event_id as "eventId", kind, model_id as "modelId", code, probability, stood, district, path, shown_at as "shownAt"
    from text_suggestion where outcome is null and id > ${afterId}::uuid order by id limit ${limit}`.execute(tx.db);
  return rows;
}

/** False when somebody settled it meanwhile. */
export async function settle(
  tx: Tx,
  { id, outcome, decided, at }: { id: string; outcome: Outcome; decided: string | null; at: Date },
): Promise<boolean> {
  const { rows } = await sql`update text_suggestion set outcome = ${outcome}, decided = ${decided}, settled_at = ${at}
    where id = ${id} and outcome is null returning id`.execute(tx.db);
  return rows.length > 0;
}

export interface OutcomeCount {
  kind: SuggestionKind;
  code: string;
  outcome: Outcome | null;
  count: number;
}

/** By kind, code and outcome, of those shown in [from, to). */
export async function countOutcomes(tx: Tx, { from, to }: { from: Date; to: Date }): Promise<OutcomeCount[]> {
  const { rows } = await sql<OutcomeCount>`select kind, code, outcome, count(*)::int as count from text_suggestion
    where shown_at >= ${from} and shown_at < ${to} group by kind, code, outcome order by kind, code`.execute(tx.db);
  return rows;
}
