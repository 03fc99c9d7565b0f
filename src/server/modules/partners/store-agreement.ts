import { sql } from 'kysely';
import type { PledgeEvery } from '#contract/partners-words.ts';
import type { Tx } from '#server/db/pool.ts';

export interface AgreementRow {
  id: string;
  partnerId: string;
  fromDay: string;
  toDay: string;
  returns: string[];
  returnWords: string;
  renews: string | null;
  signedOn: string | null;
  endedOn: string | null;
  askedRenewalAt: Date | null;
  askedRenewalWords: string;
  remindedDays: number | null;
  version: number;
  /** A signed one takes over when it ends. */
  followed: boolean;
}

const columns = sql`a.id, a.partner_id as "partnerId", a.from_day as "fromDay", a.to_day as "toDay", a.returns,
  a.return_words as "returnWords", a.renews, a.signed_on as "signedOn", a.ended_on as "endedOn",
  a.asked_renewal_at as "askedRenewalAt", a.asked_renewal_words as "askedRenewalWords", a.reminded_days as "remindedDays",
  a.version, exists (select 1 from partner_agreement n where n.partner_id = a.partner_id and n.signed_on is not null
    and n.from_day = a.to_day + 1 and coalesce(n.ended_on, n.to_day) >= n.from_day) as followed`;

/** Of these partners, the latest first. */
export async function listAgreements(tx: Tx, partnerIds: readonly string[]): Promise<Map<string, AgreementRow[]>> {
  if (partnerIds.length === 0) return new Map();
  const { rows } = await sql<AgreementRow>`select ${columns} from partner_agreement a
    where a.partner_id = any (${[...partnerIds]}::uuid[]) order by a.from_day desc, a.id desc`.execute(tx.db);
  return Map.groupBy(rows, ({ partnerId }) => partnerId);
}

export async function lockAgreement(tx: Tx, partnerId: string, id: string): Promise<AgreementRow | undefined> {
  const { rows } = await sql<AgreementRow>`select ${columns} from partner_agreement a
    where a.id = ${id} and a.partner_id = ${partnerId} for update of a`.execute(tx.db);
  return rows[0];
}

/** Signed ones that end within so many days and have no successor, locked; those another process looks at are left to it. */
export async function lockEnding(
  tx: Tx,
  { today, until }: { today: string; until: string },
): Promise<(AgreementRow & { areaCode: string; district: string })[]> {
  const { rows } = await sql<AgreementRow & { areaCode: string; district: string }>`
    select ${columns}, p.area_code as "areaCode", p.district
    from partner_agreement a join partner p on p.id = a.partner_id
    where a.signed_on is not null and a.ended_on is null and p.exit_day is null
      and a.to_day between ${today}::date and ${until}::date
    order by a.id for update of a skip locked`.execute(tx.db);
  return rows.filter(({ followed }) => !followed);
}

export interface Terms {
  fromDay: string;
  toDay: string;
  returns: readonly string[];
  returnWords: string;
}

export async function insertAgreement(
  tx: Tx,
  one: Terms & {
    id: string;
    partnerId: string;
    district: string;
    renews: string | null;
    byId: string | null;
    nowMs: number;
  },
): Promise<void> {
  await tx.db
    .insertInto('partner_agreement')
    .values({
      id: one.id,
      partner_id: one.partnerId,
      district: one.district,
      from_day: one.fromDay,
      to_day: one.toDay,
      returns: [...one.returns],
      return_words: one.returnWords,
      renews: one.renews,
      created_at: new Date(one.nowMs),
      created_by: one.byId,
    })
    .execute();
}

