import { sql } from 'kysely';
import type { briefBody, BriefKind, SectionKey } from '#contract/briefs.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import type * as z from 'zod';

export type Body = z.output<typeof briefBody>;
export interface StoredRemark {
  text: string;
  at: string;
  by: string | null;
  machine: boolean;
}
export type Remarks = Partial<Record<SectionKey, StoredRemark>>;

export interface BriefRow {
  id: string;
  kind: BriefKind;
  areaCode: string;
  path: string[];
  district: string;
  unitId: string;
  firstDay: string;
  lastDay: string;
  subjectKind: 'hot_issue' | 'area' | null;
  subjectId: string | null;
  state: 'draft' | 'issued' | 'discarded';
  issueYear: number | null;
  issueNo: number | null;
  body: Body;
  remarks: Remarks;
  /** How far the facts had followed the ledger stands in the body's sources; this is the signed head above it. */
  ledgerSize: number | null;
  ledgerRoot: string | null;
  recipientUnits: string[];
  madeAt: Date;
  reckonedAt: Date;
  madeBy: string | null;
  issuedAt: Date | null;
  issuedBy: string | null;
  version: number;
}

const columns = sql.raw<unknown>(`b.id, b.kind, b.area_code as "areaCode", b.path, b.district, b.unit_id as "unitId",
  b.first_day::text as "firstDay", b.last_day::text as "lastDay", b.subject_kind as "subjectKind", b.subject_id as "subjectId",
  b.state, b.issue_year as "issueYear", b.issue_no as "issueNo", b.body, b.remarks, b.ledger_size::int as "ledgerSize",
  b.ledger_root as "ledgerRoot", b.recipient_units as "recipientUnits", b.made_at as "madeAt", b.reckoned_at as "reckonedAt",
  b.made_by as "madeBy", b.issued_at as "issuedAt", b.issued_by as "issuedBy", b.version`);

/** A draft is its own centre's; what is issued is also of the units it was sent to. */
function seenBy({ seeAll, areas, units }: Scope) {
  if (seeAll) return sql`true`;
  const own = sql`(b.path && ${[...areas]}::text[] or b.unit_id = any (${[...units]}::uuid[]))`;
  return sql`(${own} or (b.state = 'issued' and b.recipient_units && ${[...units]}::uuid[]))`;
}

export interface ListWish {
  kind?: BriefKind | undefined;
  state?: 'draft' | 'issued' | undefined;
  area?: string | undefined;
  after: { lastDay: string; id: string } | null;
  limit: number;
}

/** The latest days first; discarded ones are not listed. */
export async function listBriefs(tx: Tx, scope: Scope, wish: ListWish): Promise<BriefRow[]> {
  const all = [seenBy(scope), sql`b.state <> 'discarded'`];
  if (wish.kind !== undefined) all.push(sql`b.kind = ${wish.kind}`);
  if (wish.state !== undefined) all.push(sql`b.state = ${wish.state}`);
  if (wish.area !== undefined) all.push(sql`b.path && array[${wish.area}]`);
  if (wish.after !== null) all.push(sql`(b.last_day, b.id) < (${wish.after.lastDay}::date, ${wish.after.id}::uuid)`);
  const { rows } = await sql<BriefRow>`select ${columns} from brief b where ${sql.join(all, sql` and `)}
    order by b.last_day desc, b.id desc limit ${wish.limit}`.execute(tx.db);
  return rows;
}

export async function findBrief(tx: Tx, scope: Scope, id: string, lock = false): Promise<BriefRow | undefined> {
  const { rows } = await sql<BriefRow>`select ${columns} from brief b where b.id = ${id} and ${seenBy(scope)}
    ${lock ? sql`for update` : sql``}`.execute(tx.db);
  return rows[0];
}

