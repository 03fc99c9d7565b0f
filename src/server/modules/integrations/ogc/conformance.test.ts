import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMs } from '#test/helpers/events-world.ts';
import { openStory, type Answer, type Story } from './ogc.fixture.ts';

/** The abstract tests of OGC 17-069r4, annex A, as far as they fit an endpoint with five collections and tokens. */
let story: Story;
beforeAll(async () => {
  story = await openStory();
  for (let hour = 0; hour < 7; hour++)
    await story.report({ lon: 106.502 + hour / 1000, lat: 29.503, atMs: startMs + hour * 3_600_000 });
  for (const [k, code] of ['A', 'B', 'C', 'D', 'E'].entries()) await story.addRisk(code, [106.51 + k / 100, 29.51]);
  for (const [k, code] of ['quay', 'stair', 'tree'].entries()) await story.addStation(code, [106.51 + k / 100, 29.51]);
  await story.addStation('peak', [106.57, 29.57], true);
  for (const classCode of ['pharmacy', 'park']) await story.addFacility(classCode, [106.505, 29.505]);
  await story.addFacility('pharmacy', [106.57, 29.57]);
});
afterAll(() => story.end());

interface Link {
  href: string;
  rel: string;
  type: string;
}
interface Feature {
  type: string;
  id: string;
  geometry: { type: string; coordinates: number[] } | null;
  properties: Record<string, unknown>;
}
interface Items {
  type: string;
  links: Link[];
  features: Feature[];
  timeStamp: string;
  numberMatched?: number;
  numberReturned: number;
}
const linksOf = (answer: Answer) => (answer.json as { links: Link[] }).links;
const linkOf = (answer: Answer, rel: string, type?: string) =>
  linksOf(answer).find((link) => link.rel === rel && (type === undefined || link.type.startsWith(type)));
const itemsOf = (answer: Answer) => answer.json as Items;
const items = async (path: string, token?: string | null) => {
  const answer = await story.get(`/ogc/collections/${path}`, token);
  expect([path, answer.status, answer.text.slice(0, 200)]).toEqual([path, 200, expect.anything()]);
  return itemsOf(answer);
};
const codes = (page: Items) => page.features.map(({ properties }) => properties['code']);
const collections = ['areas', 'risk-points', 'events', 'stations', 'facilities'];

describe('core: what there is (A.2)', () => {
  it('the landing page leads to definition, conformance and data, and every link of every page resolves', async () => {
    const landing = await story.get('/ogc', null);
    expect([landing.status, landing.type]).toEqual([200, 'application/json; charset=utf-8']);
    expect(linkOf(landing, 'service-desc')?.type).toBe('application/vnd.oai.openapi+json;version=3.0');
    for (const rel of ['self', 'alternate', 'service-doc', 'conformance', 'data'])
      expect(linkOf(landing, rel)?.href, rel).toMatch(story.base);
    const seen = new Set<string>();
    const waiting = [`${story.base}/ogc`];
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const answer = await story.get(at);
      expect([at, answer.status]).toEqual([at, 200]);
      const found = answer.type.startsWith('text/html')
        ? [...answer.text.matchAll(/href="([^"]+)"/g)].map(([, url]) => ({
            href: (url ?? '').replaceAll('&amp;', '&'),
            type: null,
          }))
        : collectLinks(answer.json);
      for (const { href, type } of found) {
        const there = await story.get(href);
        if (type !== null) expect([href, mediaType(there.type)]).toEqual([href, mediaType(type)]);
        waiting.push(href);
      }
    }
    expect(seen.size).toBeGreaterThan(30);
  });

  it('declares core, OpenAPI 3.0, GeoJSON and HTML', async () => {
    const { json } = await story.get('/ogc/conformance', null);
    const named = (json as { conformsTo: string[] }).conformsTo.map((uri) => uri.split('/').at(-1));
    expect(named).toEqual(['core', 'oas30', 'geojson', 'html']);
  });

  it('defines exactly the paths it serves, each parameter with its bounds', async () => {
    const { json } = await story.get('/ogc/api', null);
    const { openapi, paths, servers } = json as {
      openapi: string;
      servers: { url: string }[];
      paths: Record<string, { get: { parameters: { name: string; schema: Record<string, unknown> }[] } }>;
    };
    expect([openapi, servers[0]?.url]).toEqual(['3.0.3', `${story.base}/ogc`]);
    for (const id of collections) {
      const { parameters } = paths[`/collections/${id}/items`]?.get ?? { parameters: [] };
      const named = new Map(parameters.map((one) => [one.name, one.schema]));
      expect(named.get('limit')).toMatchObject({ minimum: 1, maximum: 10_000, default: 100, type: 'integer' });
      expect(named.get('bbox')).toMatchObject({ type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } });
      expect(named.has('datetime')).toBe(true);
    }
  });

  it('each collection says the same alone and among all', async () => {
    const { json } = await story.get('/ogc/collections', null);
    const all = (json as { collections: { id: string; extent: object; links: Link[] }[] }).collections;
    expect(all.map(({ id }) => id)).toEqual(collections);
    for (const one of all) {
      expect((await story.get(`/ogc/collections/${one.id}`, null)).json).toEqual(one);
      expect(one.extent).toMatchObject({ spatial: { bbox: [[106.5, 29.5, 106.6, 29.6]] } });
      expect(one.links.filter(({ rel }) => rel === 'items').map(({ type }) => type)).toEqual([
        'application/geo+json',
        'text/html',
      ]);
    }
  });
});

