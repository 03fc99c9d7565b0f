/** Writes what make-volunteers.ts thought of; names and telephones go through the vault like everywhere. */
import type { Tx } from '#server/db/pool.ts';
import { digestSecret, type Vault } from '#server/vault/vault.ts';
import { insertMany } from '../bulk.ts';
import type { DemoStation } from './make-stations.ts';
import type { DemoVolunteers } from './make-volunteers.ts';

const held = { station_id: 'uuid', unit_id: 'uuid', path: 'text[]', district: 'text' } as const;
const holder = (station: DemoStation) => ({
  station_id: station.id,
  unit_id: station.unitId,
  path: station.path,
  district: station.areaCode.slice(0, 6),
});
const at = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

export async function storeVolunteers(tx: Tx, vault: Vault, made: DemoVolunteers): Promise<void> {
  await storePeople(tx, vault, made);
  await storeShifts(tx, made);
  await storeSignUps(tx, made);
}

function storePeople(tx: Tx, vault: Vault, { people }: DemoVolunteers): Promise<void> {
  return insertMany(
    tx,
    'volunteer',
    {
      id: 'uuid',
      ...held,
      name: 'bytea',
      phone: 'bytea',
      phone_index: 'bytea',
      state: 'text',
      consent: 'text',
      consent_at: 'timestamptz',
      link_hash: 'bytea',
      created_at: 'timestamptz',
    },
    people.map((one) => ({
      id: one.id,
      ...holder(one.station),
      name: vault.seal(one.name, 'volunteer.name'),
      phone: vault.seal(one.phone, 'volunteer.phone'),
      phone_index: vault.blindIndex(one.phone, 'volunteer.phone'),
      state: 'known',
      consent: '2026-11',
      consent_at: new Date(one.createdMs),
      link_hash: digestSecret(vault.deriveSecret(`${one.id}:0`, 'volunteer')),
      created_at: new Date(one.createdMs),
    })),
  );
}

async function storeShifts(tx: Tx, { patterns, shifts }: DemoVolunteers): Promise<void> {
  const places = { needed: 'int2', most: 'int2', partner_id: 'uuid', partner_places: 'int2' } as const;
  const placesOf = (one: { needed: number; most: number; partnerId: string | null; partnerPlaces: number }) => ({
    needed: one.needed,
    most: one.most,
    partner_id: one.partnerId,
    partner_places: one.partnerPlaces,
  });
  await insertMany(
    tx,
    'shift_pattern',
    {
      id: 'uuid',
      station_id: 'uuid',
      post: 'text',
      weekdays: 'int2[]',
      start_minute: 'int2',
      minutes: 'int2',
      sort: 'int2',
      ...places,
    },
    patterns.map((one) => ({
      ...placesOf(one),
      id: one.id,
      station_id: one.stationId,
      post: one.post,
      weekdays: one.weekdays,
      start_minute: one.startMinute,
      minutes: one.minutes,
      sort: one.sort,
    })),
  );
  await insertMany(
    tx,
    'shift',
    {
      id: 'uuid',
      ...held,
      post: 'text',
      day: 'date',
      starts_at: 'timestamptz',
      ends_at: 'timestamptz',
      ...places,
      open_taken: 'int2',
      partner_taken: 'int2',
      changed_at: 'timestamptz',
    },
    shifts.map((one) => ({
      ...placesOf(one),
      ...holder(one.station),
      id: one.id,
      post: one.post,
      day: one.day,
      starts_at: new Date(one.startMs),
      ends_at: new Date(one.endMs),
      open_taken: one.openTaken,
      partner_taken: one.partnerTaken,
      changed_at: new Date(one.startMs),
    })),
  );
}

function storeSignUps(tx: Tx, { signUps }: DemoVolunteers): Promise<void> {
  return insertMany(
    tx,
    'shift_sign_up',
    {
      id: 'uuid',
      shift_id: 'uuid',
      volunteer_id: 'uuid',
      ...held,
      starts_at: 'timestamptz',
      ends_at: 'timestamptz',
      place: 'text',
      state: 'text',
      arrived_at: 'timestamptz',
      left_at: 'timestamptz',
      presence: 'text',
      minutes: 'int4',
      confirmed_by: 'uuid',
      confirmed_at: 'timestamptz',
      signed_at: 'timestamptz',
      changed_at: 'timestamptz',
    },
    signUps.map((one) => ({
      ...holder(one.shift.station),
      id: one.id,
      shift_id: one.shift.id,
      volunteer_id: one.volunteerId,
      starts_at: new Date(one.shift.startMs),
      ends_at: new Date(one.shift.endMs),
      place: one.place,
      state: 'signed',
      arrived_at: at(one.arrivedMs),
      left_at: at(one.leftMs),
      presence: one.presence,
      minutes:
        one.presence === 'came' && one.arrivedMs !== null && one.leftMs !== null
          ? Math.floor((one.leftMs - one.arrivedMs) / 60_000)
          : null,
      confirmed_by: one.confirmedBy,
      confirmed_at: at(one.confirmedMs),
      signed_at: new Date(one.signedMs),
      changed_at: at(one.confirmedMs ?? one.arrivedMs) ?? new Date(one.signedMs),
    })),
  );
}
