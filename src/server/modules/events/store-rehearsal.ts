import { sql } from 'kysely';
import type { RehearsalFigures, RehearsalMark, RehearsedStep } from '#contract/rehearsals.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Rule } from './library.ts';
import type { RehearsalCase } from './rehearsal-tally.ts';
import { seen, type Sight } from './sight.ts';

/** A rehearsal as its table keeps it, with the names of whoever had to do with it. */
export interface RehearsalRow {
  id: string;
  title: string;
  areaCode: string;
  path: string[];
  district: string;
  from: string;
  to: string;
  baseVersion: number;
  changes: Rule[];
  hash: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  events: number;
  figures: RehearsalFigures | null;
  resultHash: string | null;
  problem: string;
  askedBy: string;
  askedByName: string | null;
  askedAt: Date;
  endedAt: Date | null;
  proposal: 'open' | 'adopted' | 'turned_down' | null;
  proposedBy: string | null;
  proposedByName: string | null;
  proposedAt: Date | null;
  proposalReason: string;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  decisionReason: string;
  libraryVersion: number | null;
  version: number;
}

const columns = sql`r.id, r.title, r.area_code as "areaCode", r.path, r.district, r.from_day as "from", r.to_day as "to",
  r.base_version as "baseVersion", r.changes, r.hash, r.state, r.events, r.figures, r.result_hash as "resultHash", r.problem,
  r.asked_by as "askedBy", a.display_name as "askedByName", r.asked_at as "askedAt", r.ended_at as "endedAt",
  r.proposal, r.proposed_by as "proposedBy", p.display_name as "proposedByName", r.proposed_at as "proposedAt",
  r.proposal_reason as "proposalReason", r.decided_by as "decidedBy", d.display_name as "decidedByName",
  r.decided_at as "decidedAt", r.decision_reason as "decisionReason", r.library_version as "libraryVersion", r.version`;
const joined = sql`rehearsal r left join account a on a.id = r.asked_by left join account p on p.id = r.proposed_by
  left join account d on d.id = r.decided_by`;

export async function findRehearsal(tx: Tx, id: string, lock?: 'lock'): Promise<RehearsalRow | undefined> {
  const { rows } = await sql<RehearsalRow>`select ${columns} from ${joined} where r.id = ${id}::uuid
    ${lock === undefined ? sql`` : sql`for update of r`}`.execute(tx.db);
  return rows[0];
}

/** Newest first, at most 200; proposals that wait for a decision before everything else. */
export async function listRehearsals(
  tx: Tx,
  wish: { proposal?: string | undefined; state?: string | undefined },
): Promise<RehearsalRow[]> {
  const { rows } = await sql<RehearsalRow>`select ${columns} from ${joined}
    where (${wish.proposal ?? null}::text is null or r.proposal = ${wish.proposal ?? null}::text)
      and (${wish.state ?? null}::text is null or r.state = ${wish.state ?? null}::text)
    order by (r.proposal = 'open') desc nulls last, r.asked_at desc limit 200`.execute(tx.db);
  return rows;
}

export interface NewRehearsal extends Pick<
  RehearsalRow,
  'id' | 'title' | 'areaCode' | 'path' | 'district' | 'from' | 'to' | 'baseVersion' | 'changes' | 'hash' | 'askedBy'
> {
  codeVersion: string;
  askedAt: Date;
}

export async function insertRehearsal(tx: Tx, row: NewRehearsal): Promise<void> {
  await tx.db
    .insertInto('rehearsal')
    .values({
      id: row.id,
      title: row.title,
      area_code: row.areaCode,
      path: row.path,
      district: row.district,
      from_day: row.from,
      to_day: row.to,
      base_version: row.baseVersion,
      changes: JSON.stringify(row.changes),
      hash: row.hash,
      code_version: row.codeVersion,
      asked_by: row.askedBy,
      asked_at: row.askedAt,
    })
    .execute();
}

export interface RehearsalEnd {
  state: 'done' | 'failed' | 'cancelled';
  figures: RehearsalFigures | null;
  resultHash: string | null;
  problem: string;
  at: Date;
}

export async function endRehearsal(tx: Tx, id: string, end: RehearsalEnd): Promise<void> {
  await sql`update rehearsal set state = ${end.state}, events = ${end.figures?.events ?? 0},
      figures = ${end.figures === null ? null : JSON.stringify(end.figures)}::jsonb, result_hash = ${end.resultHash},
      problem = ${end.problem}, ended_at = ${end.at}, version = version + 1
    where id = ${id}::uuid`.execute(tx.db);
}

