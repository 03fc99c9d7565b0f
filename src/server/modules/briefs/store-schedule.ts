import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { TimedKind } from './rules-period.ts';

export interface ScheduleRow {
  id: string;
  unitId: string;
  areaCode: string;
  path: string[];
  district: string;
  kind: TimedKind;
  atMinute: number;
  workdaysOnly: boolean;
  recipientUnits: string[];
  enabled: boolean;
  lastDay: string | null;
  version: number;
}

const columns = sql.raw<unknown>(`id, unit_id as "unitId", area_code as "areaCode", path, district, kind,
  at_minute as "atMinute", workdays_only as "workdaysOnly", recipient_units as "recipientUnits", enabled,
  last_day::text as "lastDay", version`);

export async function listSchedules(tx: Tx, units?: readonly string[]): Promise<ScheduleRow[]> {
  const { rows } = await sql<ScheduleRow>`select ${columns} from brief_schedule
    where ${units === undefined ? sql`enabled` : sql`unit_id = any (${[...units]}::uuid[])`} order by unit_id, kind`.execute(
    tx.db,
  );
  return rows;
}

export async function findSchedule(tx: Tx, unitId: string, kind: TimedKind): Promise<ScheduleRow | undefined> {
  const { rows } = await sql<ScheduleRow>`select ${columns} from brief_schedule
    where unit_id = ${unitId} and kind = ${kind} for update`.execute(tx.db);
  return rows[0];
}

/** Another process that works on it is left to it. */
export async function lockSchedule(tx: Tx, id: string): Promise<ScheduleRow | undefined> {
  const { rows } = await sql<ScheduleRow>`select ${columns} from brief_schedule
    where id = ${id} for update skip locked`.execute(tx.db);
  return rows[0];
}

/** Puts it in, or saves the row that was locked. */
export async function saveSchedule(tx: Tx, row: ScheduleRow): Promise<void> {
  await sql`insert into brief_schedule (id, unit_id, area_code, path, district, kind, at_minute, workdays_only, recipient_units,
      enabled, last_day, version)
    values (${row.id}, ${row.unitId}, ${row.areaCode}, ${row.path}, ${row.district}, ${row.kind}, ${row.atMinute},
      ${row.workdaysOnly}, ${row.recipientUnits}::uuid[], ${row.enabled}, ${row.lastDay}::date, 1)
    on conflict (id) do update set at_minute = excluded.at_minute, workdays_only = excluded.workdays_only,
      recipient_units = excluded.recipient_units, enabled = excluded.enabled, last_day = excluded.last_day,
      version = brief_schedule.version + 1`.execute(tx.db);
}