/** The brief of a centre that tells these days, if there is one that was not discarded. */
export async function findSame(
  tx: Tx,
  { unitId, kind, firstDay, lastDay }: Pick<BriefRow, 'unitId' | 'kind' | 'firstDay' | 'lastDay'>,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from brief b where b.unit_id = ${unitId} and b.kind = ${kind}
    and b.first_day = ${firstDay}::date and b.last_day = ${lastDay}::date and b.state <> 'discarded'`.execute(tx.db);
  return rows[0]?.id;
}

/** Held until the end of the transaction: two drafts or two numbers of one centre are made one after the other. */
export async function lockCentre(tx: Tx, unitId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`brief ${unitId}`}))`.execute(tx.db);
}

export async function insertBrief(tx: Tx, row: BriefRow): Promise<void> {
  await sql`insert into brief (id, kind, area_code, path, district, unit_id, first_day, last_day, subject_kind, subject_id, state,
      body, remarks, ledger_size, ledger_root, recipient_units, made_at, reckoned_at, made_by, version)
    values (${row.id}, ${row.kind}, ${row.areaCode}, ${row.path}, ${row.district}, ${row.unitId}, ${row.firstDay}::date,
      ${row.lastDay}::date, ${row.subjectKind}, ${row.subjectId}, 'draft', ${JSON.stringify(row.body)},
      ${JSON.stringify(row.remarks)}, ${row.ledgerSize}, ${row.ledgerRoot}, ${row.recipientUnits}::uuid[], ${row.madeAt},
      ${row.reckonedAt}, ${row.madeBy}, 1)`.execute(tx.db);
}

/** Saves a row that was locked; its version goes up by one. */
export async function saveBrief(tx: Tx, row: BriefRow): Promise<BriefRow> {
  await sql`update brief set state = ${row.state}, issue_year = ${row.issueYear}, issue_no = ${row.issueNo},
      body = ${JSON.stringify(row.body)}, remarks = ${JSON.stringify(row.remarks)}, ledger_size = ${row.ledgerSize},
      ledger_root = ${row.ledgerRoot}, recipient_units = ${row.recipientUnits}::uuid[], reckoned_at = ${row.reckonedAt},
      issued_at = ${row.issuedAt}, issued_by = ${row.issuedBy}, version = version + 1
    where id = ${row.id}`.execute(tx.db);
  return { ...row, version: row.version + 1 };
}

/** The next number of a centre's briefs of a kind in a year. */
export async function nextNumber(
  tx: Tx,
  { unitId, kind, year }: { unitId: string; kind: BriefKind; year: number },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`select coalesce(max(issue_no), 0) + 1 as n from brief
    where unit_id = ${unitId} and kind = ${kind} and issue_year = ${year}`.execute(tx.db);
  return rows[0]?.n ?? 1;
}

export interface BriefFile {
  format: 'docx' | 'pdf' | 'xlsx';
  bytes: Uint8Array;
  sha256: string;
}

export async function insertFiles(tx: Tx, briefId: string, files: readonly BriefFile[]): Promise<void> {
  for (const { format, bytes, sha256 } of files)
    await sql`insert into brief_file (brief_id, format, bytes, sha256)
      values (${briefId}, ${format}, ${Buffer.from(bytes)}, ${sha256})`.execute(tx.db);
}

export async function listFiles(
  tx: Tx,
  briefId: string,
): Promise<{ format: BriefFile['format']; bytes: number; sha256: string }[]> {
  const { rows } = await sql<{ format: BriefFile['format']; bytes: number; sha256: string }>`
    select format, length(bytes) as bytes, sha256 from brief_file where brief_id = ${briefId} order by format`.execute(
    tx.db,
  );
  return rows;
}

export async function findFile(tx: Tx, briefId: string, format: BriefFile['format']): Promise<Uint8Array | undefined> {
  const { rows } = await sql<{ bytes: Uint8Array }>`
    select bytes from brief_file where brief_id = ${briefId} and format = ${format}`.execute(tx.db);
  return rows[0]?.bytes;
}
