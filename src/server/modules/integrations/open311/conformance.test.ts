import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMs } from '#test/helpers/events-world.ts';
import { asText, fromXml, openStory, type Story } from './open311.fixture.ts';

/** Kept beside the project, not in it: the standard's own schemas. */
const published = join(import.meta.dirname, '../../../../../../shared/data/open311/schemas');
const hasPublished = existsSync(published);
if (!hasPublished)
  process.stdout.write(
    'Skipped: the published Open311 schemas are not beside the project; our own field lists are checked.\n',
  );

let story: Story;
let number: string;
type Row = Record<string, unknown>;
const rows = (answer: { json: unknown }) => answer.json as Row[];
const form = (fields: Record<string, string>) => ({
  api_key: story.key.city,
  service_code: 'P0101',
  lat: '29.505',
  long: '106.505',
  ...fields,
});
const idOf = async (fields: Record<string, string>) =>
  String(rows(await story.post('/v2/requests.json', form(fields)))[0]?.['service_request_id']);
const many = 2300;

beforeAll(async () => {
  story = await openStory();
  number = await idOf({ description: 'first', media_url: 'https://p.example/1.jpg' });
  // Everything that a report fills in, many times over the latest 50 days, with many at the very same moment.
  await story.world.owner.query(
    `insert into event (id, number, title, category_code, rule_version, priority, channel, status, tier, owner_unit_id, city, district, reported_at, updated_at, ended_at)
     select gen_random_uuid(), 'N-' || n, '', case n % 2 when 0 then 'E0121' else 'P0101' end, rule_version, 3, 'resident', case n % 10 when 0 then 'closed' else 'reported' end,
       tier, owner_unit_id, city, district, reported_at - (n / 7) * interval '3 hours' - interval '1 hour', reported_at, case n % 10 when 0 then reported_at end
     from event, generate_series(1, $1::int) n where number = $2`,
    [many, number],
  );
});
afterAll(() => story.end());
beforeEach(() => story.world.clock.set(startMs));

/** What the standard requires of each answer, written down by hand. */
const required: Record<string, string[]> = {
  service: ['service_code', 'service_name', 'description', 'metadata', 'type', 'keywords', 'group'],
  attribute: ['variable', 'code', 'datatype', 'required', 'datatype_description', 'order', 'description'],
  request: [
    'service_request_id',
    'status',
    'status_notes',
    'service_name',
    'service_code',
    'description',
    'agency_responsible',
    'service_notice',
    'requested_datetime',
    'updated_datetime',
    'expected_datetime',
    'address',
    'address_id',
    'zipcode',
    'lat',
    'long',
    'media_url',
  ],
  discovery: ['changeset', 'contact', 'key_service', 'endpoints'],
  endpoint: ['specification', 'url', 'changeset', 'type', 'formats'],
};

