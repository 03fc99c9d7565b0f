/** Writes risk points and people in care; what tells who somebody is goes through the vault like everywhere. */
import { codePath } from '#engine/territory/area-code.ts';
import type { Tx } from '#server/db/pool.ts';
import { toPlace } from '#server/modules/people/rules.ts';
import { sealSecrets } from '#server/modules/people/sealing.ts';
import type { Vault } from '#server/vault/vault.ts';
import { insertMany } from '../bulk.ts';
import type { DemoCare, DemoRisk, Ground } from './make-ground.ts';
import { foundedMs } from './make-town.ts';

export async function storeGround(tx: Tx, vault: Vault, { risks, care }: Ground): Promise<void> {
  await storeRisks(tx, risks);
  await storeCare(tx, vault, care);
}

const since = new Date(foundedMs);

const placed = {
  id: 'uuid',
  lon: 'float8',
  lat: 'float8',
  area_code: 'text',
  path: 'text[]',
  district: 'text',
  responsible_id: 'uuid',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;

function placedOf({ id, lon, lat, areaCode, responsibleId }: DemoRisk | DemoCare) {
  const path = codePath(areaCode);
  const at = { area_code: areaCode, path, district: path[1] ?? '', created_at: since, updated_at: since };
  return { id, lon: toPlace(lon), lat: toPlace(lat), responsible_id: responsibleId, ...at };
}

async function storeRisks(tx: Tx, risks: readonly DemoRisk[]): Promise<void> {
  const columns = {
    ...placed,
    code: 'text',
    name: 'text',
    kind: 'text',
    level: 'smallint',
    place_words: 'text',
    unit_id: 'uuid',
    note: 'text',
    state: 'text',
    cycle_days: 'int',
    plan_code: 'text',
  };
  const rows = risks.map((risk) => {
    const { code, name, kind, level, placeWords, unitId, note, state, cycleDays, planCode } = risk;
    const facts = { code, name, kind, level, place_words: placeWords, unit_id: unitId, note, state };
    return { ...placedOf(risk), ...facts, cycle_days: cycleDays, plan_code: planCode };
  });
  await insertMany(tx, 'risk_point', columns, rows);
}

async function storeCare(tx: Tx, vault: Vault, care: readonly DemoCare[]): Promise<void> {
  const columns = {
    ...placed,
    name: 'bytea',
    phone: 'bytea',
    address_detail: 'bytea',
    contact: 'bytea',
    guardian: 'bytea',
    health: 'bytea',
    birth_year: 'bytea',
    restricted: 'boolean',
    name_index: 'bytea',
    phone_index: 'bytea',
    tags: 'text[]',
    address: 'text',
  };
  const rows = care.map((person) => {
    // Nobody has an identity number: any that passes its own check might be somebody's.
    const sealed = sealSecrets(vault, { ...person, idNumber: null });
    return {
      ...placedOf(person),
      name: sealed.name,
      phone: sealed.phone,
      address_detail: sealed.addressDetail,
      contact: sealed.contact,
      guardian: sealed.guardian,
      health: sealed.health,
      birth_year: sealed.birthYear,
      restricted: person.restricted,
      name_index: sealed.nameIndex,
      phone_index: sealed.phoneIndex,
      tags: person.tags,
      address: person.address,
    };
  });
  await insertMany(tx, 'care_person', columns, rows);
}
