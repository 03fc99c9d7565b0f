import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { ReportBody } from '#server/modules/events/index.ts';
import type { Kit } from './kit.ts';
import type { AlarmState } from './store-alarm.ts';

/** An alarm that shall become an event. `request` is the very report: sent again it is the same report. */
export interface Wish {
  alarmId: string;
  askedBy: string | null;
  request: ReportBody;
  planCode: string | null;
  tries: number;
}

/** An operation id that belongs to one purpose of one alarm for ever (RFC 9562, version 8). */
export function opIdOf(alarmId: string, purpose: string): string {
  const hex = createHash('sha256').update(`${alarmId} ${purpose}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The report an alarm makes; `over` is what a seat chose otherwise. The category must be known. */
export async function reportFor(
  kit: Pick<Kit, 'events' | 'territory'>,
  alarm: AlarmState,
  over: { categoryCode?: string; priority?: number; note?: string } = {},
): Promise<Pick<Wish, 'alarmId' | 'request' | 'planCode'>> {
  const categoryCode = over.categoryCode ?? alarm.categoryCode ?? '';
  const category = (await kit.events.dictionary.get()).categories.get(categoryCode);
  const title = [category?.name ?? '', alarm.placeWords].filter((part) => part !== '').join(' · ');
  const measured = alarm.metric === null ? '' : `${alarm.metric} ${String(alarm.value)}`;
  const request: ReportBody = {
    opId: opIdOf(alarm.id, 'event'),
    categoryCode,
    title: [...title].slice(0, 80).join(''),
    description: [alarm.deviceCode ?? alarm.sourceCode ?? '', measured, alarm.text, over.note ?? '']
      .filter((part) => part !== '')
      .join('；'),
    lon: alarm.lon,
    lat: alarm.lat,
    placeWords: alarm.placeWords,
    ...(kit.territory.area(alarm.areaCode) === undefined ? {} : { areaCode: alarm.areaCode }),
    priority: over.priority ?? alarm.priority,
    attachments: [],
    channel: alarm.sourceCode === null ? 'sensor' : 'camera',
    sourceRef: alarm.id,
  };
  return { alarmId: alarm.id, request, planCode: alarm.planCode };
}

/** False when the alarm has a wish already: it will become that event. One that was refused may be made anew. */
export async function insertWish(
  tx: Tx,
  wish: Pick<Wish, 'alarmId' | 'request' | 'planCode'>,
  { askedBy, nowMs }: { askedBy: string | null; nowMs: number },
): Promise<boolean> {
  const at = new Date(nowMs).toISOString();
  const { rows } = await sql`insert into alarm_wish (alarm_id, asked_by, request, plan_code, made_at, next_at)
    values (${wish.alarmId}, ${askedBy}, ${JSON.stringify(wish.request)}::jsonb, ${wish.planCode}, ${at}, ${at})
    on conflict (alarm_id) do update set asked_by = excluded.asked_by, request = excluded.request, plan_code = excluded.plan_code,
      made_at = excluded.made_at, next_at = excluded.next_at, tries = 0, trouble = '', done_at = null, refused_step = null, refused_code = null
    where alarm_wish.refused_step = 'event' returning 1`.execute(tx.db);
  return rows.length > 0;
}

const columns = sql`alarm_id as "alarmId", asked_by as "askedBy", request, plan_code as "planCode", tries`;

export async function listDueWishes(tx: Tx, nowMs: number, limit: number): Promise<Wish[]> {
  const { rows } = await sql<Wish>`select ${columns} from alarm_wish
    where done_at is null and next_at <= ${new Date(nowMs).toISOString()} order by next_at limit ${limit}`.execute(
    tx.db,
  );
  return rows;
}

/** The wish of an alarm that is not fulfilled yet. */
export async function findWish(tx: Tx, alarmId: string): Promise<Wish | undefined> {
  const { rows } =
    await sql<Wish>`select ${columns} from alarm_wish where alarm_id = ${alarmId} and done_at is null`.execute(tx.db);
  return rows[0];
}

export async function endWish(tx: Tx, alarmId: string, nowMs: number): Promise<void> {
  await sql`update alarm_wish set done_at = ${new Date(nowMs).toISOString()}, trouble = '' where alarm_id = ${alarmId}`.execute(
    tx.db,
  );
}

/** Ends a wish that was refused for good. */
export async function refuseWish(
  tx: Tx,
  alarmId: string,
  why: { step: 'event' | 'plan'; code: string; trouble: string; nowMs: number },
): Promise<void> {
  await sql`update alarm_wish set done_at = ${new Date(why.nowMs).toISOString()}, tries = tries + 1, trouble = ${why.trouble},
      refused_step = ${why.step}, refused_code = ${why.code}
    where alarm_id = ${alarmId} and done_at is null`.execute(tx.db);
}

export async function delayWish(tx: Tx, alarmId: string, nextMs: number, trouble: string): Promise<void> {
  await sql`update alarm_wish set tries = tries + 1, next_at = ${new Date(nextMs).toISOString()}, trouble = ${trouble}
    where alarm_id = ${alarmId} and done_at is null`.execute(tx.db);
}
