import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventRoutes } from '#contract/events.ts';
import { startMs } from '#test/helpers/events-world.ts';
import { asText, fromXml, openStory, type Story } from './open311.fixture.ts';

let story: Story;
beforeAll(async () => {
  story = await openStory();
});
afterAll(() => story.end());
beforeEach(() => story.world.clock.set(startMs));

type Row = Record<string, unknown>;
const rows = (answer: { json: unknown }) => answer.json as Row[];
const here = { lat: '29.505', long: '106.505' };
const reported = (fields: Record<string, string> = {}) =>
  story.post('/v2/requests.json', { api_key: story.key.city, service_code: 'P0101', ...here, ...fields });
async function numberOf(fields: Record<string, string> = {}): Promise<string> {
  const answer = await reported(fields);
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('service_request_id')]);
  return String(rows(answer)[0]?.['service_request_id']);
}
const requestOf = async (number: string, headers: Record<string, string> = {}) =>
  rows(await story.get(`/v2/requests/${number}.json`, headers))[0] ?? {};
async function rowOf(number: string): Promise<Row> {
  const { rows: found } = await story.world.owner.query<Row>('select * from event where number = $1', [number]);
  return found[0] ?? {};
}
/** A member of the staff acts, the way the door does it. */
async function act(who: keyof Story['world']['as'], verb: 'receive' | 'verify' | 'decline', number: string, body: Row) {
  const handler = story.world.events.handlers[verb] as (input: unknown, ctx: unknown) => Promise<unknown>;
  const parsed = eventRoutes[verb].body.parse({ opId: randomUUID(), ...body });
  const { id } = await rowOf(number);
  await handler({ params: { id }, query: {}, body: parsed }, { actor: story.world.as[who] });
}

describe('discovery and services', () => {
  it('names two endpoints, one of them not production, in both formats', async () => {
    const { json, status, type } = await story.get('/discovery.json');
    expect([status, type]).toEqual([200, 'application/json; charset=utf-8']);
    expect(json).toMatchObject({
      changeset: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      contact: expect.stringContaining('https://www.huangge.example/'),
      key_service: expect.stringContaining('event.report'),
      endpoints: [
        {
          type: 'production',
          url: 'https://www.huangge.example/open311/v2',
          formats: ['text/xml', 'application/json'],
        },
        { type: 'test', url: 'https://www.huangge.example/open311/test/v2', formats: ['text/xml', 'application/json'] },
      ],
    });
    const xml = await story.get('/discovery.xml');
    expect(xml.type).toBe('text/xml; charset=utf-8');
    expect(xml.text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<discovery xmlns="[^"]+Service_Discovery">/);
    expect(fromXml(xml.text)).toEqual({ root: 'discovery', value: asText(json) });
  });

  it('lists what residents may report, in the language asked for, and nothing else', async () => {
    const services = rows(await story.get('/v2/services.json'));
    const codes = services.map((one) => one['service_code']);
    expect(codes).toContain('P0101');
    expect(codes).not.toContain('G1801');
    expect(codes).not.toContain('P01');
    expect(services.find((one) => one['service_code'] === 'P0101')).toEqual({
      service_code: 'P0101',
      service_name: '上水井盖',
      description: 'Water supply manhole cover',
      metadata: true,
      type: 'realtime',
      keywords: '上水井盖,Water supply manhole cover,公用设施,Public utilities',
      group: '公用设施',
    });
    const english = rows(await story.get('/v2/services.json', { 'accept-language': 'en-GB' }));
    expect(english[0]).toMatchObject({ service_name: 'Water supply manhole cover', group: 'Public utilities' });
  });

  it('defines the further questions: order, kind, and the values of a choice', async () => {
    const answer = await story.get('/v2/services/P0101.json');
    const { attributes, service_code } = answer.json as { attributes: Row[]; service_code: string };
    expect(service_code).toBe('P0101');
    expect(
      attributes.map((one) => [one['order'], one['code'], one['datatype'], one['variable'], one['required']]),
    ).toEqual([
      [1, 'place_words', 'string', true, false],
      [2, 'danger', 'singlevaluelist', true, false],
      [3, 'noticed_at', 'datetime', true, false],
      [4, 'external_id', 'string', true, false],
    ]);
    expect(attributes[1]?.['values']).toEqual([
      { key: 'yes', name: '是' },
      { key: 'no', name: '否' },
    ]);
    for (const code of ['P01', 'G1801', 'nothing'])
      expect((await story.get(`/v2/services/${code}.json`)).status).toBe(404);
  });
});

