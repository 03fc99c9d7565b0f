import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGroupsWorld, grid, secondGrid, type GroupsWorld } from './world.fixture.ts';

let world: GroupsWorld;
beforeAll(async () => {
  world = await createGroupsWorld();
});
afterAll(() => world.close());

const gridsOf = async (id: string) => {
  const { rows } = await world.owner.query<{ codes: string[]; areas: string[] }>(
    `select areas, (select array_agg(grid_code order by grid_code) from group_grid where group_id = id) as codes from online_group where id = $1`,
    [id],
  );
  return rows[0];
};
const memberGrids = async (id: string) => {
  const { rows } = await world.owner.query<{ code: string }>(
    'select grid_code as code from group_member where group_id = $1',
    [id],
  );
  return rows.map(({ code }) => code);
};
const lines = async (id: string) => {
  const { rows } = await world.owner.query<{ data: unknown }>(
    `select data from ledger_entry where action = 'group.link' and subject_id = $1 order by at`,
    [id],
  );
  return rows.map(({ data }) => data);
};
const square = (west: number, south: number, east: number, north: number) =>
  JSON.stringify({
    type: 'Polygon',
    coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]], // prettier-ignore
  });
const outline = async (code: string): Promise<[number, number, number, number]> => {
  const { rows } = await world.owner.query<{ geometry: { coordinates: [number, number][][] } }>(
    'select geometry from area where code = $1',
    [code],
  );
  const ring = rows[0]?.geometry.coordinates[0] ?? [];
  const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
};
const part = '500103004001901';

test('a group of a split grid serves both parts; merged again it serves the whole, its members with it', async () => {
  const { id, secret } = await world.group();
  await world.join(secret);
  expect(await world.groups.jobs.followGrids()).toBe(0);
  const [west, south, east, north] = await outline(grid);
  const middle = (west + east) / 2;
  await world.owner.query('update area set geometry = $2 where code = $1', [grid, square(west, south, middle, north)]);
  await world.owner.query(
    `insert into area (code, tier, name, parent_code, path, residents, households, geometry)
     select $2, tier, '东村新格', parent_code, path[1:4] || $2::text, 0, 0, $3 from area where code = $1`,
    [grid, part, square(middle, south, east, north)],
  );
  await world.territory.reload();
  expect(await world.groups.jobs.followGrids()).toBe(1);
  expect((await gridsOf(id))?.codes).toEqual([grid, part]);
  expect((await gridsOf(id))?.areas).toContain(part);
  expect(await memberGrids(id)).toEqual([grid]);
  expect(await world.groups.jobs.followGrids()).toBe(0);

  world.clock.advance(60_000);
  await world.owner.query('update area set geometry = $2 where code = $1', [part, square(west, south, east, north)]);
  await world.owner.query('update area set retired_at = $2 where code = $1', [grid, new Date(world.clock.now())]);
  await world.territory.reload();
  expect(await world.groups.jobs.followGrids()).toBe(1);
  expect(await gridsOf(id)).toMatchObject({ codes: [part], areas: expect.not.arrayContaining([grid]) });
  expect(await memberGrids(id)).toEqual([part]);
  expect(await lines(id)).toMatchObject([
    { from: [grid], gridCodes: [grid, part] },
    { from: [grid, part], gridCodes: [part] },
  ]);
});

test('a grid that is retired with nothing in its place leaves its groups to the community', async () => {
  const body = { name: '西村群', gridCodes: [secondGrid] };
  const { group } = await world.groups.handlers.create(
    {
      params: {},
      query: {},
      body: { opId: crypto.randomUUID(), kind: 'building', platform: 'in_app', about: '', ...body },
    },
    { actor: world.as.chief },
  );
  await world.owner.query('update area set retired_at = $2 where code = $1', [secondGrid, new Date(world.clock.now())]);
  await world.territory.reload();
  expect(await world.groups.jobs.followGrids()).toBe(1);
  expect(await gridsOf(group.id)).toMatchObject({ codes: ['500103004002'] });
  const seen = await world.groups.handlers.get(
    { params: { id: group.id }, query: {}, body: {} },
    { actor: world.as.chief },
  );
  expect(seen.grids).toMatchObject([{ code: '500103004002' }]);
});
