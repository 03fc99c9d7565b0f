import { sql, type RawBuilder } from 'kysely';
import type * as z from 'zod';
import type { moment, proofView, scenarioStates } from '#contract/planning-views.ts';
import type { Candidate, ChoiceFigures } from '#contract/planning.ts';
import type { Tx } from '#server/db/pool.ts';
import { withinAreas } from '#server/db/within-areas.ts';
import type { Goal } from './siting-data.ts';

export type ScenarioState = (typeof scenarioStates)[number];

export interface ScenarioRow {
  id: string;
  title: string;
  areaCode: string;
  path: string[];
  district: string;
  classCode: string;
  demandId: string | null;
  profile: string;
  limitMin: number;
  moment: z.output<typeof moment> | null;
  goal: Goal;
  choose: number | null;
  budgetYuan: number | null;
  weighting: string;
  candidates: Candidate[];
  state: ScenarioState;
  reason: string;
  note: string;
  madeBy: string;
  createdAt: Date;
  version: number;
}

export interface AnswerRow {
  scenarioId: string;
  hash: string;
  chosen: string[];
  proof: z.output<typeof proofView>;
  figures: ChoiceFigures;
  networkVersion: string;
  codeVersion: string;
  facilities: number;
  cells: number;
  runId: string | null;
  answeredAt: Date;
}

export interface ChoiceRow {
  id: string;
  scenarioId: string;
  title: string;
  chosen: string[];
  figures: ChoiceFigures;
  madeBy: string;
  createdAt: Date;
}

const columns = sql`s.id, s.title, s.area_code as "areaCode", s.path, s.district, s.class_code as "classCode",
  s.demand_id as "demandId", s.profile, s.limit_min as "limitMin", s.moment, s.goal, s.choose,
  s.budget_yuan as "budgetYuan", s.weighting, s.candidates, s.state, s.reason, s.note, s.made_by as "madeBy",
  s.created_at as "createdAt", s.version`;

export async function findScenario(tx: Tx, id: string, lock?: 'lock'): Promise<ScenarioRow | undefined> {
  const { rows } = await sql<ScenarioRow>`select ${columns} from scenario s where s.id = ${id}
    ${lock === undefined ? sql`` : sql`for update`}`.execute(tx.db);
  return rows[0];
}

export interface ScenarioFilter {
  /** Codes of areas the viewer reaches. */
  areas: readonly string[];
  /** Within this one only. */
  area?: string | undefined;
  classCode?: string | undefined;
  state?: ScenarioState | undefined;
  demand?: string | undefined;
}

function matching({ areas, area, classCode, state, demand }: ScenarioFilter): RawBuilder<unknown> {
  const place = { areaCode: sql<string>`s.area_code`, path: sql<string[]>`s.path` };
  const all: RawBuilder<unknown>[] = [withinAreas(place, areas)];
  if (area !== undefined) all.push(withinAreas(place, [area]));
  if (classCode !== undefined) all.push(sql`s.class_code = ${classCode}`);
  if (state !== undefined) all.push(sql`s.state = ${state}`);
  if (demand !== undefined) all.push(sql`s.demand_id = ${demand}`);
  return sql.join(all, sql` and `);
}

/** The newest first, before a place in the list ('<epoch ms>_<id>' of the last one shown). */
export async function listScenarios(
  tx: Tx,
  filter: ScenarioFilter,
  { before, limit }: { before: { atMs: number; id: string } | null; limit: number },
): Promise<ScenarioRow[]> {
  const from = before === null ? sql`` : sql`and (s.created_at, s.id) < (${new Date(before.atMs)}, ${before.id}::uuid)`;
  const { rows } = await sql<ScenarioRow>`select ${columns} from scenario s where ${matching(filter)} ${from}
    order by s.created_at desc, s.id desc limit ${limit}`.execute(tx.db);
  return rows;
}

