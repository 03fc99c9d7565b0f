import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventRoutes } from '#contract/events.ts';
import { ledgerRoutes } from '#contract/ledger.ts';
import { publicRoutes } from '#contract/public.ts';
import { words } from '#contract/route.ts';
import { toAppError } from '#server/http/problem.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { createEventsWorld, startMs, type World } from '#test/helpers/events-world.ts';
import { cellsOf } from './cells.ts';

/** What strangers and careless people send. Every refusal is a sentence; nothing hangs and nothing is "internal". */

let world: World;
beforeAll(async () => {
  world = await createEventsWorld();
});
afterAll(() => world.close());
beforeEach(() => world.clock.set(startMs));

/** In 东村一格. */
const here = { lon: 106.505, lat: 29.505 };
const reportByResident = async (body: Record<string, unknown> = {}) =>
  world.events.publicHandlers.report(
    {
      params: {},
      query: {},
      body: publicRoutes.report.body.parse({ opId: randomUUID(), categoryCode: 'E0121', ...here, ...body }),
    },
    {},
  );
const list = async (who: Actor, query: Record<string, string>) =>
  world.events.handlers.list({ params: {}, query: eventRoutes.list.query.parse(query), body: {} }, { actor: who });
const get = (who: Actor, id: string) =>
  world.events.handlers.get({ params: { id }, query: {}, body: {} }, { actor: who });
const merge = (who: Actor, id: string, intoId: string) =>
  world.events.handlers.merge(
    { params: { id }, query: {}, body: eventRoutes.merge.body.parse({ opId: randomUUID(), intoId }) },
    { actor: who },
  );
const bulk = (who: Actor, verb: 'supervise' | 'file', id: string) =>
  world.events.handlers.bulkFile(
    {
      params: { verb },
      query: {},
      body: eventRoutes.bulkFile.body.parse({ items: [{ id, opId: randomUUID() }], reason: '请尽快' }),
    },
    { actor: who },
  );
/** The code a caller would read. */
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => toAppError(error).code,
  );

describe('places that are not on this earth', () => {
  it.each(['1e300', '-181', 'NaN', 'Infinity'])('a longitude of %s is refused, not searched', (lon) => {
    const query = { categoryCode: 'E0121', lon, lat: '29.5' };
    expect(publicRoutes.similar.query.safeParse(query).success).toBe(false);
    expect(eventRoutes.similar.query.safeParse(query).success).toBe(false);
  });

  it('cells are never counted where a number plus one is the same number', () => {
    expect(cellsOf({ west: 1e300, east: 1e300, south: 29, north: 29 }, 100)).toBeUndefined();
    expect(cellsOf({ west: 106.5, east: 106.5, south: 29.5, north: 29.5 }, 100)).toHaveLength(1);
  });
});

describe('text', () => {
  it('of half an emoji, turned direction and null bytes is kept without them; other fields stay', async () => {
    const made = await reportByResident({
      description: '树倒了\ud83d \u202e快来\u0000人😀',
      placeWords: '3号楼\udc00',
    });
    const seen = await get(world.as.gridWorker, made.id);
    expect(seen.description).toBe('树倒了\ufffd 快来人😀');
    expect(seen.placeWords).toBe('3号楼\ufffd');
    expect(seen.timeline[0]?.words['description']).toBe(seen.description);
  });

  it('of 10,000 characters is refused by the name of its field', async () => {
    const error = await reportByResident({ description: '长'.repeat(10_000) }).catch(toAppError);
    expect(error).toMatchObject({ code: 'bad_input', message: expect.stringContaining('description') as unknown });
    expect(words(5).parse('a\u0000\r\nb')).toBe('a\nb');
  });
});

describe('lists', () => {
  const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  const at = new Date(startMs).toISOString();

  it.each([
    ['an id of dashes', 'newest', cursor('newest', at, '-'.repeat(36))],
    ['a priority that is a word', 'priority', cursor('priority', 'high', at, randomUUID())],
    ['a priority beyond all', 'priority', cursor('priority', 1e12, at, randomUUID())],
    ['no list at all', 'due', Buffer.from('null').toString('base64url')],
  ])('a made-up cursor with %s is bad input', async (_, sort, made) => {
    expect(await refusalOf(list(world.as.intake, { sort, cursor: made }))).toBe('bad_input');
  });

  it('a made-up cursor of the audit is refused before the database is asked', () => {
    const read = (made: string) => ledgerRoutes.audit.query.safeParse({ cursor: made }).success;
    expect(read(`${startMs}_${randomUUID()}`)).toBe(true);
    expect([read(`9999999999999999_${randomUUID()}`), read(`${startMs}_${'-'.repeat(36)}`)]).toEqual([false, false]);
  });

  it.each([
    ['reportedFrom', '0000-01-01T00:00:00Z'],
    ['priority', '99999999999'],
    ['q', 'a\u0000b'],
    ['areaCode', '999999'],
  ])('a filter of %s = %j is bad input', async (name, value) => {
    expect(await refusalOf(list(world.as.intake, { [name]: value }))).toBe('bad_input');
  });
});

