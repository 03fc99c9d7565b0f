import { sql, type RawBuilder } from 'kysely';
import type * as z from 'zod';
import type { openingHours, projectStates, remeasureView } from '#contract/planning-views.ts';
import type { ChoiceFigures, GroupCounts } from '#contract/planning.ts';
import type { Tx } from '#server/db/pool.ts';
import { withinAreas } from '#server/db/within-areas.ts';
import type { Stage } from './dictionary.ts';

export type ProjectState = (typeof projectStates)[number];

export interface DecisionRow {
  id: string;
  scenarioId: string;
  choiceId: string | null;
  chosen: string[];
  figures: ChoiceFigures;
  answerHash: string;
  compared: string[];
  reason: string;
  minutesNo: string;
  decidedBy: string;
  author: string;
  decidedAt: Date;
  supersedes: string | null;
}

/** What one place was to bring when it was decided. */
export interface Predicted extends GroupCounts {
  limitMin: number;
  profile: string;
  hash: string;
}

export interface ProjectRow {
  id: string;
  decisionId: string;
  candidateKey: string;
  idleResourceId: string | null;
  demandId: string | null;
  classCode: string;
  name: string;
  areaCode: string;
  path: string[];
  district: string;
  servedCode: string;
  lon: number;
  lat: number;
  address: string;
  hours: z.output<typeof openingHours> | null;
  services: string;
  capacity: number | null;
  floorM2: number | null;
  budgetYuan: number | null;
  predicted: Predicted;
  runBefore: string | null;
  state: ProjectState;
  reason: string;
  facilityId: string | null;
  openedOn: string | null;
  toldLateOn: string | null;
  createdBy: string;
  createdAt: Date;
  version: number;
}

export interface StageRow {
  id: string;
  projectId: string;
  stage: Stage;
  plannedOn: string | null;
  doneOn: string | null;
  note: string;
}

export interface RemeasureRow {
  id: string;
  projectId: string;
  runBefore: string;
  runAfter: string;
  hashAfter: string;
  predicted: GroupCounts;
  found: z.output<typeof remeasureView>['found'];
  measuredAt: Date;
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));

const decisionColumns = sql`d.id, d.scenario_id as "scenarioId", d.choice_id as "choiceId", d.chosen, d.figures,
  d.answer_hash as "answerHash", d.compared, d.reason, d.minutes_no as "minutesNo", d.decided_by as "decidedBy", d.author,
  d.decided_at as "decidedAt", d.supersedes`;

/** Of a scenario, the latest first. */
export async function listDecisions(tx: Tx, scenarioId: string): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`select ${decisionColumns} from decision d
    where d.scenario_id = ${scenarioId} order by d.decided_at desc, d.id desc`.execute(tx.db);
  return rows;
}

export async function findDecision(tx: Tx, id: string): Promise<DecisionRow | undefined> {
  const { rows } = await sql<DecisionRow>`select ${decisionColumns} from decision d where d.id = ${id}`.execute(tx.db);
  return rows[0];
}

export async function insertDecision(tx: Tx, row: DecisionRow): Promise<void> {
  await sql`insert into decision (id, scenario_id, choice_id, chosen, figures, answer_hash, compared, reason, minutes_no,
      decided_by, author, decided_at, supersedes)
    values (${row.id}, ${row.scenarioId}, ${row.choiceId}, ${row.chosen}, ${json(row.figures)}::jsonb, ${row.answerHash},
      ${row.compared}::uuid[], ${row.reason}, ${row.minutesNo}, ${row.decidedBy}, ${row.author}, ${row.decidedAt},
      ${row.supersedes})`.execute(tx.db);
}

const columns = sql`p.id, p.decision_id as "decisionId", p.candidate_key as "candidateKey",
  p.idle_resource_id as "idleResourceId", p.demand_id as "demandId", p.class_code as "classCode", p.name,
  p.area_code as "areaCode", p.path, p.district, p.served_code as "servedCode", p.lon, p.lat, p.address, p.hours, p.services,
  p.capacity, p.floor_m2 as "floorM2", p.budget_yuan as "budgetYuan", p.predicted, p.run_before as "runBefore", p.state,
  p.reason, p.facility_id as "facilityId", p.opened_on as "openedOn", p.told_late_on as "toldLateOn",
  p.created_by as "createdBy", p.created_at as "createdAt", p.version`;

export async function findProject(tx: Tx, id: string, lock?: 'lock'): Promise<ProjectRow | undefined> {
  const { rows } = await sql<ProjectRow>`select ${columns} from project p where p.id = ${id}
    ${lock === undefined ? sql`` : sql`for update`}`.execute(tx.db);
  return rows[0];
}

export interface ProjectFilter {
  areas: readonly string[];
  area?: string | undefined;
  classCode?: string | undefined;
  state?: ProjectState | undefined;
}

function matching({ areas, area, classCode, state }: ProjectFilter): RawBuilder<unknown> {
  const place = { areaCode: sql<string>`p.area_code`, path: sql<string[]>`p.path` };
  const all: RawBuilder<unknown>[] = [withinAreas(place, areas)];
  if (area !== undefined) all.push(withinAreas(place, [area]));
  if (classCode !== undefined) all.push(sql`p.class_code = ${classCode}`);
  if (state !== undefined) all.push(sql`p.state = ${state}`);
  return sql.join(all, sql` and `);
}

