import type { Tx } from '#server/db/pool.ts';
import { insertMany } from '../bulk.ts';
import type { DemoPartner, DemoStation } from './make-stations.ts';
import { foundedMs } from './make-town.ts';

/** Writes stations and partners; their units and accounts were written with the town. */
export async function storeStations(
  tx: Tx,
  { stations, partners }: { stations: readonly DemoStation[]; partners: readonly DemoPartner[] },
): Promise<void> {
  const since = new Date(foundedMs);
  await insertMany(
    tx,
    'station',
    {
      id: 'uuid',
      code: 'text',
      unit_id: 'uuid',
      name: 'text',
      name_en: 'text',
      area_code: 'text',
      path: 'text[]',
      district: 'text',
      lon: 'float8',
      lat: 'float8',
      address: 'text',
      phone: 'text',
      opened_on: 'date',
      created_at: 'timestamptz',
    },
    stations.map((station) => ({
      ...station,
      unit_id: station.unitId,
      name_en: station.nameEn,
      area_code: station.areaCode,
      district: station.areaCode.slice(0, 6),
      opened_on: station.openedOn,
      created_at: since,
    })),
  );
  await insertMany(
    tx,
    'partner',
    {
      id: 'uuid',
      code: 'text',
      name: 'text',
      name_en: 'text',
      kind: 'text',
      area_code: 'text',
      path: 'text[]',
      district: 'text',
      created_at: 'timestamptz',
    },
    partners.map((partner) => ({
      ...partner,
      name_en: partner.nameEn,
      area_code: partner.areaCode,
      district: partner.areaCode.slice(0, 6),
      created_at: since,
    })),
  );
}