export async function saveTerms(tx: Tx, id: string, terms: Terms): Promise<void> {
  await tx.db
    .updateTable('partner_agreement')
    .set((eb) => ({
      from_day: terms.fromDay,
      to_day: terms.toDay,
      returns: [...terms.returns],
      return_words: terms.returnWords,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

export async function saveSigned(tx: Tx, id: string, signedOn: string): Promise<void> {
  await tx.db
    .updateTable('partner_agreement')
    .set((eb) => ({ signed_on: signedOn, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** Whether another signed agreement of the partner holds a day of the span. */
export async function isTaken(
  tx: Tx,
  { partnerId, id, fromDay, toDay }: { partnerId: string; id: string; fromDay: string; toDay: string },
): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select exists (select 1 from partner_agreement a
    where a.partner_id = ${partnerId} and a.id <> ${id} and a.signed_on is not null and a.from_day <= ${toDay}::date
      and least(a.to_day, coalesce(a.ended_on, a.to_day)) >= ${fromDay}::date) as taken`.execute(tx.db);
  return rows[0]?.taken === true;
}

/** The partner would go on; null: answered. */
export async function saveAskedRenewal(
  tx: Tx,
  id: string,
  asked: { words: string; nowMs: number } | null,
): Promise<void> {
  await tx.db
    .updateTable('partner_agreement')
    .set((eb) => ({
      asked_renewal_at: asked === null ? null : new Date(asked.nowMs),
      asked_renewal_words: asked?.words ?? '',
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

export async function saveReminded(tx: Tx, id: string, days: number): Promise<void> {
  await tx.db.updateTable('partner_agreement').set({ reminded_days: days }).where('id', '=', id).execute();
}

export interface PledgeRow {
  id: string;
  agreementId: string;
  partnerId: string;
  stationId: string | null;
  resource: string;
  what: string;
  whatEn: string;
  quantity: number;
  unit: string;
  every: PledgeEvery;
  fromDay: string;
  toDay: string;
  endedOn: string | null;
  endedWords: string;
  version: number;
  /** Its agreement is signed: before that it promises nothing. */
  signed: boolean;
}

const pledgeColumns = sql`g.id, g.agreement_id as "agreementId", g.partner_id as "partnerId", g.station_id as "stationId",
  g.resource, g.what, g.what_en as "whatEn", g.quantity, g.unit, g.every, g.from_day as "fromDay", g.to_day as "toDay",
  g.ended_on as "endedOn", g.ended_words as "endedWords", g.version, (a.signed_on is not null) as signed`;

/** Of these partners; those that run longest first. */
export async function listPledges(tx: Tx, partnerIds: readonly string[]): Promise<Map<string, PledgeRow[]>> {
  if (partnerIds.length === 0) return new Map();
  const { rows } =
    await sql<PledgeRow>`select ${pledgeColumns} from pledge g join partner_agreement a on a.id = g.agreement_id
    where g.partner_id = any (${[...partnerIds]}::uuid[]) order by g.to_day desc, g.resource, g.id`.execute(tx.db);
  return Map.groupBy(rows, ({ partnerId }) => partnerId);
}

export async function lockPledge(tx: Tx, partnerId: string, id: string): Promise<PledgeRow | undefined> {
  const { rows } =
    await sql<PledgeRow>`select ${pledgeColumns} from pledge g join partner_agreement a on a.id = g.agreement_id
    where g.id = ${id} and g.partner_id = ${partnerId} for update of g`.execute(tx.db);
  return rows[0];
}

export type NewPledge = Omit<PledgeRow, 'endedOn' | 'endedWords' | 'version' | 'signed'> & {
  district: string;
  byId: string | null;
  nowMs: number;
};

export async function insertPledges(tx: Tx, pledges: readonly NewPledge[]): Promise<void> {
  if (pledges.length === 0) return;
  await tx.db
    .insertInto('pledge')
    .values(
      pledges.map((one) => ({
        id: one.id,
        agreement_id: one.agreementId,
        partner_id: one.partnerId,
        district: one.district,
        station_id: one.stationId,
        resource: one.resource,
        what: one.what,
        what_en: one.whatEn,
        quantity: one.quantity,
        unit: one.unit,
        every: one.every,
        from_day: one.fromDay,
        to_day: one.toDay,
        created_at: new Date(one.nowMs),
        created_by: one.byId,
      })),
    )
    .execute();
}

export async function saveEnded(
  tx: Tx,
  id: string,
  { lastDay, words }: { lastDay: string; words: string },
): Promise<void> {
  await tx.db
    .updateTable('pledge')
    .set((eb) => ({ ended_on: lastDay, ended_words: words, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}
