import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import { partnerSecret, sealContact } from '#server/modules/partners/sealing.ts';
import { digestSecret, type Vault } from '#server/vault/vault.ts';
import { insertMany } from '../bulk.ts';
import type { Partnering } from './make-partnering.ts';
import { foundedMs } from './make-town.ts';

const since = new Date(foundedMs);

/** After the stations: what their partners agreed to, promised and brought. */
export async function storePartnering(tx: Tx, vault: Vault, made: Partnering): Promise<void> {
  await storeFacts(tx, vault, made);
  await storeAgreements(tx, made);
  await storePledges(tx, made);
  await storeDeliveries(tx, made);
  await storeRatings(tx, vault, made);
}

async function storeFacts(tx: Tx, vault: Vault, { facts }: Partnering): Promise<void> {
  for (const { id, organisation, creditCode, contactName, contactPhone } of facts) {
    const contact = sealContact(vault, { name: contactName, phone: contactPhone });
    await sql`update partner set organisation = ${organisation}, credit_code = ${creditCode}, contact_name = ${contact.name},
      contact_phone = ${contact.phone}, contact_phone_index = ${contact.phoneIndex},
      secret_hash = ${digestSecret(partnerSecret(vault, { id, linkRound: 1 }))} where id = ${id}`.execute(tx.db);
  }
}

async function storeAgreements(tx: Tx, { agreements }: Partnering): Promise<void> {
  await insertMany(
    tx,
    'partner_agreement',
    {
      id: 'uuid',
      partner_id: 'uuid',
      district: 'text',
      from_day: 'date',
      to_day: 'date',
      returns: 'text[]',
      renews: 'uuid',
      signed_on: 'date',
      asked_renewal_at: 'timestamptz',
      created_at: 'timestamptz',
    },
    agreements.map((one) => ({
      id: one.id,
      partner_id: one.partnerId,
      district: one.district,
      from_day: one.fromDay,
      to_day: one.toDay,
      returns: one.returns,
      renews: one.renews,
      signed_on: one.signedOn,
      asked_renewal_at: one.askedRenewalAt,
      created_at: since,
    })),
  );
}

async function storePledges(tx: Tx, { pledges }: Partnering): Promise<void> {
  await insertMany(
    tx,
    'pledge',
    {
      id: 'uuid',
      agreement_id: 'uuid',
      partner_id: 'uuid',
      district: 'text',
      station_id: 'uuid',
      resource: 'text',
      what: 'text',
      what_en: 'text',
      quantity: 'integer',
      unit: 'text',
      every: 'text',
      from_day: 'date',
      to_day: 'date',
      created_at: 'timestamptz',
    },
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
      created_at: since,
    })),
  );
}

async function storeDeliveries(tx: Tx, { deliveries }: Partnering): Promise<void> {
  await insertMany(
    tx,
    'partner_delivery',
    {
      id: 'uuid',
      partner_id: 'uuid',
      pledge_id: 'uuid',
      station_id: 'uuid',
      district: 'text',
      day: 'date',
      quantity: 'integer',
      unit: 'text',
      source_type: 'text',
      source_id: 'uuid',
      state: 'text',
      refused_words: 'text',
      noted_at: 'timestamptz',
      noted_by: 'uuid',
      decided_at: 'timestamptz',
      decided_by: 'uuid',
    },
    deliveries.map((one) => ({
      id: one.id,
      partner_id: one.partnerId,
      pledge_id: one.pledgeId,
      station_id: one.stationId,
      district: one.district,
      day: one.day,
      quantity: one.quantity,
      unit: one.unit,
      source_type: one.source,
      source_id: one.sourceId,
      state: one.state,
      refused_words: one.refusedWords,
      noted_at: one.notedAt,
      noted_by: one.notedBy,
      decided_at: one.decidedAt,
      decided_by: one.decidedBy,
    })),
  );
}

async function storeRatings(tx: Tx, vault: Vault, { ratings }: Partnering): Promise<void> {
  await insertMany(
    tx,
    'partner_rating',
    {
      id: 'uuid',
      partner_id: 'uuid',
      station_id: 'uuid',
      district: 'text',
      source: 'text',
      stars: 'integer',
      words: 'text',
      quarter: 'text',
      day: 'date',
      browser_hash: 'bytea',
      at: 'timestamptz',
      account_id: 'uuid',
    },
    ratings.map((one) => ({
      id: one.id,
      partner_id: one.partnerId,
      station_id: one.stationId,
      district: one.district,
      source: one.source,
      stars: one.stars,
      words: one.words,
      quarter: one.quarter,
      day: one.day,
      browser_hash:
        one.browserKey === null ? null : vault.blindIndex(`${one.browserKey} ${one.day}`, 'partner_rating.browser'),
      at: one.at,
      account_id: one.accountId,
    })),
  );
}
