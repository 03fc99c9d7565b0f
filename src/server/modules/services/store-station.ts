import type { Permission } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Database } from '#server/db/pool.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import type { ServedStation, ServicesParts } from './parts.ts';

const columns = [
  'id',
  'code',
  'name',
  'name_en as nameEn',
  'unit_id as unitId',
  'area_code as areaCode',
  'path',
  'district',
  'lon',
  'lat',
  'address',
] as const;

/** Stations as the database shows them to whoever holds a word. */
export function stationDoor(database: Database): ServicesParts['stations'] {
  const listFor = (actor: Actor, word: Permission): Promise<ServedStation[]> =>
    database.read(scopeFor(actor, word), (tx) =>
      tx.db.selectFrom('station').select(columns).where('closed_on', 'is', null).orderBy('code').execute(),
    );
  return {
    listFor,
    async find(actor, station, word) {
      const found = await database.read(scopeFor(actor, word), (tx) =>
        tx.db
          .selectFrom('station')
          .select(columns)
          .where(isUuid(station) ? 'id' : 'code', '=', station)
          .executeTakeFirst(),
      );
      if (found !== undefined) return found;
      throw new AppError('not_found', 'There is no such station, or it is not yours.');
    },
  };
}
