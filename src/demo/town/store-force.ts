/** Writes what make-force.ts thought of; telephones and names go through the vault like everywhere. */
import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import { digestSecret, type Vault } from '#server/vault/vault.ts';
import { insertMany } from '../bulk.ts';
import { pathOf, type DemoForce } from './make-force.ts';
import { foundedMs } from './make-town.ts';

const hour = 3_600_000;

export async function storeForce(tx: Tx, vault: Vault, force: DemoForce, nowMs: number): Promise<void> {
  await storeContacts(tx, vault, force);
  await storeLeaves(tx, force, nowMs);
  await storeShifts(tx, force);
  await storeMembers(tx, vault, force, nowMs);
  await storeNotes(tx, force, nowMs);
  await storeTasks(tx, force, nowMs);
}

async function storeContacts(tx: Tx, vault: Vault, { phones, offers }: DemoForce): Promise<void> {
  const since = new Date(foundedMs);
  await insertMany(
    tx,
    'notice_setting',
    { account_id: 'uuid', channels: 'jsonb', phone: 'bytea', updated_at: 'timestamptz' },
    phones.map(({ accountId, phone }) => ({
      account_id: accountId,
      channels: '{}',
      phone: vault.seal(phone, 'notice_setting.phone'),
      updated_at: since,
    })),
  );
  await insertMany(
    tx,
    'force_availability',
    { account_id: 'uuid', state: 'text', offers: 'text[]', updated_at: 'timestamptz' },
    offers.map((one) => ({ account_id: one.accountId, state: 'none', offers: one.offers, updated_at: since })),
  );
}

async function storeLeaves(tx: Tx, { leaves, chiefId }: DemoForce, nowMs: number): Promise<void> {
  await insertMany(
    tx,
    'force_leave',
    {
      id: 'uuid',
      account_id: 'uuid',
      unit_id: 'uuid',
      path: 'text[]',
      district: 'text',
      first_day: 'date',
      last_day: 'date',
      reason: 'text',
      cover_id: 'uuid',
      state: 'text',
      asked_at: 'timestamptz',
      decided_at: 'timestamptz',
      decided_by: 'uuid',
    },
    leaves.map(({ id, person, firstDay, lastDay, reason, cover, state }, k) => {
      const path = pathOf(person.appointment.areaCode);
      const askedAt = new Date(nowMs - (72 + 5 * k) * hour);
      return {
        id,
        account_id: person.id,
        unit_id: person.appointment.unitId,
        path,
        district: path[1] ?? '',
        first_day: firstDay,
        last_day: lastDay,
        reason,
        cover_id: cover?.id ?? null,
        state,
        asked_at: askedAt,
        decided_at: state === 'granted' ? new Date(askedAt.getTime() + 2 * hour) : null,
        decided_by: state === 'granted' ? chiefId : null,
      };
    }),
  );
  const lent = leaves.flatMap((one) =>
    one.state === 'granted' && one.cover !== null ? [{ ...one, cover: one.cover }] : [],
  );
  await insertMany(
    tx,
    'appointment',
    {
      id: 'uuid',
      account_id: 'uuid',
      unit_id: 'uuid',
      area_code: 'text',
      role: 'text',
      is_primary: 'boolean',
      since: 'date',
      until: 'date',
      created_at: 'timestamptz',
    },
    lent.map(({ lentId, cover, person: { appointment }, firstDay, lastDay }) => ({
      id: lentId,
      account_id: cover.id,
      unit_id: appointment.unitId,
      area_code: appointment.areaCode,
      role: appointment.role,
      is_primary: false,
      since: firstDay,
      until: lastDay,
      created_at: new Date(nowMs - 48 * hour),
    })),
  );
  await insertMany(
    tx,
    'force_cover',
    { lent_id: 'uuid', of_id: 'uuid', leave_id: 'uuid' },
    lent.map(({ lentId, id, person }) => ({ lent_id: lentId, of_id: person.appointment.id, leave_id: id })),
  );
}

async function storeShifts(tx: Tx, { shifts }: DemoForce): Promise<void> {
  await insertMany(
    tx,
    'duty_shift',
    {
      id: 'uuid',
      unit_id: 'uuid',
      path: 'text[]',
      district: 'text',
      code: 'text',
      day: 'date',
      starts_at: 'timestamptz',
      ends_at: 'timestamptz',
      account_id: 'uuid',
      changed_at: 'timestamptz',
    },
    shifts.map(({ id, unitId, areaCode, code, day, startMs, endMs, accountId }) => {
      const path = pathOf(areaCode);
      return {
        id,
        unit_id: unitId,
        path,
        district: path[1] ?? '',
        code,
        day,
        starts_at: new Date(startMs),
        ends_at: new Date(endMs),
        account_id: accountId,
        changed_at: new Date(foundedMs),
      };
    }),
  );
}