const mediaType = (text: string) => text.split(';')[0];

function collectLinks(json: unknown): Link[] {
  if (Array.isArray(json)) return json.flatMap(collectLinks);
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => (key === 'links' ? (value as Link[]) : collectLinks(value)));
}

describe('core: items (A.3)', () => {
  it('answers GeoJSON in CRS84 with counts and a time stamp', async () => {
    for (const id of collections) {
      const answer = await story.get(`/ogc/collections/${id}/items`);
      expect([mediaType(answer.type), answer.headers['content-crs']]).toEqual([
        'application/geo+json',
        '<http://www.opengis.net/def/crs/OGC/1.3/CRS84>',
      ]);
      const page = itemsOf(answer);
      expect(page.type).toBe('FeatureCollection');
      expect(page.timeStamp).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
      expect([page.numberReturned, page.numberMatched]).toEqual([page.features.length, page.features.length]);
      for (const feature of page.features) {
        const alone = await story.get(`/ogc/collections/${id}/items/${feature.id}`);
        expect(alone.json).toMatchObject(feature);
        expect(linksOf(alone).map(({ rel }) => rel)).toEqual(['self', 'alternate', 'collection']);
      }
    }
  });

  it('walks all pages by next, each feature once, whatever the limit', async () => {
    for (const [id, count] of [
      ['areas', 7],
      ['risk-points', 5],
      ['events', 7],
      ['stations', 4],
      ['facilities', 3],
    ] as const)
      for (const limit of [1, 2, 3, 7, 8]) {
        const ids: string[] = [];
        let next: string | undefined = `/ogc/collections/${id}/items?limit=${limit}`;
        while (next !== undefined) {
          const answer: Answer = await story.get(next);
          const page = itemsOf(answer);
          expect(page.numberReturned).toBeLessThanOrEqual(limit);
          expect(page.numberMatched).toBe(count);
          ids.push(...page.features.map((one) => one.id));
          next = linkOf(answer, 'next')?.href;
        }
        expect([id, limit, new Set(ids).size, ids.length]).toEqual([id, limit, count, count]);
      }
  });

  it('bounds the limit: too much is cut, nothing and nonsense are refused', async () => {
    expect((await story.get('/ogc/collections/areas/items?limit=1000000')).status).toBe(200);
    for (const bad of ['0', '-1', '1.5', 'many', ''])
      expect([bad, (await story.get(`/ogc/collections/areas/items?limit=${bad}`)).status]).toEqual([bad, 400]);
  });

  it('bbox: what meets it, also across the antimeridian and with heights', async () => {
    expect(codes(await items('risk-points/items?bbox=106.505,29.5,106.525,29.6'))).toEqual(['A', 'B']);
    expect(codes(await items('risk-points/items?bbox=106.505,29.5,-10,106.525,29.6,500'))).toEqual(['A', 'B']);
    expect(codes(await items('risk-points/items?bbox=106.535,29,-170,30'))).toEqual(['D', 'E']);
    expect(codes(await items('risk-points/items?bbox=170,29,106.515,30'))).toEqual(['A']);
    expect(codes(await items('risk-points/items?bbox=-400,-100,400,100'))).toHaveLength(5);
    // A box wholly inside an area, one on its border, one beside it: the outline decides, not the box around it.
    expect(codes(await items('areas/items?bbox=106.571,29.571,106.572,29.572'))).toEqual(['500103', '500103005']);
    expect(codes(await items('areas/items?bbox=106.6,29.6,106.7,29.7'))).toEqual(['500103']);
    expect(codes(await items('areas/items?bbox=106.61,29.5,106.7,29.6'))).toEqual([]);
    expect((await items('events/items?bbox=106.5015,29.5,106.5045,29.51')).numberMatched).toBe(3);
    for (const bad of ['1,2,3', '1,2,3,4,5', 'a,b,c,d', '1,30,2,29', '1,2,,4', 'NaN,1,2,3'])
      expect([bad, (await story.get(`/ogc/collections/areas/items?bbox=${bad}`)).status]).toEqual([bad, 400]);
  });

  it('datetime: moments and intervals, open and closed; what has no time always matches', async () => {
    const at = (hour: number) => new Date(startMs + hour * 3_600_000).toISOString();
    const count = async (datetime: string) =>
      (await items(`events/items?datetime=${encodeURIComponent(datetime)}`)).numberMatched;
    expect(await count(at(2))).toBe(1);
    expect(await count(`${at(2)}/${at(4)}`)).toBe(3);
    expect(await count(`${at(4)}/..`)).toBe(3);
    expect(await count(`${at(4)}/`)).toBe(3);
    expect(await count(`../${at(1)}`)).toBe(2);
    expect(await count(`/${at(1)}`)).toBe(2);
    expect(await count('2026-06-15')).toBe(7);
    expect(await count('2026-06-16/..')).toBe(0);
    expect(await count('2026-06-15T10:00:00+08:00')).toBe(1);
    expect((await items('areas/items?datetime=1999-01-01')).numberMatched).toBe(7);
    for (const bad of ['yesterday', '../..', '2026-06-16/2026-06-15', 'a/b/c', '', '2026-13-01'])
      expect([bad, (await story.get(`/ogc/collections/events/items?datetime=${bad}`)).status]).toEqual([bad, 400]);
  });

  it('filters by properties, and refuses parameters nobody knows', async () => {
    expect(codes(await items('areas/items?tier=street'))).toEqual(['500103004', '500103005']);
    expect(codes(await items('areas/items?parentCode=500103004001'))).toEqual(['500103004001001']);
    expect(codes(await items('risk-points/items?code=C&level=2&state=open'))).toEqual(['C']);
    expect((await items('risk-points/items?level=1')).numberMatched).toBe(0);
    expect((await items('events/items?areaCode=500103004001&open=true')).numberMatched).toBe(7);
    expect((await items('events/items?areaCode=500103005')).numberMatched).toBe(0);
    expect((await items('events/items?areaCode=999999')).numberMatched).toBe(0);
    expect(codes(await items('stations/items?areaCode=500103005'))).toEqual(['peak']);
    expect(codes(await items('stations/items?bbox=106.505,29.5,106.525,29.6'))).toEqual(['quay', 'stair']);
    expect(codes(await items('stations/items?code=tree'))).toEqual(['tree']);
    for (const bad of ['colour=red', 'tier=planet', 'limit=1&limit=2', 'f=xml', 'cursor=nonsense'])
      for (const id of collections)
        expect([bad, id, (await story.get(`/ogc/collections/${id}/items?${bad}`)).status]).toEqual([bad, id, 400]);
    expect((await story.get('/ogc?colour=red', null)).status).toBe(400);
  });

  it('404 for what is not there', async () => {
    const nobody = '01890000-0000-7000-8000-000000000000';
    for (const path of [
      '/ogc/nothing',
      '/ogc/collections/lakes',
      '/ogc/collections/lakes/items',
      '/ogc/collections/areas/items/999999',
      '/ogc/collections/events/items/nothing',
      `/ogc/collections/events/items/${nobody}`,
      `/ogc/collections/risk-points/items/${nobody}`,
    ])
      expect([path, (await story.get(path)).status]).toEqual([path, 404]);
    expect((await story.get('/ogc/')).status).toBe(308);
  });
});