describe('an extension', () => {
  it('asked for before a rework is not granted to the limit that began with it; it can be refused', async () => {
    const { as, unit, clock } = world;
    const { handlers } = world.events;
    const { id } = await reportByResident();
    const on = { params: { id }, query: {} };
    const body = <V extends 'dispatch' | 'accept' | 'askExtension' | 'finish' | 'check'>(verb: V, part: object) =>
      eventRoutes[verb].body.parse({ opId: randomUUID(), ...part }) as never;
    await handlers.receive(
      { ...on, body: eventRoutes.receive.body.parse({ opId: randomUUID() }) },
      { actor: as.gridWorker },
    );
    await handlers.verify(
      { ...on, body: eventRoutes.verify.body.parse({ opId: randomUUID(), outcome: 'confirmed' }) },
      { actor: as.gridWorker },
    );
    await handlers.file({ ...on, body: eventRoutes.file.body.parse({ opId: randomUUID() }) }, { actor: as.secretary });
    await handlers.dispatch({ ...on, body: body('dispatch', { leadUnitId: unit.east }) }, { actor: as.secretary });
    const taskId = (await get(as.secretary, id)).tasks[0]?.id ?? '';
    await handlers.accept({ ...on, body: body('accept', { taskId }) }, { actor: as.gridWorker });
    const { kind } = (await get(as.secretary, id)).clocks.find((one) => one.step === 'handle') ?? { kind: null };
    const asked = { taskId, amount: 1, kind, reason: '材料未到' };
    await handlers.askExtension({ ...on, body: body('askExtension', asked) }, { actor: as.gridWorker });
    const extensionId = (await get(as.secretary, id)).extensions[0]?.id ?? '';
    clock.advance(60_000);
    const done = { taskId, result: '已处理', noEvidenceReason: '当时没带手机' };
    await handlers.finish({ ...on, body: body('finish', done) }, { actor: as.gridWorker });
    await handlers.check(
      { ...on, body: body('check', { outcome: 'fail', note: '没有修好' }) },
      { actor: as.inspector },
    );
    const grant = eventRoutes.grantExtension.body.parse({ opId: randomUUID(), extensionId });
    expect(await refusalOf(handlers.grantExtension({ ...on, body: grant }, { actor: as.secretary }))).toBe(
      'transition_not_allowed',
    );
    const refuse = eventRoutes.refuseExtension.body.parse({
      opId: randomUUID(),
      extensionId,
      reason: '已返工，重新计时',
    });
    await handlers.refuseExtension({ ...on, body: refuse }, { actor: as.secretary });
    expect((await get(as.secretary, id)).extensions[0]?.status).toBe('refused');
  });
});

describe('residents', () => {
  it('neither report in nor look around in categories they are not offered', async () => {
    const hidden = await world.owner.query<{ code: string }>(
      'select code from category where not public_report and retired_at is null and code in (select category_code from category_rule) limit 1',
    );
    const code = hidden.rows[0]?.code ?? '';
    expect(code).not.toBe('');
    expect(await refusalOf(reportByResident({ categoryCode: code }))).toBe('bad_input');
    const query = publicRoutes.similar.query.parse({ categoryCode: code, lon: '106.505', lat: '29.505' });
    expect(await refusalOf(world.events.publicHandlers.similar({ params: {}, query, body: {} }, {}))).toBe('bad_input');
  });
});

describe('readers of the ledger', () => {
  it('cannot open a resident’s receipt by sending again what the ledger shows', async () => {
    const opId = randomUUID();
    const body = { opId, description: '路灯不亮' };
    const made = await reportByResident(body);
    expect(await reportByResident(body)).toEqual(made);
    const { rows } = await world.owner.query<{ op_id: string; data: object }>(
      'select op_id, data from ledger_entry where subject_id = $1',
      [made.id],
    );
    expect(JSON.stringify(rows)).not.toContain(opId);
    const tried = await reportByResident({ ...body, opId: rows[0]?.op_id });
    expect(tried.id).not.toBe(made.id);
    const op = await world.owner.query<{ text: string }>('select response::text as text from op where op_id = $1', [
      opId,
    ]);
    expect(op.rows[0]?.text).not.toContain(made.receiptSecret);
  });
});

describe('many at once', () => {
  it('is allowed to whoever may do the verb, and to nobody else', async () => {
    const { as } = world;
    const { id } = await reportByResident();
    expect(eventRoutes.bulkFile.permission).toBe('event.read');
    expect((await bulk(as.inspector, 'supervise', id)).results).toMatchObject([{ id, ok: true }]);
    expect(await refusalOf(bulk(as.volunteer, 'supervise', id))).toBe('not_allowed');
    expect(await refusalOf(bulk(as.postHandler, 'file', id))).toBe('not_allowed');
    expect((await bulk(as.northIntake, 'file', id)).results).toMatchObject([{ ok: false, code: 'not_found' }]);
  });

  it('two events merged into each other at the same moment end as one, with both reporters', async () => {
    const { as } = world;
    for (let round = 0; round < 3; round++) {
      const [a, b] = [await reportByResident(), await reportByResident()];
      const ends = await Promise.all([
        refusalOf(merge(as.secretary, a.id, b.id)),
        refusalOf(merge(as.secretary, b.id, a.id)),
      ]);
      expect(new Set(ends)).toEqual(new Set([null, 'merge_refused']));
      const states = [await get(as.secretary, a.id), await get(as.secretary, b.id)];
      expect(states.filter((one) => one.status === 'merged')).toHaveLength(1);
      expect(states.find((one) => one.status !== 'merged')?.reportCount).toBe(2);
    }
  });
});
