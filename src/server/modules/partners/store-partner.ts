import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import { withinAreas } from '#server/db/within-areas.ts';

export interface PartnerRow {
  id: string;
  code: string;
  name: string;
  nameEn: string;
  kind: string;
  areaCode: string;
  path: string[];
  district: string;
  organisation: string;
  creditCode: string | null;
  contactName: Buffer | null;
  contactPhone: Buffer | null;
  linkRound: number;
  askedContactName: Buffer | null;
  askedContactPhone: Buffer | null;
  askedContactAt: Date | null;
  exitDay: string | null;
  exitBy: 'partner' | 'street' | null;
  exitReason: string | null;
  exitWords: string;
  version: number;
}

const columns = sql`p.id, p.code, p.name, p.name_en as "nameEn", p.kind, p.area_code as "areaCode", p.path, p.district,
  p.organisation, p.credit_code as "creditCode", p.contact_name as "contactName", p.contact_phone as "contactPhone",
  p.link_round as "linkRound", p.asked_contact_name as "askedContactName", p.asked_contact_phone as "askedContactPhone",
  p.asked_contact_at as "askedContactAt", p.exit_day as "exitDay", p.exit_by as "exitBy", p.exit_reason as "exitReason",
  p.exit_words as "exitWords", p.version`;

/** What somebody may see: partners of these areas and below, of the areas their stations lie in, and those pledged to them. */
export interface Seen {
  areas: readonly string[];
  /** Areas that contain a station of theirs. */
  above: readonly string[];
  stationIds: readonly string[];
}

function within({ areas, above, stationIds }: Seen): RawBuilder<boolean> {
  return sql`(${withinAreas({ areaCode: sql`p.area_code`, path: sql`p.path` }, areas)}
    or p.area_code = any (${[...above]}::text[])
    or exists (select 1 from pledge g where g.partner_id = p.id and g.station_id = any (${[...stationIds]}::uuid[])))`;
}

export interface PartnerFilter {
  kind?: string | undefined;
  /** A part of the name. */
  name?: string | undefined;
  phoneIndex?: Buffer | undefined;
}

/** Most partners told at once. */
const most = 1000;

/** In the order of names. */
export async function listPartners(
  tx: Tx,
  seen: Seen,
  { kind, name, phoneIndex }: PartnerFilter,
): Promise<PartnerRow[]> {
  const like = name === undefined ? undefined : `%${name.replaceAll(/[\\%_]/g, (one) => `\\${one}`)}%`;
  const { rows } = await sql<PartnerRow>`select ${columns} from partner p where ${within(seen)}
    and ${kind === undefined ? sql`true` : sql`p.kind = ${kind}`}
    and ${like === undefined ? sql`true` : sql`(p.name ilike ${like} or p.name_en ilike ${like} or p.organisation ilike ${like})`}
    and ${phoneIndex === undefined ? sql`true` : sql`p.contact_phone_index = ${phoneIndex}`}
    order by p.name collate "C", p.id limit ${most}`.execute(tx.db);
  return rows;
}

export async function findPartner(tx: Tx, seen: Seen, id: string): Promise<PartnerRow | undefined> {
  const { rows } =
    await sql<PartnerRow>`select ${columns} from partner p where p.id = ${id} and ${within(seen)}`.execute(tx.db);
  return rows[0];
}

export async function lockPartner(tx: Tx, id: string): Promise<PartnerRow | undefined> {
  const { rows } = await sql<PartnerRow>`select ${columns} from partner p where p.id = ${id} for update of p`.execute(
    tx.db,
  );
  return rows[0];
}

export async function findBySecret(tx: Tx, secretHash: Buffer, lock = false): Promise<PartnerRow | undefined> {
  const { rows } = await sql<PartnerRow>`select ${columns} from partner p where p.secret_hash = ${secretHash}
    ${lock ? sql`for update of p` : sql``}`.execute(tx.db);
  return rows[0];
}