export async function countScenarios(tx: Tx, filter: ScenarioFilter): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from scenario s where ${matching(filter)}`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));

export async function insertScenario(tx: Tx, row: ScenarioRow): Promise<void> {
  await sql`insert into scenario (id, title, area_code, path, district, class_code, demand_id, profile, limit_min, moment,
      goal, choose, budget_yuan, weighting, candidates, state, note, made_by, created_at, changed_at)
    values (${row.id}, ${row.title}, ${row.areaCode}, ${row.path}, ${row.district}, ${row.classCode}, ${row.demandId},
      ${row.profile}, ${row.limitMin}, ${json(row.moment)}::jsonb, ${row.goal}, ${row.choose}, ${row.budgetYuan},
      ${row.weighting}, ${json(row.candidates)}::jsonb, ${row.state}, ${row.note}, ${row.madeBy}, ${row.createdAt},
      ${row.createdAt})`.execute(tx.db);
}

/** Saves a locked row as it now stands; its version grows by one. */
export async function saveScenario(tx: Tx, row: ScenarioRow, nowMs: number): Promise<void> {
  await sql`update scenario set title = ${row.title}, area_code = ${row.areaCode}, path = ${row.path},
      district = ${row.district}, class_code = ${row.classCode}, demand_id = ${row.demandId}, profile = ${row.profile},
      limit_min = ${row.limitMin}, moment = ${json(row.moment)}::jsonb, goal = ${row.goal}, choose = ${row.choose},
      budget_yuan = ${row.budgetYuan}, weighting = ${row.weighting}, candidates = ${json(row.candidates)}::jsonb,
      state = ${row.state}, reason = ${row.reason}, note = ${row.note}, changed_at = ${new Date(nowMs)},
      version = version + 1
    where id = ${row.id}`.execute(tx.db);
}

const answerColumns = sql`a.scenario_id as "scenarioId", a.hash, a.answer->'chosen' as chosen, a.answer->'proof' as proof,
  a.figures, a.network_version as "networkVersion", a.code_version as "codeVersion", a.facilities, a.cells,
  a.run_id as "runId", a.answered_at as "answeredAt"`;

export async function listAnswers(tx: Tx, scenarioIds: readonly string[]): Promise<Map<string, AnswerRow>> {
  if (scenarioIds.length === 0) return new Map();
  const { rows } = await sql<AnswerRow>`select ${answerColumns} from scenario_answer a
    where a.scenario_id = any (${[...scenarioIds]}::uuid[])`.execute(tx.db);
  return new Map(rows.map((row) => [row.scenarioId, row]));
}

/** The question as it was reckoned: gzip of canonical JSON. */
export async function findQuestion(tx: Tx, scenarioId: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{ question: Buffer }>`select question from scenario_answer
    where scenario_id = ${scenarioId}`.execute(tx.db);
  return rows[0]?.question;
}

export async function insertAnswer(tx: Tx, row: AnswerRow & { question: Uint8Array; askedBy: string }): Promise<void> {
  const answer = JSON.stringify({ chosen: row.chosen, proof: row.proof });
  await sql`insert into scenario_answer (scenario_id, hash, question, answer, figures, network_version, code_version,
      facilities, cells, run_id, answered_at, asked_by)
    values (${row.scenarioId}, ${row.hash}, ${row.question}, ${answer}::jsonb, ${json(row.figures)}::jsonb,
      ${row.networkVersion}, ${row.codeVersion}, ${row.facilities}, ${row.cells}, ${row.runId}, ${row.answeredAt},
      ${row.askedBy})`.execute(tx.db);
}

const choiceColumns = sql`c.id, c.scenario_id as "scenarioId", c.title, c.chosen, c.figures, c.made_by as "madeBy",
  c.created_at as "createdAt"`;

export async function listChoices(tx: Tx, scenarioId: string): Promise<ChoiceRow[]> {
  const { rows } = await sql<ChoiceRow>`select ${choiceColumns} from scenario_choice c
    where c.scenario_id = ${scenarioId} order by c.created_at, c.id`.execute(tx.db);
  return rows;
}

export async function insertChoice(tx: Tx, row: ChoiceRow): Promise<void> {
  await sql`insert into scenario_choice (id, scenario_id, title, chosen, figures, made_by, created_at)
    values (${row.id}, ${row.scenarioId}, ${row.title}, ${row.chosen}, ${json(row.figures)}::jsonb, ${row.madeBy},
      ${row.createdAt})`.execute(tx.db);
}
