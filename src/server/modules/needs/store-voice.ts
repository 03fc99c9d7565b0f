import { sql } from 'kysely';
import type { JoinReason, NeedSource } from '#contract/needs-views.ts';
import type { Tx } from '#server/db/pool.ts';

export interface VoiceRow {
  id: string;
  needId: string;
  source: NeedSource;
  sourceRef: string;
  saidAt: Date;
  text: string;
  people: number;
  groupCode: string;
  classCode: string | null;
  areaCode: string;
  lon: number | null;
  lat: number | null;
  joinedBy: JoinReason;
  joinedDetail: number | null;
  minutesNow: number | null;
}

const columns = sql`v.id, v.need_id as "needId", v.source, v.source_ref as "sourceRef", v.said_at as "saidAt", v.text,
  v.people, v.group_code as "groupCode", v.class_code as "classCode", v.area_code as "areaCode", v.lon, v.lat,
  v.joined_by as "joinedBy", v.joined_detail as "joinedDetail", v.minutes_now as "minutesNow"`;

/** Every voice of these needs, the latest first. */
export async function listVoices(tx: Tx, needIds: readonly string[]): Promise<VoiceRow[]> {
  const { rows } =
    await sql<VoiceRow>`select ${columns} from need_voice v where v.need_id = any (${[...needIds]}::uuid[])
    order by v.said_at desc, v.id`.execute(tx.db);
  return rows;
}

/** The need that took what this source said, if it was taken. */
export async function findNeedOf(tx: Tx, source: NeedSource, sourceRef: string): Promise<string | undefined> {
  const { rows } = await sql<{ needId: string }>`select v.need_id as "needId" from need_voice v
    where v.source = ${source} and v.source_ref = ${sourceRef}`.execute(tx.db);
  return rows[0]?.needId;
}

/** Those of these references that were taken already. */
export async function listTaken(tx: Tx, source: NeedSource, refs: readonly string[]): Promise<ReadonlySet<string>> {
  if (refs.length === 0) return new Set();
  const { rows } = await sql<{ ref: string }>`select v.source_ref as ref from need_voice v
    where v.source = ${source} and v.source_ref = any (${[...refs]}::text[])`.execute(tx.db);
  return new Set(rows.map(({ ref }) => ref));
}

export async function insertVoice(
  tx: Tx,
  row: Omit<VoiceRow, 'saidAt'> & { saidMs: number; recordedMs: number; accountId: string | null },
): Promise<void> {
  await sql`insert into need_voice (id, need_id, source, source_ref, said_at, text, people, group_code, class_code,
      area_code, lon, lat, recorded_at, account_id, joined_by, joined_detail, minutes_now)
    values (${row.id}, ${row.needId}, ${row.source}, ${row.sourceRef}, ${new Date(row.saidMs)}, ${row.text},
      ${row.people}, ${row.groupCode}, ${row.classCode}, ${row.areaCode}, ${row.lon}, ${row.lat},
      ${new Date(row.recordedMs)}, ${row.accountId}, ${row.joinedBy}, ${row.joinedDetail}, ${row.minutesNow})`.execute(
    tx.db,
  );
}

/** Puts these voices with another need, by hand. Which went. */
export async function moveVoices(
  tx: Tx,
  wanted: { from: string; to: string; ids?: readonly string[] },
): Promise<string[]> {
  const { from, to, ids } = wanted;
  const some = ids === undefined ? sql`` : sql`and id = any (${[...ids]}::uuid[])`;
  const { rows } = await sql<{ id: string }>`update need_voice
      set need_id = ${to}, joined_by = 'hand', joined_detail = null where need_id = ${from} ${some}
    returning id`.execute(tx.db);
  return rows.map(({ id }) => id);
}

/** How many voices each need has of each source. */
export async function countSources(
  tx: Tx,
  needIds: readonly string[],
): Promise<{ needId: string; source: NeedSource; voices: number }[]> {
  if (needIds.length === 0) return [];
  const { rows } = await sql<{
    needId: string;
    source: NeedSource;
    voices: number;
  }>`select v.need_id as "needId", v.source,
      count(*)::int as voices from need_voice v where v.need_id = any (${[...needIds]}::uuid[])
    group by 1, 2 order by 1, 3 desc, 2`.execute(tx.db);
  return rows;
}

/** For how many people of each group each need was said. */
export async function countGroups(
  tx: Tx,
  needIds: readonly string[],
): Promise<{ needId: string; groupCode: string; people: number }[]> {
  if (needIds.length === 0) return [];
  const { rows } = await sql<{ needId: string; groupCode: string; people: number }>`select v.need_id as "needId",
      v.group_code as "groupCode", sum(v.people)::int as people
    from need_voice v where v.need_id = any (${[...needIds]}::uuid[]) group by 1, 2 order by 1, 2`.execute(tx.db);
  return rows;
}