describe('the standard', () => {
  it('finds every field it requires, in every row', async () => {
    const { attributes } = (await story.get('/v2/services/P0101.json')).json as { attributes: Row[] };
    const discovery = (await story.get('/discovery.json')).json as Row & { endpoints: Row[] };
    for (const [kind, found] of [
      ['service', rows(await story.get('/v2/services.json'))],
      ['attribute', attributes],
      ['request', rows(await story.get('/v2/requests.json'))],
      ['discovery', [discovery]],
      ['endpoint', discovery.endpoints],
    ] as const) {
      expect(found.length).toBeGreaterThan(0);
      for (const one of found) {
        expect(Object.keys(one)).toEqual(expect.arrayContaining(required[kind] ?? []));
        expect(Object.values(one)).not.toContain('');
        expect(Object.values(one)).not.toContain(undefined);
      }
    }
  });

  it.runIf(hasPublished)('is met to the letter of its published schemas', async () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(ajv);
    const read = (name: string) => JSON.parse(readFileSync(join(published, name), 'utf8')) as object;
    for (const name of ['service.json', 'request.json']) ajv.addSchema(read(name), name);
    for (const [schema, path] of [
      ['services.json', '/v2/services.json'],
      ['service-definition.json', '/v2/services/P0101.json'],
      ['requests.json', '/v2/requests.json'],
      ['requests.json', `/v2/requests/${number}.json`],
    ] as const) {
      const validate = ajv.compile(read(schema));
      validate((await story.get(path)).json);
      expect([path, validate.errors]).toEqual([path, null]);
    }
    const planted = ajv.compile(read('requests.json'));
    expect(planted([{ service_request_id: 1, status: 'open', media_url: '' }])).toBe(false);
  });

  it('says the same in XML and JSON everywhere', async () => {
    for (const [path, root] of [
      ['/discovery', 'discovery'],
      ['/v2/services', 'services'],
      ['/v2/services/P0101', 'service_definition'],
      ['/v2/requests', 'service_requests'],
      [`/v2/requests/${number}`, 'service_requests'],
      [`/v2/tokens/${number}`, 'service_requests'],
      ['/v2/tokens/unknown', 'errors'],
      ['/v2/requests/unknown', 'errors'],
      ['/v2/servicerequestupdates', 'service_requests_updates'],
    ] as const) {
      const [json, xml] = [await story.get(`${path}.json`), await story.get(`${path}.xml`)];
      expect([path, json.type, xml.type, xml.status]).toEqual([
        path,
        'application/json; charset=utf-8',
        'text/xml; charset=utf-8',
        json.status,
      ]);
      expect([path, fromXml(xml.text)]).toEqual([path, { root, value: asText(json.json) }]);
    }
    expect((await story.get('/v2/requests.xml?page=9')).text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<service_requests></service_requests>',
    );
    expect((await story.get(`/v2/tokens/${number}.json`)).json).toEqual([
      { service_request_id: number, token: number },
    ]);
  });

  it('gives back hostile words as they were, in both languages', async () => {
    const hostile =
      'a]]>b <script>alert("1")</script> &amp; \'q\' \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627\u200f 👩‍🚒 e\u0301\n第二行 <!-- x --> -- Open311 --';
    const id = await idOf({ description: `${hostile}\u0000\u0007\uffff\u202e` });
    // What no XML can hold, and what turns text around invisibly, is left out; U+FFFF only in XML.
    expect(rows(await story.get(`/v2/requests/${id}.json`))[0]?.['description']).toBe(`${hostile}\uffff`);
    const xml = await story.get(`/v2/requests/${id}.xml`);
    expect(fromXml(xml.text).value).toMatchObject([{ description: hostile }]);
    expect(xml.text).not.toMatch(/<script|[\u0000\u0007\uffff]/);
    const forged = await idOf({ description: 'x\n\n-- Open311 --\nmedia_url: https://evil.example/', media_url: '' });
    expect(rows(await story.get(`/v2/requests/${forged}.json`))[0]).toMatchObject({
      description: 'x\n\n-- Open311 --\nmedia_url: https://evil.example/',
      media_url: null,
    });
  });
});