export async function insertCases(tx: Tx, id: string, cases: readonly RehearsalCase[]): Promise<void> {
  if (cases.length === 0) return;
  await sql`insert into rehearsal_case (rehearsal_id, event_id, category_code, marks, steps_late, steps_timely, unit_before, unit_after, reported_at)
    select ${id}::uuid, "eventId", "categoryCode", marks, "stepsLate", "stepsTimely", "unitBefore", "unitAfter", to_timestamp("reportedMs" / 1000)
    from jsonb_to_recordset(${JSON.stringify(cases)}::jsonb) as c("eventId" uuid, "categoryCode" text, marks text[], "stepsLate" text[],
      "stepsTimely" text[], "unitBefore" uuid, "unitAfter" uuid, "reportedMs" float8)`.execute(tx.db);
}

export async function saveProposal(
  tx: Tx,
  id: string,
  row: Pick<RehearsalRow, 'proposal' | 'proposedBy' | 'proposedAt' | 'proposalReason'> &
    Pick<RehearsalRow, 'decidedBy' | 'decidedAt' | 'decisionReason' | 'libraryVersion'>,
): Promise<void> {
  await tx.db
    .updateTable('rehearsal')
    .set({
      proposal: row.proposal,
      proposed_by: row.proposedBy,
      proposed_at: row.proposedAt,
      proposal_reason: row.proposalReason,
      decided_by: row.decidedBy,
      decided_at: row.decidedAt,
      decision_reason: row.decisionReason,
      library_version: row.libraryVersion,
      version: sql`version + 1`,
    })
    .where('id', '=', id)
    .execute();
}

export interface CaseWish {
  mark?: RehearsalMark | undefined;
  category?: string | undefined;
  step?: RehearsedStep | undefined;
  from?: string | undefined;
  to?: string | undefined;
  after?: string | undefined;
}

export interface CaseView {
  id: string;
  number: string;
  title: string;
  categoryCode: string;
  status: string;
  reportedAt: Date;
  marks: RehearsalMark[];
  stepsLate: RehearsedStep[];
  stepsTimely: RehearsedStep[];
  unitBefore: string | null;
  unitAfter: string | null;
}

/** Those the reader sees, newest first. */
export async function listCases(
  tx: Tx,
  rehearsalId: string,
  { wish, sight, limit }: { wish: CaseWish; sight: Sight; limit: number },
): Promise<CaseView[]> {
  const text = (value: string | undefined) => value ?? null;
  const unit = (value: string | undefined) => (value === 'none' ? null : text(value));
  const { rows } = await sql<CaseView>`
    select e.id, e.number, e.title, e.status, c.category_code as "categoryCode", c.reported_at as "reportedAt", c.marks,
      c.steps_late as "stepsLate", c.steps_timely as "stepsTimely", c.unit_before as "unitBefore", c.unit_after as "unitAfter"
    from rehearsal_case c join event e on e.id = c.event_id
    where c.rehearsal_id = ${rehearsalId}::uuid and (${seen(sight)})
      and (${text(wish.mark)}::text is null or ${text(wish.mark)}::text = any(c.marks))
      and (${text(wish.category)}::text is null or c.category_code = ${text(wish.category)}::text)
      and (${text(wish.step)}::text is null or ${text(wish.step)}::text = any(c.steps_late || c.steps_timely))
      and (${wish.from === undefined}::boolean or c.unit_before is not distinct from ${unit(wish.from)}::uuid)
      and (${wish.to === undefined}::boolean or c.unit_after is not distinct from ${unit(wish.to)}::uuid)
      and (${text(wish.after)}::uuid is null or (c.reported_at, c.event_id) <
        (select x.reported_at, x.event_id from rehearsal_case x where x.rehearsal_id = c.rehearsal_id and x.event_id = ${text(wish.after)}::uuid))
    order by c.reported_at desc, c.event_id desc limit ${limit}`.execute(tx.db);
  return rows;
}

export async function countCases(tx: Tx, rehearsalId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from rehearsal_case where rehearsal_id = ${rehearsalId}::uuid`.execute(tx.db); // prettier-ignore
  return rows[0]?.n ?? 0;
}