/** At most 500, the newest first. */
export async function listProjects(tx: Tx, filter: ProjectFilter): Promise<ProjectRow[]> {
  const { rows } = await sql<ProjectRow>`select ${columns} from project p where ${matching(filter)}
    order by p.created_at desc, p.id desc limit 500`.execute(tx.db);
  return rows;
}

export async function listProjectsOf(tx: Tx, decisionIds: readonly string[]): Promise<ProjectRow[]> {
  if (decisionIds.length === 0) return [];
  const { rows } = await sql<ProjectRow>`select ${columns} from project p
    where p.decision_id = any (${[...decisionIds]}::uuid[]) order by p.created_at, p.id`.execute(tx.db);
  return rows;
}

export async function insertProject(tx: Tx, row: ProjectRow): Promise<void> {
  await sql`insert into project (id, decision_id, candidate_key, idle_resource_id, demand_id, class_code, name, area_code,
      path, district, served_code, lon, lat, address, hours, services, capacity, floor_m2, budget_yuan, predicted,
      run_before, state, created_by, created_at)
    values (${row.id}, ${row.decisionId}, ${row.candidateKey}, ${row.idleResourceId}, ${row.demandId}, ${row.classCode},
      ${row.name}, ${row.areaCode}, ${row.path}, ${row.district}, ${row.servedCode}, ${row.lon}, ${row.lat},
      ${row.address}, ${json(row.hours)}::jsonb, ${row.services}, ${row.capacity}, ${row.floorM2}, ${row.budgetYuan},
      ${json(row.predicted)}::jsonb, ${row.runBefore}, ${row.state}, ${row.createdBy}, ${row.createdAt})`.execute(
    tx.db,
  );
}

/** Saves a locked row as it now stands; its version grows by one. */
export async function saveProject(tx: Tx, row: ProjectRow): Promise<void> {
  await sql`update project set name = ${row.name}, hours = ${json(row.hours)}::jsonb, services = ${row.services},
      capacity = ${row.capacity}, floor_m2 = ${row.floorM2}, budget_yuan = ${row.budgetYuan}, run_before = ${row.runBefore},
      state = ${row.state}, reason = ${row.reason}, facility_id = ${row.facilityId}, opened_on = ${row.openedOn},
      told_late_on = ${row.toldLateOn}, version = version + 1
    where id = ${row.id}`.execute(tx.db);
}

/** Of projects, in the order of the stages. */
export async function listStages(tx: Tx, projectIds: readonly string[]): Promise<StageRow[]> {
  if (projectIds.length === 0) return [];
  const { rows } = await sql<StageRow>`select t.id, t.project_id as "projectId", t.stage, t.planned_on as "plannedOn",
      t.done_on as "doneOn", t.note
    from project_stage t where t.project_id = any (${[...projectIds]}::uuid[])
    order by array_position(array['approval', 'building', 'acceptance', 'opening'], t.stage)`.execute(tx.db);
  return rows;
}

export async function insertStages(tx: Tx, rows: readonly StageRow[]): Promise<void> {
  for (const row of rows)
    await sql`insert into project_stage (id, project_id, stage, planned_on, done_on, note)
      values (${row.id}, ${row.projectId}, ${row.stage}, ${row.plannedOn}, ${row.doneOn}, ${row.note})`.execute(tx.db);
}

export async function saveStage(tx: Tx, row: StageRow): Promise<void> {
  await sql`update project_stage set planned_on = ${row.plannedOn}, done_on = ${row.doneOn}, note = ${row.note}
    where id = ${row.id}`.execute(tx.db);
}

/** Of projects, the latest first. */
export async function listRemeasures(tx: Tx, projectIds: readonly string[]): Promise<RemeasureRow[]> {
  if (projectIds.length === 0) return [];
  const { rows } = await sql<RemeasureRow>`select m.id, m.project_id as "projectId", m.run_before as "runBefore",
      m.run_after as "runAfter", m.hash_after as "hashAfter", m.predicted, m.found, m.measured_at as "measuredAt"
    from remeasure m where m.project_id = any (${[...projectIds]}::uuid[]) order by m.measured_at desc, m.id desc`.execute(
    tx.db,
  );
  return rows;
}

/** False when this run was compared already. */
export async function insertRemeasure(tx: Tx, row: RemeasureRow & { measuredBy: string | null }): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`insert into remeasure (id, project_id, run_before, run_after, hash_after,
      predicted, found, measured_at, measured_by)
    values (${row.id}, ${row.projectId}, ${row.runBefore}, ${row.runAfter}, ${row.hashAfter},
      ${json(row.predicted)}::jsonb, ${json(row.found)}::jsonb, ${row.measuredAt}, ${row.measuredBy})
    on conflict (project_id, run_after) do nothing returning id`.execute(tx.db);
  return rows.length > 0;
}

/** Those under way of which nobody was told since a day, locked; those another process looks at are left to it. */
export async function lockRunning(tx: Tx, toldBefore: string): Promise<ProjectRow[]> {
  const { rows } = await sql<ProjectRow>`select ${columns} from project p
    where p.state not in ('open', 'stopped') and (p.told_late_on is null or p.told_late_on <= ${toldBefore}::date)
    order by p.id for update skip locked`.execute(tx.db);
  return rows;
}

export async function saveToldLate(tx: Tx, id: string, day: string): Promise<void> {
  await sql`update project set told_late_on = ${day}::date where id = ${id}`.execute(tx.db);
}
