import type pg from 'pg';

export interface Question {
  route: 'list' | 'map' | 'board' | 'get';
  name: string;
  query: Record<string, string>;
  id?: string;
}

/** Every single filter of the queue, map windows of three sizes, boards, details: with values the database holds. */
export async function questions(owner: pg.Client): Promise<Question[]> {
  const one = async (sql: string): Promise<string> =>
    String(Object.values((await owner.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0]);
  const post = await one(`select id from unit where kind = 'post' and area_code = '500103004' order by code limit 1`);
  const number = await one(`select number from event where street = '500103004' order by reported_at desc limit 1`);
  const category = await one('select category_code from event group by 1 order by count(*) desc limit 1');
  const rare = await one('select category_code from event group by 1 order by count(*) limit 1');
  const community = await one(`select community from event where street = '500103004' limit 1`);
  const month = (ago: number) => new Date(Date.now() - ago * 30 * 86_400_000).toISOString();
  const filters: (readonly [string, Record<string, string>])[] = [
    ['no filter', {}],
    ...['reported', 'handling', 'checking', 'closed', 'declined', 'cancelled', 'shelved'].map(onlyBy('status')),
    ...['0', '1', '4', '0,1'].map(onlyBy('priority')),
    ...[category, rare, category.slice(0, 3)].map(onlyBy('categoryCode')),
    ...['resident', 'sensor', 'camera'].map(onlyBy('channel')),
    ...['500103004', '500105', community].map(onlyBy('areaCode')),
    ...['community', 'street', 'district', 'city'].map(onlyBy('tier')),
    ...['late', 'supervised', 'open', 'mine'].flatMap((name) => [[`${name} true`, { [name]: 'true' }]] as const),
    ['open false', { open: 'false' }],
    ['unitId', { unitId: post }],
    ['reportedFrom, reportedTo', { reportedFrom: month(14), reportedTo: month(13) }],
    ['q number', { q: number }],
    ['q beginning of a number', { q: number.slice(0, 8) }],
    ['q words', { q: '黄葛' }],
    ['q words found nowhere', { q: '独角兽' }],
    ['sort due', { sort: 'due' }],
    ['sort priority', { sort: 'priority' }],
  ];
  const centre = (
    await owner.query<{ lon: number; lat: number }>(`select lon, lat from place where name like '%黄葛树%' limit 1`)
  ).rows[0] ?? { lon: 106.55, lat: 29.56 };
  const window = (half: number): Record<string, string> => ({
    west: String(centre.lon - half),
    east: String(centre.lon + half),
    south: String(centre.lat - half),
    north: String(centre.lat + half),
  });
  const ids = await owner.query<{ id: string }>(
    `(select id from event where street = '500103004' and status = 'handling' limit 3) union all (select id from event where street = '500103004' and status = 'closed' limit 3)`,
  );
  return [
    ...filters.map(([name, query]): Question => ({ route: 'list', name, query })),
    ...(
      [
        ['small', 0.0015],
        ['street', 0.01],
        ['district', 0.08],
      ] as const
    ).flatMap(([name, half]): Question[] => [
      { route: 'map', name, query: window(half) },
      { route: 'map', name: `${name}, open`, query: { ...window(half), open: 'true' } },
      { route: 'map', name: `${name}, category`, query: { ...window(half), categoryCode: rare } },
    ]),
    { route: 'board', name: 'own', query: {} },
    { route: 'board', name: 'street', query: { areaCode: '500103004' } },
    ...ids.rows.map(({ id }): Question => ({ route: 'get', name: id, query: {}, id })),
  ];
}

const onlyBy =
  (name: string) =>
  (value: string): [string, Record<string, string>] => [`${name} ${value}`, { [name]: value }];
