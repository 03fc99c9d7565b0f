import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';

export interface LeaveRow {
  id: string;
  accountId: string;
  name: string;
  unitId: string;
  path: string[];
  firstDay: string;
  lastDay: string;
  reason: string;
  coverId: string | null;
  coverName: string | null;
  state: 'asked' | 'granted' | 'refused' | 'withdrawn';
  askedAt: Date;
  decidedAt: Date | null;
  lent: number;
  version: number;
}

const columns = sql`l.id, l.account_id as "accountId", a.display_name as name, l.unit_id as "unitId", l.path,
  l.first_day as "firstDay", l.last_day as "lastDay", l.reason, l.cover_id as "coverId", c.display_name as "coverName", l.state,
  l.asked_at as "askedAt", l.decided_at as "decidedAt", l.version,
  (select count(*) from force_cover k where k.leave_id = l.id) as lent`;
const tables = sql`force_leave l join account a on a.id = l.account_id left join account c on c.id = l.cover_id`;

/** Said twice: here, and by row-level security. Own leaves and those one stands in for belong to the person. */
const seen = ({ seeAll, areas, units, accountId }: Scope) =>
  seeAll
    ? sql`true`
    : sql`(l.path && ${[...areas]}::text[] or l.unit_id = any (${[...units]}::uuid[]) or l.account_id = ${accountId}::uuid)`;

/** Coming and running ones first asked first; those long over are left out. */
export async function listLeaves(
  tx: Tx,
  scope: Scope,
  wanted: { state?: string | undefined; from: string; ownOf?: string },
): Promise<LeaveRow[]> {
  const state = wanted.state === undefined ? sql`true` : sql`l.state = ${wanted.state}`;
  const own = wanted.ownOf === undefined ? sql`true` : sql`l.account_id = ${wanted.ownOf}`;
  const { rows } = await sql<LeaveRow>`select ${columns} from ${tables}
    where ${seen(scope)} and ${state} and ${own} and l.last_day >= ${wanted.from}::date
    order by (l.state = 'asked') desc, l.first_day, l.id limit 300`.execute(tx.db);
  return rows;
}

export async function lockLeave(tx: Tx, scope: Scope, id: string): Promise<LeaveRow | undefined> {
  const { rows } = await sql<LeaveRow>`select ${columns} from ${tables}
    where l.id = ${id} and ${seen(scope)} for update of l`.execute(tx.db);
  return rows[0];
}

export async function insertLeave(
  tx: Tx,
  leave: {
    id: string;
    accountId: string;
    unitId: string;
    path: readonly string[];
    district: string;
    firstDay: string;
    lastDay: string;
    reason: string;
    coverId: string | null;
    nowMs: number;
  },
): Promise<void> {
  await tx.db
    .insertInto('force_leave')
    .values({
      id: leave.id,
      account_id: leave.accountId,
      unit_id: leave.unitId,
      path: [...leave.path],
      district: leave.district,
      first_day: leave.firstDay,
      last_day: leave.lastDay,
      reason: leave.reason,
      cover_id: leave.coverId,
      state: 'asked',
      asked_at: new Date(leave.nowMs),
    })
    .execute();
}

export async function saveLeave(
  tx: Tx,
  id: string,
  change: { state: string; coverId?: string | null; decidedBy: string | null; nowMs: number },
): Promise<void> {
  await tx.db
    .updateTable('force_leave')
    .set((eb) => ({
      state: change.state,
      decided_at: new Date(change.nowMs),
      decided_by: change.decidedBy,
      version: eb('version', '+', 1),
      ...(change.coverId === undefined ? {} : { cover_id: change.coverId }),
    }))
    .where('id', '=', id)
    .execute();
}

export async function insertCovers(
  tx: Tx,
  leaveId: string,
  lent: readonly { id: string; ofId: string }[],
): Promise<void> {
  if (lent.length === 0) return;
  await tx.db
    .insertInto('force_cover')
    .values(lent.map(({ id, ofId }) => ({ lent_id: id, of_id: ofId, leave_id: leaveId })))
    .execute();
}

export async function listLentIds(tx: Tx, leaveId: string): Promise<string[]> {
  const rows = await tx.db.selectFrom('force_cover').select('lent_id').where('leave_id', '=', leaveId).execute();
  return rows.map((row) => row.lent_id);
}

/** Appointments of this holder that were lent to them: those are never lent on. */
export async function listLentTo(tx: Tx, accountId: string): Promise<Set<string>> {
  const rows = await tx.db
    .selectFrom('force_cover as c')
    .innerJoin('appointment as p', 'p.id', 'c.lent_id')
    .select('c.lent_id')
    .where('p.account_id', '=', accountId)
    .execute();
  return new Set(rows.map((row) => row.lent_id));
}

/** True when somebody has granted leave on any of these days. */
export async function isOnLeave(tx: Tx, accountId: string, firstDay: string, lastDay: string): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select exists (select 1 from force_leave
    where account_id = ${accountId} and state = 'granted' and first_day <= ${lastDay}::date and last_day >= ${firstDay}::date) as there`.execute(
    tx.db,
  );
  return rows[0]?.there === true;
}

/** Who is on leave on this day, of these accounts: account → name of whoever stands in. */
export async function listAbsent(
  tx: Tx,
  accountIds: readonly string[],
  day: string,
): Promise<Map<string, string | null>> {
  if (accountIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; cover: string | null }>`
    select l.account_id as id, c.display_name as cover from force_leave l left join account c on c.id = l.cover_id
    where l.account_id = any (${[...accountIds]}::uuid[]) and l.state = 'granted' and ${day}::date between l.first_day and l.last_day`.execute(
    tx.db,
  );
  return new Map(rows.map(({ id, cover }) => [id, cover]));
}

/** For whom somebody stands in, now or later. */
export async function listStandingIn(
  tx: Tx,
  accountId: string,
  today: string,
): Promise<{ name: string; firstDay: string; lastDay: string }[]> {
  const { rows } = await sql<{ name: string; firstDay: string; lastDay: string }>`
    select a.display_name as name, l.first_day as "firstDay", l.last_day as "lastDay"
    from force_leave l join account a on a.id = l.account_id
    where l.cover_id = ${accountId} and l.state = 'granted' and l.last_day >= ${today}::date order by l.first_day`.execute(
    tx.db,
  );
  return rows;
}

/** Who stands in for somebody on a day (YYYY-MM-DD in Asia/Shanghai); null when nobody does or they are there. */
export async function coverFor(tx: Tx, accountId: string, day: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`select cover_id as id from force_leave
    where account_id = ${accountId} and state = 'granted' and ${day}::date between first_day and last_day limit 1`.execute(
    tx.db,
  );
  return rows[0]?.id ?? null;
}