describe('a report', () => {
  it('becomes an event on the desk of its place, with the words of the client and its ledger line', async () => {
    const answer = await reported({
      description: '井盖松动',
      'attribute[place_words]': '3 号楼后门',
      'attribute[danger]': 'yes',
      'attribute[noticed_at]': '2026-06-15T09:30:00+08:00',
      media_url: 'https://photos.example.org/1.jpg',
      first_name: '小明',
      phone: '13800000000',
      email: 'ming@example.org',
    });
    expect(rows(answer)[0]).toEqual({
      service_request_id: expect.stringMatching(/^20260615-\d{6}$/),
      service_notice: expect.stringMatching(/https:\/\/www\.huangge\.example\/r\/\S{20,}$/),
      account_id: null,
    });
    const row = await rowOf(String(rows(answer)[0]?.['service_request_id']));
    expect(row).toMatchObject({
      channel: 'open311',
      grid: '500103004001001',
      owner_unit_id: story.world.unit.east,
      place_words: '3 号楼后门',
      status: 'reported',
      description: '井盖松动\n\n-- Open311 --\ndanger: yes\nmedia_url: https://photos.example.org/1.jpg',
    });
    const { rows: lines } = await story.world.owner.query<{ actor_kind: string; data: Row }>(
      "select actor_kind, data from ledger_entry where subject_id = $1 and action = 'event.report'",
      [row['id']],
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      actor_kind: 'token',
      data: { channel: 'open311', happenedAt: '2026-06-15T01:30:00.000Z' },
    });
  });

  it('sent again under the same number of its own system is not doubled, even at the same moment or with other words', async () => {
    const fields = { 'attribute[fixmystreet_id]': '4711', description: '同一件事' };
    const before = await story.count();
    const answers = await Promise.all(Array.from({ length: 6 }, () => numberOf(fields)));
    expect(new Set(answers).size).toBe(1);
    expect(await numberOf({ ...fields, description: '改了几个字' })).toBe(answers[0]);
    expect((await story.count()).events).toBe(before.events + 1);
    expect(await numberOf({ ...fields, api_key: story.key.other })).not.toBe(answers[0]);
  });

  it('is placed by an address: a named place, else the area it names, else the desk of the district', async () => {
    const { owner } = story.world;
    await owner.query(
      "insert into place (id, name, kind, lon, lat) values ($1, '黄葛小学', 'school', 106.525, 29.505)",
      [randomUUID()],
    );
    const place = { lat: '', long: '' };
    const school = await rowOf(await numberOf({ ...place, address_string: '黄葛小学，西村' }));
    expect(school).toMatchObject({ community: '500103004002', lon: 106.525, place_words: '黄葛小学，西村' });
    const named = await rowOf(await numberOf({ ...place, address_string: '两江街道东村社区某处' }));
    expect(named).toMatchObject({ community: '500103004001', lon: null, owner_unit_id: story.world.unit.east });
    const lost = await rowOf(await numberOf({ ...place, address_string: 'Somewhere over the rainbow' }));
    expect(lost).toMatchObject({ district: '500103', street: null, owner_unit_id: story.world.unit.districtCentre });
    expect(lost['place_words']).toBe('Somewhere over the rainbow');
    const coded = await rowOf(await numberOf({ ...place, address_id: '500103004002' }));
    expect(coded).toMatchObject({ community: '500103004002', owner_unit_id: story.world.unit.west });
  });

  it('outside every area is kept and goes to the highest desk', async () => {
    expect(await rowOf(await numberOf({ lat: '10', long: '20' }))).toMatchObject({
      outside: true,
      owner_unit_id: story.world.unit.cityCentre,
    });
  });

  it.each([
    ['no key', { api_key: '' }, 403],
    ['a wrong key', { api_key: 'hg_wrong' }, 403],
    ['no service', { service_code: '' }, 400],
    ['an unknown service', { service_code: 'X1' }, 404],
    ['a service that is not public', { service_code: 'G1801' }, 404],
    ['half a position', { long: '' }, 400],
    ['no place at all', { lat: '', long: '' }, 400],
    ['a latitude that is none', { lat: '91' }, 400],
    ['a latitude in words', { lat: '29,5' }, 400],
    ['an unknown address_id', { address_id: '999999' }, 400],
    ['a choice that is not offered', { 'attribute[danger]': 'maybe' }, 400],
    ['a time without a zone', { 'attribute[noticed_at]': '2026-06-15T09:30:00' }, 400],
    ['a text of 4,001 characters', { description: 'x'.repeat(4001) }, 400],
    ['a photo address of another kind', { media_url: 'file:///etc/passwd' }, 400],
    ['another jurisdiction', { jurisdiction_id: 'city.gov' }, 404],
  ])('with %s is refused as an array with a number, and leaves nothing', async (_, fields, status) => {
    const before = await story.count();
    const answer = await reported(fields);
    expect([answer.status, answer.json]).toEqual([
      status,
      [{ code: status, description: expect.stringMatching(/.{15,}/) }],
    ]);
    const xml = await story.post('/v2/requests.xml', {
      api_key: story.key.city,
      service_code: 'P0101',
      ...here,
      ...fields,
    });
    expect([xml.status, fromXml(xml.text)]).toEqual([status, { root: 'errors', value: asText(answer.json) }]);
    expect(await story.count()).toEqual(before);
  });

  it('needs a key that may report: neither another scope nor an account without appointment will do', async () => {
    for (const api_key of [story.key.reader, story.key.unappointed])
      expect((await reported({ api_key })).json).toEqual([
        { code: 403, description: expect.stringContaining('event.report') },
      ]);
  });

  it('in another content type, or too large, is refused in the format asked for', async () => {
    const json = await story.post('/v2/requests.json', '{"api_key":1}', 'application/json');
    expect([json.status, json.json]).toEqual([
      400,
      [{ code: 400, description: expect.stringContaining('expected application/x-www-form-urlencoded') }],
    ]);
    const large = await story.post('/v2/requests.xml', { description: 'x'.repeat(70_000) });
    expect([large.status, fromXml(large.text).root]).toEqual([400, 'errors']);
  });

  it('to the test endpoint is answered truly, and then nothing of it remains', async () => {
    const before = await story.count();
    const fields = { api_key: story.key.city, service_code: 'P0101', ...here, 'attribute[external_id]': 'T-1' };
    const answer = await story.post('/test/v2/requests.json', fields);
    expect([answer.status, rows(answer)[0]]).toEqual([
      200,
      {
        service_request_id: expect.stringMatching(/^20260615-\d{6}$/),
        service_notice: expect.stringContaining('测试'),
        account_id: null,
      },
    ]);
    expect(await story.count()).toEqual(before);
    expect((await story.post('/test/v2/requests.json', { ...fields, api_key: 'x' })).status).toBe(403);
    expect((await story.get('/test/v2/services.json')).json).toEqual((await story.get('/v2/services.json')).json);
    expect((await reported({ 'attribute[external_id]': 'T-1' })).status).toBe(200);
  });
});

