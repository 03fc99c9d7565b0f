import { dayMs } from '#kit/shanghai-days.ts';
import { sql } from 'kysely';
import { uuidV7 } from '#kit/ids.ts';
import { seededRandom } from '#kit/random.ts';
import type { Tx } from '#server/db/pool.ts';
import { append } from '#server/modules/ledger/index.ts';

const ratings = 40;

interface Ended {
  id: string;
  number: string;
  district: string;
  path: string[];
  leadId: string;
  centreId: string;
  chiefId: string;
  leaderId: string;
  closedAt: Date;
  late: boolean;
}

/** Cases of streets that a department of the district led and closed, the latest first, with who speaks for either side. */
async function listEnded(tx: Tx): Promise<Ended[]> {
  const speaker = (unit: string, roles: readonly string[]) => sql`(
    select p.account_id from appointment p where p.unit_id = ${sql.raw(unit)} and p.role = any (${[...roles]}::text[]) and p.revoked_at is null
    order by array_position(${[...roles]}::text[], p.role), p.account_id limit 1)`;
  const { rows } = await sql<Ended>`
    select * from (
      select e.id, e.number, e.district, a.path, t.unit_id as "leadId", c.id as "centreId", e.closed_at as "closedAt", e.late,
        ${speaker('c.id', ['duty_chief', 'commander', 'supervise_seat'])} as "chiefId",
        ${speaker('t.unit_id', ['handler_lead', 'handler'])} as "leaderId"
      from event e join task t on t.event_id = e.id and t.part = 'lead' and t.status = 'done'
      join unit u on u.id = t.unit_id and u.kind in ('department', 'agency')
      join unit c on c.kind = 'centre' and c.area_code = e.street
      join area a on a.code = e.street
      where e.status = 'closed'
      order by e.closed_at desc limit 400) found
    where "chiefId" is not null and "leaderId" is not null`.execute(tx.db);
  return rows;
}

/** What streets and departments of the demo thought of one another, and cases that were proposed to be left out of the figures. */
export async function storeRatings(tx: Tx, seed: number, nowMs: number): Promise<void> {
  const rng = seededRandom(seed);
  const ended = await listEnded(tx);
  for (const one of ended.filter(() => rng() < 0.12).slice(0, ratings)) await rate(tx, one, rng, nowMs);
  const late = ended.filter((one) => one.late && one.closedAt.getTime() < nowMs - 2 * dayMs);
  await exclude(tx, late[0], { state: 'proposed', reason: 'force_majeure', note: '连续强降雨，路面无法开挖', nowMs });
  await exclude(tx, late[1], { state: 'approved', reason: 'outside', note: '点位在相邻区，已转办', nowMs });
}

type Rng = ReturnType<typeof seededRandom>;

async function rate(tx: Tx, one: Ended, rng: Rng, nowMs: number): Promise<void> {
  const up = rng() < 0.7;
  const codes = up
    ? ['answer_in_time', 'comes_to_site', 'solves', 'no_push']
    : ['clear_reports', 'right_target', 'helps_on_site'];
  const marks = Object.fromEntries(
    codes.map((code) => [code, Math.min(5, 2 + Math.floor(rng() * (one.late ? 3 : 4)))]),
  );
  const lowest = Math.min(...Object.values(marks));
  const reason = lowest > 2 ? '' : up ? '催了两次才到场，处理后又反复' : '上报时没说清具体位置，跑了空趟';
  const answered = lowest <= 2 && rng() < 0.6;
  const [raterId, ratedId] = up ? [one.centreId, one.leadId] : [one.leadId, one.centreId];
  const atMs = Math.min(nowMs - 3_600_000, one.closedAt.getTime() + Math.floor((1 + rng() * 40) * 3_600_000));
  const id = uuidV7(atMs);
  await sql`insert into department_rating (id, district, path, rater_unit_id, rated_unit_id, event_id, marks, lowest, reason, rated_by, rated_at,
      answer, answered_by, answered_at, version)
    values (${id}, ${one.district}, ${one.path}, ${raterId}, ${ratedId}, ${one.id}, ${JSON.stringify(marks)}, ${lowest}, ${reason},
      ${up ? one.chiefId : one.leaderId}, ${new Date(atMs)}, ${answered ? '已约谈责任科室，今后先到场再分责' : null},
      ${answered ? (up ? one.leaderId : one.chiefId) : null}, ${answered ? new Date(atMs + 1_800_000) : null}, ${answered ? 2 : 1})`.execute(
    tx.db,
  );
  await append(tx, {
    actor: { kind: 'account', accountId: up ? one.chiefId : one.leaderId, unitId: raterId },
    action: 'department_rating.rate',
    subject: { type: 'department_rating', id },
    district: one.district,
    atMs,
    data: { raterUnitId: raterId, ratedUnitId: ratedId, eventId: one.id, quarter: null, marks },
    words: { reason },
    audience: [`u:${raterId}`, `u:${ratedId}`],
  });
}

interface Wish {
  state: 'proposed' | 'approved';
  reason: string;
  note: string;
  nowMs: number;
}

async function exclude(tx: Tx, one: Ended | undefined, { state, reason, note, nowMs }: Wish): Promise<void> {
  if (one === undefined) return;
  const atMs = nowMs - dayMs;
  const id = uuidV7(atMs);
  const approved = state === 'approved';
  await sql`insert into indicator_exclusion (id, event_id, district, reason_code, note, state, proposed_by, proposed_unit_id, proposed_at,
      decided_by, decided_at, version)
    values (${id}, ${one.id}, ${one.district}, ${reason}, ${note}, ${state}, ${one.leaderId}, ${one.leadId}, ${new Date(atMs)},
      ${approved ? one.chiefId : null}, ${approved ? new Date(atMs + 7_200_000) : null}, ${approved ? 2 : 1})`.execute(
    tx.db,
  );
  for (const [action, accountId, unitId, at] of [
    ['indicator.propose_exclusion', one.leaderId, one.leadId, atMs],
    ...(approved ? ([['indicator.approve_exclusion', one.chiefId, one.centreId, atMs + 7_200_000]] as const) : []),
  ] as const)
    await append(tx, {
      actor: { kind: 'account', accountId, unitId },
      action,
      subject: { type: 'event', id: one.id },
      district: one.district,
      atMs: at,
      data: { exclusionId: id, number: one.number, reasonCode: reason },
      words: { note: action === 'indicator.propose_exclusion' ? note : '' },
      audience: one.path.map((code) => `a:${code}`),
    });
}
