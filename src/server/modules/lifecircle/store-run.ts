/** Runs, what they were measured on and what came out: the only SQL of them. A run that is done never changes. */
import { sql } from 'kysely';
import type { runStates } from '#contract/lifecircle-views.ts';
import type { WalkProfile } from '#engine/network/profile.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Shift } from './shift.ts';

export interface At {
  weekday: number;
  minute: number;
}

/** Everything that shapes a run beside network, facilities, cells and standards. */
export interface RunParameters {
  walk: WalkProfile;
  at: At | null;
  /** The day whose facilities were taken, 'YYYY-MM-DD'. */
  day: string;
  cutoffS: number;
  snapLimitM: number;
}

interface Aside {
  code: string;
  name: string;
  classCode: string | null;
  lon: number;
  lat: number;
}

/** What the run as a whole says; figures of classes stand beside their results. */
export interface RunSummary {
  people: number;
  elders: number;
  children: number;
  asideFacilities: Aside[];
  asideCells: Aside[];
  asidePeople: number;
  shift: Shift | null;
}

export interface RunRow {
  id: string;
  hash: string;
  areaCode: string;
  path: string[];
  district: string;
  network: string;
  networkName: string;
  profile: string;
  parameters: RunParameters;
  facilities: string;
  facilityCount: number;
  cells: string;
  cellCount: number;
  standards: string;
  codeVersion: string;
  state: (typeof runStates)[number];
  summary: RunSummary | null;
  resultHash: string | null;
  problem: string;
  accountId: string | null;
  startedAt: Date;
  finishedAt: Date | null;
}

export interface InputRow {
  hash: string;
  kind: string;
  items: number;
  body: Buffer;
}

export async function insertInput(tx: Tx, row: InputRow): Promise<void> {
  await tx.db
    .insertInto('circle_input')
    .values(row)
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
}

export async function findInput(tx: Tx, hash: string): Promise<InputRow | undefined> {
  const { rows } = await sql<InputRow>`select hash, kind, items, body from circle_input where hash = ${hash}`.execute(
    tx.db,
  );
  return rows[0];
}

const from = sql`select r.id, r.hash, r.area_code as "areaCode", r.path, r.district, r.network, n.name as "networkName", r.profile,
    r.parameters, r.facilities, f.items as "facilityCount", r.cells, c.items as "cellCount", r.standards,
    r.code_version as "codeVersion", r.state, r.summary, r.result_hash as "resultHash", r.problem, r.account_id as "accountId",
    r.started_at as "startedAt", r.finished_at as "finishedAt"
  from circle_run r join walk_network n on n.version = r.network
    join circle_input f on f.hash = r.facilities join circle_input c on c.hash = r.cells`;

/** `lock` holds the run until the transaction ends. */
export async function findRun(tx: Tx, id: string, lock = false): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`${from} where r.id = ${id}::uuid ${lock ? sql`for update of r` : sql``}`.execute(
    tx.db,
  );
  return rows[0];
}

/** The run of these inputs that is done or under way. */
export async function findRunByHash(tx: Tx, hash: string): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`${from} where r.hash = ${hash} and r.state in ('running', 'done')`.execute(tx.db);
  return rows[0];
}

export interface RunFilter {
  /** Runs of exactly these areas. */
  areas?: readonly string[] | undefined;
  state?: RunRow['state'] | undefined;
  profile?: string | undefined;
  /** Measured for this time; null: whatever the time. */
  at?: At | null;
  limit?: number;
}

/** The latest first. */
export async function listRunRows(tx: Tx, { areas, state, profile, at, limit = 200 }: RunFilter): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`${from} where true
    ${areas === undefined ? sql`` : sql`and r.area_code = any (${[...areas]}::text[])`}
    ${state === undefined ? sql`` : sql`and r.state = ${state}`}
    ${profile === undefined ? sql`` : sql`and r.profile = ${profile}`}
    ${at === undefined ? sql`` : sql`and r.parameters -> 'at' = ${JSON.stringify(at)}::jsonb`}
    order by greatest(r.started_at, r.confirmed_at) desc, r.id desc limit ${limit}`.execute(tx.db);
  return rows;
}