describe('what the public sees', () => {
  it('of a part of the city: the exact position and the words that came through Open311', async () => {
    const number = await numberOf({
      description: '井盖松动',
      address_string: '3 号楼',
      media_url: 'https://p.example/1.jpg',
    });
    expect(await requestOf(number)).toEqual({
      service_request_id: number,
      status: 'open',
      status_notes: '已收到，等待受理。',
      service_name: '上水井盖',
      service_code: 'P0101',
      description: '井盖松动',
      agency_responsible: '东村居委会',
      service_notice: null,
      requested_datetime: '2026-06-15T02:00:00.000Z',
      updated_datetime: '2026-06-15T02:00:00.000Z',
      expected_datetime: expect.stringMatching(/^2026-06-.*Z$/),
      address: '3 号楼，东村一格，东村社区，两江街道，中区',
      address_id: '500103004001001',
      zipcode: null,
      lat: 29.505,
      long: 106.505,
      media_url: 'https://p.example/1.jpg',
    });
  });

  it('of anything a resident said elsewhere: the category, the grid and its middle, never their words', async () => {
    const made = await story.world.events.publicHandlers.report(
      {
        params: {},
        query: {},
        body: {
          opId: randomUUID(),
          categoryCode: 'E0121',
          title: '王家门口',
          description: '王某某 13800000000',
          lon: 106.501,
          lat: 29.5012,
          placeWords: '王家',
          attachments: [],
          phone: '13800000000',
        },
      },
      {},
    );
    const seen = await requestOf(made.number, { 'accept-language': 'en' });
    expect(seen).toMatchObject({
      description: 'Leaning or diseased tree',
      lat: 29.505,
      long: 106.505,
      media_url: null,
    });
    expect(seen['address']).toBe('东村一格, 东村社区, 两江街道, 中区');
    expect(JSON.stringify(seen)).not.toMatch(/王|138/);
  });

  it('does not include what is no business of the public, not even by its number', async () => {
    const { as, events } = story.world;
    const body = eventRoutes.report.body.parse({
      opId: randomUUID(),
      categoryCode: 'G1801',
      title: '关爱',
      lon: 106.505,
      lat: 29.505,
    });
    const made = await events.handlers.report({ params: {}, query: {}, body }, { actor: as.gridWorker });
    expect((await story.get(`/v2/requests/${made.number}.json`)).status).toBe(404);
    expect((await story.get(`/v2/tokens/${made.number}.json`)).status).toBe(404);
    expect((await story.get(`/v2/requests.json?service_request_id=${made.number}`)).json).toEqual([]);
    expect((await story.get('/v2/requests.json')).text).not.toContain(made.number);
  });

  it('a photo only once it is released', async () => {
    const number = await numberOf();
    const id = randomUUID();
    await story.files.put('photos/aa/x.jpg', Buffer.from('a photo'));
    await story.world.owner.query(
      `insert into attachment (id, event_id, kind, sha256, stored_sha256, mime, bytes, width, height, storage_key, created_at)
       select $1, id, 'report', '', '', 'image/jpeg', 7, 1, 1, 'photos/aa/x', now() from event where number = $2`,
      [id, number],
    );
    expect((await requestOf(number))['media_url']).toBeNull();
    expect((await story.get(`/v2/media/${id}.jpg`)).status).toBe(404);
    await story.world.owner.query('update attachment set public = true where id = $1', [id]);
    expect((await requestOf(number))['media_url']).toBe(`https://www.huangge.example/open311/v2/media/${id}.jpg`);
    const photo = await story.get(`/v2/media/${id}.jpg`);
    expect([photo.status, photo.type, photo.text]).toEqual([200, 'image/jpeg', 'a photo']);
    // A picture of the work is shown to the reporter only.
    await story.world.owner.query("update attachment set kind = 'after' where id = $1", [id]);
    expect((await requestOf(number))['media_url']).toBeNull();
    expect((await story.get(`/v2/media/${id}.jpg`)).status).toBe(404);
  });

  it('a declined report is closed, and a cancelled one no longer shows what was written', async () => {
    const number = await numberOf({ description: '难听的话' });
    await act('gridWorker', 'receive', number, {});
    await act('gridWorker', 'verify', number, { outcome: 'confirmed' });
    story.world.clock.advance(3_600_000);
    await act('secretary', 'decline', number, { reason: '属于小区自管' });
    expect(await requestOf(number)).toMatchObject({
      status: 'closed',
      status_notes: '不予立案。',
      updated_datetime: '2026-06-15T03:00:00.000Z',
      expected_datetime: null,
    });
    await story.world.owner.query("update event set status = 'cancelled' where number = $1", [number]);
    expect(await requestOf(number)).toMatchObject({
      status: 'closed',
      description: '上水井盖',
      status_notes: '已作废。',
    });
  });
});