export interface PartnerFacts {
  name: string;
  nameEn: string;
  kind: string;
  organisation: string;
  creditCode: string | null;
}

/** Sealed, with the digest that finds it. */
export interface SealedContact {
  name: Buffer;
  phone: Buffer;
  phoneIndex: Buffer;
}

const toColumns = (facts: PartnerFacts) => ({
  name: facts.name,
  name_en: facts.nameEn,
  kind: facts.kind,
  organisation: facts.organisation,
  credit_code: facts.creditCode,
});
const contactColumns = (contact: SealedContact | null) =>
  contact === null
    ? {}
    : { contact_name: contact.name, contact_phone: contact.phone, contact_phone_index: contact.phoneIndex };

export async function insertPartner(
  tx: Tx,
  one: {
    id: string;
    code: string;
    areaCode: string;
    path: readonly string[];
    district: string;
    facts: PartnerFacts;
    contact: SealedContact | null;
    secretHash: Buffer;
    nowMs: number;
  },
): Promise<void> {
  await tx.db
    .insertInto('partner')
    .values({
      ...toColumns(one.facts),
      ...contactColumns(one.contact),
      id: one.id,
      code: one.code,
      area_code: one.areaCode,
      path: [...one.path],
      district: one.district,
      secret_hash: one.secretHash,
      created_at: new Date(one.nowMs),
    })
    .execute();
}

/** Facts and contact of a locked row; no contact leaves the one there is. */
export async function saveFacts(tx: Tx, id: string, facts: PartnerFacts, contact: SealedContact | null): Promise<void> {
  await tx.db
    .updateTable('partner')
    .set((eb) => ({ ...toColumns(facts), ...contactColumns(contact), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function saveContact(tx: Tx, id: string, contact: SealedContact | null): Promise<void> {
  await tx.db
    .updateTable('partner')
    .set((eb) => ({
      ...contactColumns(contact),
      asked_contact_name: null,
      asked_contact_phone: null,
      asked_contact_at: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

export async function saveAskedContact(
  tx: Tx,
  id: string,
  asked: { name: Buffer; phone: Buffer; nowMs: number },
): Promise<void> {
  await tx.db
    .updateTable('partner')
    .set((eb) => ({
      asked_contact_name: asked.name,
      asked_contact_phone: asked.phone,
      asked_contact_at: new Date(asked.nowMs),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

export async function saveLink(tx: Tx, id: string, link: { round: number; secretHash: Buffer }): Promise<void> {
  await tx.db
    .updateTable('partner')
    .set({ link_round: link.round, secret_hash: link.secretHash })
    .where('id', '=', id)
    .execute();
}

export interface Exit {
  day: string;
  by: 'partner' | 'street';
  reason: string;
  words: string;
  accountId: string | null;
  nowMs: number;
}

/** What was promised and agreed beyond the last day ends with it; what was done stays. */
export async function saveExit(tx: Tx, id: string, exit: Exit): Promise<{ pledges: number; agreements: number }> {
  await tx.db
    .updateTable('partner')
    .set((eb) => ({
      exit_day: exit.day,
      exit_by: exit.by,
      exit_reason: exit.reason,
      exit_words: exit.words,
      exited_at: new Date(exit.nowMs),
      exited_by: exit.accountId,
      asked_contact_name: null,
      asked_contact_phone: null,
      asked_contact_at: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
  const pledges = await sql`update pledge set ended_on = ${exit.day}::date, version = version + 1
    where partner_id = ${id} and least(to_day, coalesce(ended_on, to_day)) > ${exit.day}::date`.execute(tx.db);
  const agreements = await sql`update partner_agreement
    set ended_on = greatest(${exit.day}::date, from_day - 1), asked_renewal_at = null, version = version + 1
    where partner_id = ${id} and signed_on is not null
      and least(to_day, coalesce(ended_on, to_day)) > ${exit.day}::date`.execute(tx.db);
  return { pledges: Number(pledges.numAffectedRows ?? 0), agreements: Number(agreements.numAffectedRows ?? 0) };
}
