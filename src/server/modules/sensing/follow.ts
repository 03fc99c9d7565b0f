import { sql } from 'kysely';
import { followAreas, type Placed } from '#server/modules/grids/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { districtOf } from './device-commands.ts';
import type { Kit } from './kit.ts';
import { program } from './record.ts';

/** Devices follow the areas after a split or merge; called every few seconds. Answers how many moved. */
export function followDevices(kit: Pick<Kit, 'database' | 'territory' | 'clock'>): () => Promise<number> {
  return followAreas(kit, {
    async list(tx) {
      const { rows } = await sql<Placed>`select id, lon, lat, area_code as "areaCode" from device
        where state <> 'retired' order by id`.execute(tx.db);
      return rows;
    },
    async move(tx, { id, areaCode }, { code, path }) {
      const district = districtOf(path);
      const { rows } = await sql<{ code: string; unitId: string | null }>`
        update device set area_code = ${code}, path = ${[...path]}, district = ${district}, version = version + 1
        where id = ${id} and area_code = ${areaCode} and state <> 'retired' returning code, unit_id as "unitId"`.execute(
        tx.db,
      );
      const [device] = rows;
      if (device === undefined) return false;
      await append(tx, {
        actor: program,
        action: 'device.move',
        subject: { type: 'device', id },
        district,
        atMs: kit.clock.now(),
        data: { code: device.code, from: areaCode, to: code },
        audience: [...(device.unitId === null ? [] : [`u:${device.unitId}`]), ...path.map((area) => `a:${area}`)],
      });
      return true;
    },
  });
}