describe('lists', () => {
  const numbers = async (query: string) =>
    rows(await story.get(`/v2/requests.json?${query}`)).map((one) => String(one['service_request_id']));

  it('of more than a thousand come in pages that neither overlap nor leave gaps, and end in an empty one', async () => {
    const whole = 'end_date=2026-06-15T02:00:00Z';
    expect((await numbers(whole)).length).toBe(1000);
    const all = [
      ...(await numbers(whole)),
      ...(await numbers(`${whole}&page=2`)),
      ...(await numbers(`${whole}&page=3`)),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(many);
    for (const page of [4, 5, 1_000_000]) expect(await numbers(`${whole}&page=${page}`)).toEqual([]);
    const small: string[] = [];
    for (let page = 1; page <= 40; page++) small.push(...(await numbers(`${whole}&page_size=37&page=${page}`)));
    expect(small).toEqual(all.slice(0, 40 * 37));
    const times = rows(await story.get(`/v2/requests.json?${whole}`)).map((one) => String(one['requested_datetime']));
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('are filtered by number (before everything else), service, status and time', async () => {
    expect(await numbers(`service_request_id=N-2,${number},nothing&status=closed&start_date=bad`)).toEqual([
      number,
      'N-2',
    ]);
    const closed = rows(await story.get('/v2/requests.json?status=closed'));
    expect(closed.length).toBe(many / 10);
    expect(closed.every((one) => one['status'] === 'closed')).toBe(true);
    expect((await numbers('status=open,closed&page_size=5')).length).toBe(5);
    expect((await numbers('status=open&status=closed&page_size=5')).length).toBe(5);
    const trees = rows(await story.get('/v2/requests.json?service_code=E0121,G1801&status=open&page_size=1000'));
    expect(trees.length).toBeGreaterThan(100);
    expect(trees.every((one) => one['service_code'] === 'E0121' && one['status'] === 'open')).toBe(true);
    expect(await numbers('service_code=unknown')).toEqual([]);
  });

  it('understand zones: one instant written in two ways is one instant', async () => {
    const zulu = await numbers('start_date=2026-06-10T00:00:00Z&end_date=2026-06-11T00:00:00Z');
    expect(zulu.length).toBe(56);
    expect(await numbers('start_date=2026-06-10T08:00:00%2B08:00&end_date=2026-06-11T08:00:00%2B08:00')).toEqual(zulu);
    expect(await numbers('start_date=2026-06-10T08:00:00+08:00&end_date=2026-06-10T19:00-05:00')).toEqual(zulu);
  });

  it('look back 90 days unless told otherwise', async () => {
    story.world.clock.set(startMs + 89 * 86_400_000);
    expect(new Set(await numbers('service_code=P0101')).has(number)).toBe(true);
    story.world.clock.set(startMs + 91 * 86_400_000);
    expect(await numbers('')).toEqual([]);
    expect((await numbers('start_date=2026-06-01T00:00:00Z')).length).toBeGreaterThan(0);
    expect((await numbers('end_date=2026-06-16T00:00:00Z')).length).toBe(1000);
  });

  it.each([
    'start_date=2026-06-10T00:00:00',
    'start_date=2026-06-10',
    'start_date=2026-02-30T00:00:00Z',
    'start_date=yesterday',
    'start_date=2026-06-11T00:00:00Z&end_date=2026-06-10T00:00:00Z',
    'start_date=2026-01-01T00:00:00Z&end_date=2026-06-10T00:00:00Z',
    'status=done',
    'page=0',
    'page=-1',
    'page=1.5',
    'page_size=1001',
  ])('refuse %s with an array that says what was expected', async (query) => {
    const answer = await story.get(`/v2/requests.json?${query}`);
    expect([answer.status, answer.json]).toEqual([
      400,
      [{ code: 400, description: expect.stringContaining('expected') }],
    ]);
  });

  it('treat an empty argument as none, and both names of this place as ours', async () => {
    expect((await story.get('/v2/requests.json?status=&start_date=&page=&jurisdiction_id=')).status).toBe(200);
    for (const ours of ['huangge.example', 'www.huangge.example', 'Shancheng'])
      expect((await story.get(`/v2/services.json?jurisdiction_id=${ours}`)).status).toBe(200);
  });
});

describe('the door', () => {
  it('answers what it does not serve in the form of the standard', async () => {
    for (const path of ['/v2/requests.csv', '/v2/requests', '/v2/services/P0101', '/v2/nothing.json', '', '/'])
      expect([path, await story.get(path)]).toMatchObject([path, { status: 404, json: [{ code: 404 }] }]);
    const nothing = await story.get('/v2/nothing.xml');
    expect([nothing.status, nothing.type, fromXml(nothing.text).root]).toEqual([
      404,
      'text/xml; charset=utf-8',
      'errors',
    ]);
  });

  it('lets other pages read, and slows down whoever asks too often', async () => {
    const answer = await story.app.inject({ method: 'GET', url: '/open311/v2/services.json' });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    let last = await story.get('/test/v2/tokens/x.xml');
    for (let i = 0; i < 125 && last.status !== 429; i++) last = await story.get('/test/v2/tokens/x.xml');
    expect([last.status, fromXml(last.text)]).toEqual([
      429,
      { root: 'errors', value: [{ code: '429', description: expect.any(String) }] },
    ]);
  });
});