export async function insertRun(
  tx: Tx,
  row: Omit<RunRow, 'networkName' | 'facilityCount' | 'cellCount'>,
): Promise<void> {
  await tx.db
    .insertInto('circle_run')
    .values({
      id: row.id,
      hash: row.hash,
      area_code: row.areaCode,
      path: row.path,
      district: row.district,
      network: row.network,
      profile: row.profile,
      parameters: JSON.stringify(row.parameters),
      facilities: row.facilities,
      cells: row.cells,
      standards: row.standards,
      code_version: row.codeVersion,
      state: row.state,
      summary: row.summary === null ? null : JSON.stringify(row.summary),
      result_hash: row.resultHash,
      problem: row.problem,
      account_id: row.accountId,
      started_at: row.startedAt,
      finished_at: row.finishedAt,
    })
    .execute();
}

/** From `at` on it is the latest of its kind again. */
export async function confirmRun(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.db.updateTable('circle_run').set({ confirmed_at: at }).where('id', '=', id).execute();
}

/** Ends a run that was locked. */
export async function endRun(
  tx: Tx,
  id: string,
  end: Pick<RunRow, 'state' | 'summary' | 'resultHash' | 'problem'> & { at: Date },
): Promise<void> {
  await tx.db
    .updateTable('circle_run')
    .set({
      state: end.state,
      summary: end.summary === null ? null : JSON.stringify(end.summary),
      result_hash: end.resultHash,
      problem: end.problem,
      finished_at: end.at,
    })
    .where('id', '=', id)
    .execute();
}

/** Figures of a class for the whole run, stored beside its times. */
export interface ClassSums {
  facilities: number;
  closed: number;
  hoursUnknown: number;
  gini: number | null;
  palma: number | null;
  detour: number | null;
}

/** Times of one class, one entry for each cell of the run, in their order. */
export interface ClassResult {
  classCode: string;
  /** Seconds from home to the nearest; `noTime` where none is within the cut-off. */
  seconds: Uint16Array;
  back: Uint16Array;
  /** Index in the run's list of facilities; `noFacility` where there is none. */
  facility: Uint32Array;
  figures: ClassSums;
}

export const noTime = 0xffff;
export const noFacility = 0xffff_ffff;

const bytesOf = (array: Uint16Array | Uint32Array): Buffer =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength);

export async function insertResults(tx: Tx, runId: string, results: readonly ClassResult[]): Promise<void> {
  for (const { classCode, seconds, back, facility, figures } of results)
    await tx.db
      .insertInto('circle_result')
      .values({
        run_id: runId,
        class_code: classCode,
        seconds: bytesOf(seconds),
        back: bytesOf(back),
        facility: bytesOf(facility),
        figures: JSON.stringify(figures),
      })
      .execute();
}

interface ResultRow {
  classCode: string;
  seconds: Buffer;
  back: Buffer;
  facility: Buffer;
  figures: ClassSums;
}

/** Of all classes, or one. */
export async function listResults(tx: Tx, runId: string, classCode?: string): Promise<ClassResult[]> {
  const { rows } = await sql<ResultRow>`
    select class_code as "classCode", seconds, back, facility, figures from circle_result
    where run_id = ${runId}::uuid ${classCode === undefined ? sql`` : sql`and class_code = ${classCode}`}
    order by class_code collate "C"`.execute(tx.db);
  return rows.map((row) => ({
    ...row,
    seconds: new Uint16Array(aligned(row.seconds)),
    back: new Uint16Array(aligned(row.back)),
    facility: new Uint32Array(aligned(row.facility)),
  }));
}

/** A copy whose numbers begin where an array may begin. */
function aligned(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
