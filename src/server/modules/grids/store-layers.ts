import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface Place {
  id: string;
  name: string;
  kind: string;
  lon: number;
  lat: number;
  areaCode: string | null;
}

/** Places whose name begins with the words, then those that contain them; short names first. */
export async function findPlaces(tx: Tx, words: string, within: string | undefined, limit: number): Promise<Place[]> {
  const literal = words.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`);
  const { rows } = await sql<Place>`
    select p.id, p.name, p.kind, p.lon, p.lat, p.area_code as "areaCode"
    from place p left join area a on a.code = p.area_code
    where lower(p.name) like ${`%${literal}%`} and (${within ?? null}::text is null or ${within ?? null}::text = any (a.path))
    order by lower(p.name) not like ${`${literal}%`}, length(p.name), p.name limit ${limit}`.execute(tx.db);
  return rows;
}

/** Adds places; one that exists already (same name and position) takes over kind and area. */
export async function savePlaces(tx: Tx, places: readonly Place[]): Promise<void> {
  if (places.length === 0) return;
  await sql`insert into place (id, name, kind, lon, lat, area_code)
    select id, name, kind, lon, lat, "areaCode"
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
      as p(id uuid, name text, kind text, lon double precision, lat double precision, "areaCode" text)
    on conflict (name, lon, lat) do update set kind = excluded.kind, area_code = excluded.area_code`.execute(tx.db);
}

/** `geojson` is a FeatureCollection as text. */
export async function saveLayer(tx: Tx, name: string, geojson: string, atMs: number): Promise<void> {
  const row = { geojson, updated_at: new Date(atMs) };
  await tx.db
    .insertInto('base_layer')
    .values({ name, ...row })
    .onConflict((on) => on.column('name').doUpdateSet(row))
    .execute();
}

export async function listLayers(tx: Tx): Promise<{ name: string; updatedAt: Date }[]> {
  const rows = await tx.db.selectFrom('base_layer').select(['name', 'updated_at']).orderBy('name').execute();
  return rows.map((row) => ({ name: row.name, updatedAt: new Date(row.updated_at) }));
}

export async function findLayer(tx: Tx, name: string): Promise<string | undefined> {
  return (await tx.db.selectFrom('base_layer').select('geojson').where('name', '=', name).executeTakeFirst())?.geojson;
}