describe('who sees what', () => {
  it('items need a word, and a token gives no more than its own', async () => {
    for (const id of collections) {
      expect([id, (await story.get(`/ogc/collections/${id}/items`, null)).status]).toEqual([id, 401]);
      const wanted = ['events', 'stations', 'facilities'].includes(id) ? 403 : 200;
      expect([id, (await story.get(`/ogc/collections/${id}/items`, story.token.gridsOnly)).status]).toEqual([
        id,
        wanted,
      ]);
    }
  });

  it('another street sees neither events nor risk points, not even by their address', async () => {
    const [event] = (await items('events/items')).features;
    const [point] = (await items('risk-points/items')).features;
    expect((await items('events/items', story.token.northOnly)).numberMatched).toBe(0);
    expect((await items('risk-points/items', story.token.northOnly)).numberMatched).toBe(0);
    for (const [id, one] of [
      ['events', event],
      ['risk-points', point],
    ] as const)
      expect((await story.get(`/ogc/collections/${id}/items/${one?.id}`, story.token.northOnly)).status).toBe(404);
    expect(codes(await items('stations/items', story.token.northOnly))).toEqual(['peak']);
    expect((await story.get('/ogc/collections/stations/items/quay', story.token.northOnly)).status).toBe(404);
  });

  it('of a station the public facts, as they are at this moment', async () => {
    // 16:00 in Shanghai, after the last event.
    const [quay] = (await items('stations/items?openNow=true&areaCode=500103004')).features;
    expect(quay).toMatchObject({ id: 'quay', geometry: { type: 'Point', coordinates: [106.51, 29.51] } });
    expect(quay?.properties).toEqual({
      code: 'quay',
      name: 'quay驿站',
      areaCode: '500103004001',
      address: '东村1号',
      phone: '023-12345678',
      openNow: true,
      openUntil: '2026-06-15T14:00:00.000Z',
      opensAt: null,
      facilities: 'drinking_water',
    });
    expect((await items('stations/items?openNow=false')).numberMatched).toBe(0);
    const night = story.world.clock.now();
    story.world.clock.set(Date.parse('2026-06-15T15:00:00Z'));
    expect((await items('stations/items?openNow=true')).numberMatched).toBe(0);
    expect((await story.get('/ogc/collections/stations/items/peak')).json as unknown).toMatchObject({
      properties: { openNow: false, openUntil: null, opensAt: '2026-06-16T00:30:00.000Z' },
    });
    await story.world.owner.query(`update station set closed_on = '2026-06-14' where code = 'tree'`);
    expect((await story.get('/ogc/collections/stations/items/tree')).status).toBe(404);
    await story.world.owner.query(`update station set closed_on = null where code = 'tree'`);
    story.world.clock.set(night);
  });

  it('of a facility what anybody may know, within the asker’s areas, and whether it is open', async () => {
    const [near] = (await items('facilities/items?classCode=pharmacy&areaCode=500103004')).features;
    expect(near?.properties).toEqual({
      code: near?.id,
      classCode: 'pharmacy',
      className: '药店',
      name: 'pharmacy一号',
      areaCode: '500103004001001',
      address: '东村1号',
      capacity: null,
      hours: '1-7 08:00-18:00',
      openNow: true,
      stepFree: null,
    });
    expect((await items('facilities/items?openNow=false')).numberMatched).toBe(0);
    expect((await items('facilities/items?bbox=106.56,29.56,106.58,29.58')).numberMatched).toBe(1);
    const north = await items('facilities/items', story.token.northOnly);
    expect(north.features.map(({ properties }) => properties?.['areaCode'])).toEqual(['500103005']);
    expect((await story.get(`/ogc/collections/facilities/items/${near?.id}`, story.token.northOnly)).status).toBe(404);
  });

  it('nothing anybody wrote and nobody’s name leaves, in either format', async () => {
    for (const id of collections)
      for (const f of ['json', 'html']) {
        const { text } = await story.get(`/ogc/collections/${id}/items?f=${f}`);
        for (const secret of ['张三', '13800000000', '王五', 'gridWorker']) expect(text).not.toContain(secret);
      }
  });

  it('pages of either language escape what they show', async () => {
    await story.world.owner.query(`update area set name = '<script>alert(1)</script>' where code = '500103005'`);
    await story.world.territory.reload();
    const html = await story.get('/ogc/collections/areas/items', undefined, { accept: 'text/html' });
    expect(html.type).toBe('text/html; charset=utf-8');
    expect(html.text).toContain('&lt;script&gt;');
    expect(html.text).not.toContain('<script>');
    expect(html.text).toContain('<html lang="zh-CN">');
    const english = await story.get('/ogc', null, { accept: 'text/html', 'accept-language': 'en-GB' });
    expect(english.text).toContain('areas, risk points, events, stations, facilities');
    const refused = await story.get('/ogc/collections/events/items', null, { accept: 'text/html' });
    expect([refused.status, refused.type]).toEqual([401, 'text/html; charset=utf-8']);
  });
});