async function storeMembers(tx: Tx, vault: Vault, { members, chiefId }: DemoForce, nowMs: number): Promise<void> {
  await insertMany(
    tx,
    'force_member',
    {
      id: 'uuid',
      account_id: 'uuid',
      unit_id: 'uuid',
      area_code: 'text',
      path: 'text[]',
      district: 'text',
      name: 'bytea',
      phone: 'bytea',
      offers: 'text[]',
      secret_hash: 'bytea',
      state: 'text',
      invited_at: 'timestamptz',
    },
    members.map(({ id, person, phone, offers }, k) => {
      const path = pathOf(person.appointment.areaCode);
      return {
        id,
        account_id: person.id,
        unit_id: person.appointment.unitId,
        area_code: person.appointment.areaCode,
        path,
        district: path[1] ?? '',
        name: vault.seal(person.displayName, 'force_member.name'),
        phone: vault.seal(phone, 'force_member.phone'),
        offers,
        secret_hash: digestSecret(vault.deriveSecret(id, 'force_member')),
        state: k < 10 ? 'active' : 'invited',
        invited_at: new Date(nowMs - (5 + 3 * k) * 24 * hour),
      };
    }),
  );
  await insertMany(
    tx,
    'force_ask',
    {
      id: 'uuid',
      member_id: 'uuid',
      path: 'text[]',
      district: 'text',
      words: 'text',
      asked_by: 'uuid',
      asked_at: 'timestamptz',
      state: 'text',
      answer: 'text',
      answered_at: 'timestamptz',
    },
    members.flatMap(({ id, person, ask }, k) => {
      if (ask === null) return [];
      const path = pathOf(person.appointment.areaCode);
      const askedAt = nowMs - (9 + 20 * k) * hour;
      const answered = ask.state === 'asked' ? null : new Date(askedAt + 2 * hour);
      const facts = { words: ask.words, state: ask.state, answer: ask.answer };
      const at = { asked_at: new Date(askedAt), answered_at: answered };
      return [{ id: ask.id, member_id: id, path, district: path[1] ?? '', asked_by: chiefId, ...facts, ...at }];
    }),
  );
}

/** The first note names what is open at the centre just now. */
async function storeNotes(tx: Tx, { notes }: DemoForce, nowMs: number): Promise<void> {
  const { rows } = await sql<{ id: string; number: string }>`select id, number from event
    where owner_unit_id = ${notes[0]?.unitId ?? null} and ended_at is null order by reported_at desc limit 2`.execute(
    tx.db,
  );
  await insertMany(
    tx,
    'hand_over',
    {
      id: 'uuid',
      unit_id: 'uuid',
      path: 'text[]',
      district: 'text',
      day: 'date',
      words: 'text',
      events: 'jsonb',
      by_id: 'uuid',
      at: 'timestamptz',
    },
    notes.map(({ id, unitId, byId, words, hoursAgo }, k) => {
      const at = new Date(nowMs - hoursAgo * hour);
      const path = pathOf(null);
      const day = new Date(at.getTime() + 8 * hour).toISOString().slice(0, 10);
      const events = JSON.stringify(k === 0 ? rows : []);
      return { id, unit_id: unitId, path, district: path[1] ?? '', day, words, events, by_id: byId, at };
    }),
  );
}

async function storeTasks(tx: Tx, { tasks }: DemoForce, nowMs: number): Promise<void> {
  const askedAt = (dueDay: string): Date => new Date(Math.min(Date.parse(dueDay) - 12 * 24 * hour, nowMs - 30 * hour));
  await insertMany(
    tx,
    'asked_task',
    {
      id: 'uuid',
      unit_id: 'uuid',
      by_id: 'uuid',
      reach: 'text[]',
      district: 'text',
      title: 'text',
      words: 'text',
      source: 'text',
      legal_base: 'text',
      roles: 'text[]',
      every: 'text',
      minutes: 'smallint',
      photos: 'smallint',
      fields: 'text[]',
      asked_at: 'timestamptz',
      due_day: 'date',
      last_day: 'date',
    },
    tasks.map((task) => ({
      id: task.id,
      unit_id: task.unitId,
      by_id: task.byId,
      reach: [...new Set(task.areas.flatMap(({ code }) => pathOf(code)))],
      district: pathOf(null)[1] ?? '',
      title: task.title,
      words: task.words,
      source: task.source,
      legal_base: task.legalBase,
      roles: ['full_time', 'part_time'],
      every: task.every,
      minutes: task.minutes,
      photos: task.photos,
      fields: task.fields,
      asked_at: askedAt(task.dueDay),
      due_day: task.dueDay,
      last_day: task.lastDay,
    })),
  );
  await insertMany(
    tx,
    'asked_task_answer',
    {
      task_id: 'uuid',
      area_code: 'text',
      path: 'text[]',
      unit_id: 'uuid',
      state: 'text',
      reason: 'text',
      answered_by: 'uuid',
      answered_at: 'timestamptz',
    },
    tasks.flatMap(({ id, unitId, areas, dueDay }) =>
      areas.map(({ code, state, reason, answeredBy }) => ({
        task_id: id,
        area_code: code,
        path: pathOf(code),
        unit_id: unitId,
        state,
        reason,
        answered_by: answeredBy,
        answered_at: answeredBy === null ? null : new Date(askedAt(dueDay).getTime() + 6 * hour),
      })),
    ),
  );
}