describe('updates', () => {
  it('tell each step oldest first; what an office wrote only to the client that brought it in', async () => {
    story.world.clock.set(startMs + 86_400_000);
    const number = await numberOf({ description: '井盖' });
    for (const [who, verb, body] of [
      ['gridWorker', 'receive', {}],
      ['gridWorker', 'verify', { outcome: 'confirmed' }],
      ['secretary', 'decline', { reason: '属于小区自管' }],
    ] as const) {
      story.world.clock.advance(60_000);
      await act(who, verb, number, body);
    }
    const span = 'start_date=2026-06-16T00:00:00Z&end_date=2026-06-17T00:00:00Z';
    const anyone = rows(await story.get(`/v2/servicerequestupdates.json?${span}`)).filter(
      (one) => one['service_request_id'] === number,
    );
    expect(anyone.map((one) => [one['status'], one['description']])).toEqual([
      ['INVESTIGATING', '已受理，正在核实。'],
      ['INVESTIGATING', expect.any(String)],
      ['NO_FURTHER_ACTION', '不予立案。'],
    ]);
    expect(anyone[2]).toEqual({
      update_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      service_request_id: number,
      status: 'NO_FURTHER_ACTION',
      updated_datetime: '2026-06-16T02:03:00.000Z',
      description: '不予立案。',
      media_url: null,
    });
    const last = async (key: string) =>
      rows(await story.get(`/v2/servicerequestupdates.json?${span}&api_key=${key}`)).at(-1)?.['description'];
    expect(await last(story.key.city)).toBe('不予立案。\n属于小区自管');
    expect(await last(story.key.other)).toBe('不予立案。');
    const pages = await Promise.all(
      [1, 2, 3, 4].map((page) => story.get(`/v2/servicerequestupdates.json?${span}&page_size=1&page=${page}`)),
    );
    expect(pages.map((page) => rows(page)[0]?.['update_id'])).toEqual([
      ...anyone.map((one) => one['update_id']),
      undefined,
    ]);
    const xml = await story.get(`/v2/servicerequestupdates.xml?${span}`);
    expect(fromXml(xml.text)).toEqual({ root: 'service_requests_updates', value: asText(anyone) });
  });

  it('sent become a note once, change no status, and are for those who have to do with the event', async () => {
    const number = await numberOf();
    const fields = {
      api_key: story.key.city,
      update_id: 'U-1',
      service_request_id: number,
      status: 'CLOSED',
      description: '自己修好了',
      updated_datetime: '2026-06-15T10:00:00+08:00',
    };
    const first = await story.post('/v2/servicerequestupdates.json', fields);
    expect([first.status, first.json]).toEqual([200, [{ update_id: expect.any(String) }]]);
    expect((await story.post('/v2/servicerequestupdates.json', fields)).json).toEqual(first.json);
    const xml = await story.post('/v2/servicerequestupdates.xml', fields);
    expect(fromXml(xml.text)).toEqual({ root: 'service_request_updates', value: first.json });
    const { id, status } = await rowOf(number);
    expect(status).toBe('reported');
    const { rows: notes } = await story.world.owner.query<{ body: Row }>(
      "select p.body from ledger_entry e join ledger_private p on p.entry_id = e.id where e.subject_id = $1 and e.action = 'event.note'",
      [id],
    );
    expect(notes.map((one) => one.body['note'])).toEqual(['自己修好了\nstatus: CLOSED']);
    const before = await story.count();
    for (const [change, refusal] of [
      [{ api_key: story.key.other, update_id: 'U-2' }, 404],
      [{ api_key: 'wrong' }, 403],
      [{ description: '换了内容' }, 400],
      [{ service_request_id: '20200101-000001', update_id: 'U-3' }, 404],
      [{ update_id: '' }, 400],
    ] as const)
      expect((await story.post('/v2/servicerequestupdates.json', { ...fields, ...change })).status).toBe(refusal);
    expect((await story.post('/test/v2/servicerequestupdates.json', { ...fields, update_id: 'U-4' })).status).toBe(200);
    expect(await story.count()).toEqual(before);
  });
});
