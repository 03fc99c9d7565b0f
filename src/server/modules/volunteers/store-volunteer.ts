import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { StationRow } from '#server/modules/stations/index.ts';

export interface VolunteerRow {
  id: string;
  stationId: string;
  unitId: string;
  path: string[];
  district: string;
  name: Buffer | null;
  phone: Buffer | null;
  phoneIndex: Buffer | null;
  state: 'new' | 'known' | 'joined' | 'erased';
  joinedTo: string | null;
  accountId: string | null;
  linkRound: number;
  version: number;
  createdAt: Date;
}

const columns = sql`v.id, v.station_id as "stationId", v.unit_id as "unitId", v.path, v.district, v.name, v.phone,
  v.phone_index as "phoneIndex", v.state, v.joined_to as "joinedTo", v.account_id as "accountId",
  v.link_round as "linkRound", v.version, v.created_at as "createdAt"`;
const locked = (lock: boolean) => (lock ? sql`for update of v` : sql``);

export async function findVolunteer(tx: Tx, id: string, lock = false): Promise<VolunteerRow | undefined> {
  const { rows } =
    await sql<VolunteerRow>`select ${columns} from volunteer v where v.id = ${id} ${locked(lock)}`.execute(tx.db);
  return rows[0];
}

/** Whose link this is; a link that was joined to another person's opens that person. */
export async function findByLink(tx: Tx, linkHash: Buffer, lock = false): Promise<VolunteerRow | undefined> {
  const { rows } = await sql<VolunteerRow>`select ${columns} from volunteer v where v.id =
    (select coalesce(w.joined_to, w.id) from volunteer w where w.link_hash = ${linkHash}) ${locked(lock)}`.execute(
    tx.db,
  );
  return rows[0];
}

/** Persons with this telephone, known first, oldest first. */
export async function listByPhone(tx: Tx, phoneIndex: Buffer): Promise<VolunteerRow[]> {
  const { rows } = await sql<VolunteerRow>`select ${columns} from volunteer v where v.phone_index = ${phoneIndex}
    order by v.state = 'known' desc, v.created_at, v.id limit 50`.execute(tx.db);
  return rows;
}

/** Persons registered at a station, or signed up there; newest first. */
export async function listOfStation(tx: Tx, stationId: string): Promise<(VolunteerRow & { shared: boolean })[]> {
  const { rows } = await sql<VolunteerRow & { shared: boolean }>`select ${columns},
      exists (select from volunteer o where o.phone_index = v.phone_index and o.id <> v.id) as shared
    from volunteer v where v.state in ('new', 'known') and (v.station_id = ${stationId}
      or exists (select from shift_sign_up s where s.volunteer_id = v.id and s.station_id = ${stationId}))
    order by v.created_at desc, v.id limit 1000`.execute(tx.db);
  return rows;
}

export interface NewVolunteer {
  id: string;
  station: StationRow;
  name: Buffer;
  phone: Buffer;
  phoneIndex: Buffer;
  state: 'new' | 'known';
  accountId: string | null;
  consent: string;
  linkHash: Buffer;
  nowMs: number;
}

export async function insertVolunteer(tx: Tx, one: NewVolunteer): Promise<void> {
  await tx.db
    .insertInto('volunteer')
    .values({
      id: one.id,
      station_id: one.station.id,
      unit_id: one.station.unitId,
      path: one.station.path,
      district: one.station.district,
      name: one.name,
      phone: one.phone,
      phone_index: one.phoneIndex,
      state: one.state,
      account_id: one.accountId,
      consent: one.consent,
      consent_at: new Date(one.nowMs),
      link_hash: one.linkHash,
      created_at: new Date(one.nowMs),
    })
    .execute();
}

export async function markKnown(tx: Tx, id: string): Promise<void> {
  await tx.db
    .updateTable('volunteer')
    .set((eb) => ({ state: 'known', version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function saveAccount(tx: Tx, id: string, accountId: string): Promise<void> {
  await tx.db.updateTable('volunteer').set({ account_id: accountId }).where('id', '=', id).execute();
}

/** From now on this row's link opens `intoId`; name and telephone are kept there only. */
export async function joinTo(tx: Tx, id: string, intoId: string): Promise<void> {
  await tx.db
    .updateTable('volunteer')
    .set((eb) => ({
      state: 'joined',
      joined_to: intoId,
      name: null,
      phone: null,
      phone_index: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

/** A new link for a person; every earlier one, of rows joined to them too, opens nothing any more. */
export async function saveLink(tx: Tx, id: string, link: { round: number; hash: Buffer }): Promise<void> {
  await tx.db
    .updateTable('volunteer')
    .set((eb) => ({ link_round: link.round, link_hash: link.hash, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
  await sql`update volunteer set link_hash = sha256(link_hash) where joined_to = ${id}`.execute(tx.db);
}

export async function eraseRow(tx: Tx, id: string): Promise<void> {
  await tx.db
    .updateTable('volunteer')
    .set((eb) => ({
      state: 'erased',
      name: null,
      phone: null,
      phone_index: null,
      account_id: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}
