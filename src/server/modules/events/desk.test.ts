import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventRoutes } from '#contract/events.ts';
import { libraryRoutes } from '#contract/library.ts';
import { publicRoutes } from '#contract/public.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { createEventsWorld, startMs, type World } from '#test/helpers/events-world.ts';

let world: World;
beforeAll(async () => {
  world = await createEventsWorld({ sampleShare: 0 });
});
afterAll(() => world.close());
beforeEach(() => world.clock.set(startMs));

const here = { lon: 106.505, lat: 29.505 };
const minute = 60_000;
const admin = (): Actor => ({ ...world.as.chief, grants: [] });

const report = (who: Actor, body: Record<string, unknown> = {}) =>
  world.events.handlers.report(
    {
      params: {},
      query: {},
      body: eventRoutes.report.body.parse({ opId: randomUUID(), categoryCode: 'E0102', ...here, ...body }),
    },
    { actor: who },
  );
const selfHandle = (who: Actor, body: Record<string, unknown> = {}) =>
  world.events.handlers.selfHandle(
    {
      params: {},
      query: {},
      body: eventRoutes.selfHandle.body.parse({
        opId: randomUUID(),
        categoryCode: 'E0102',
        ...here,
        result: '已清走',
        ...body,
      }),
    },
    { actor: who },
  );
const get = async (who: Actor, id: string) =>
  eventRoutes.get.response.parse(
    await world.events.handlers.get({ params: { id }, query: {}, body: {} }, { actor: who }),
  );
const library = () => world.events.libraryHandlers.list({ params: {}, query: {}, body: {} }, { actor: admin() });

describe('small matters', () => {
  it('are reported and done in one act, with evidence, and closed as not sampled', async () => {
    const { as } = world;
    await expect(selfHandle(as.gridWorker)).rejects.toMatchObject({ code: 'evidence_needed' });
    const done = await selfHandle(as.gridWorker, { noEvidenceReason: '手机没电' });
    expect(done.status).toBe('closed');
    const detail = await get(as.intake, done.id);
    expect(detail.tasks).toMatchObject([{ status: 'done', result: '已清走' }]);
    expect(detail.timeline.map((line) => line.verb)).toEqual(['self_handle']);
    await expect(selfHandle(as.volunteer, { noEvidenceReason: '手机没电' })).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });

  it('are checked all the same when they are P0 or P1', async () => {
    expect((await selfHandle(world.as.gridWorker, { priority: 1, noEvidenceReason: '手机没电' })).status).toBe(
      'checking',
    );
  });
});

describe('a desk', () => {
  it('does one act on many events, each succeeding or failing alone', async () => {
    const { as } = world;
    const [one, two] = [await report(as.gridWorker), await report(as.gridWorker)];
    await world.events.handlers.file(
      { params: { id: two.id }, query: {}, body: { opId: randomUUID(), note: '' } },
      { actor: as.secretary },
    );
    const items = [one, two, { id: randomUUID() }].map(({ id }) => ({ id, opId: randomUUID() }));
    const answer = await world.events.handlers.bulkFile(
      { params: { verb: 'file' }, query: {}, body: { items, reason: '' } },
      { actor: as.secretary },
    );
    expect(answer.results.map((result) => result.code)).toEqual([null, 'transition_not_allowed', 'not_found']);
    await expect(
      world.events.handlers.bulkFile(
        { params: { verb: 'supervise' }, query: {}, body: { items, reason: '请督办' } },
        { actor: as.secretary },
      ),
    ).rejects.toMatchObject({ code: 'not_allowed' });
  });

  it('shows on the map what the queue shows, whoever asks for their own work', async () => {
    const { as } = world;
    await report(as.gridWorker, { categoryCode: 'E0121' });
    const window = { west: 106, south: 29, east: 107, north: 30 };
    let seen = 0;
    for (const actor of [as.secretary, as.dispatcher]) {
      for (const scale of [1, 0.02]) {
        const small = {
          west: 106.5 - scale / 2,
          east: 106.5 + scale / 2,
          south: 29.5 - scale / 2,
          north: 29.5 + scale / 2,
        };
        const query = { ...(scale === 1 ? window : small), mine: true };
        const { points } = await world.events.handlers.map(
          { params: {}, query: { ...query, limit: 2000 }, body: {} },
          { actor },
        );
        const { items } = await world.events.handlers.list(
          { params: {}, query: { mine: true, sort: 'newest', limit: 200 }, body: {} },
          { actor },
        );
        const inside = items.filter(
          ({ lon, lat }) =>
            lon !== null &&
            lat !== null &&
            lon >= query.west &&
            lon <= query.east &&
            lat >= query.south &&
            lat <= query.north,
        );
        seen += points.length;
        expect(points.map(({ id }) => id).toSorted()).toEqual(inside.map(({ id }) => id).toSorted());
      }
    }
    expect(seen).toBeGreaterThan(0);
  });

  it('is shown first whom the library suggests', async () => {
    const { as, unit } = world;
    const { id } = await report(as.gridWorker, { categoryCode: 'E0121' });
    await world.events.handlers.escalate(
      { params: { id }, query: {}, body: { opId: randomUUID(), reason: '社区处理不了' } },
      { actor: as.gridWorker },
    );
    const { items } = await world.events.handlers.candidates(
      { params: { id }, query: {}, body: {} },
      { actor: as.dispatcher },
    );
    expect(items[0]).toMatchObject({ unit: { id: unit.cityPost }, suggested: 'lead', openTasks: 0 });
    expect(items.map((item) => item.unit.id)).toContain(unit.east);
  });

  it('corrects category and priority with the limits that belong to them, unless somebody else just did', async () => {
    const { as } = world;
    const { id } = await report(as.gridWorker, { channel: 'hotline', sourceRef: 'H-1' });
    await expect(report(as.gridWorker, { channel: 'hotline', sourceRef: 'H-1' })).rejects.toMatchObject({
      code: 'already_exists',
    });
    const before = await get(as.secretary, id);
    const to = (body: Record<string, unknown>) => ({
      params: { id },
      query: {},
      body: { opId: randomUUID(), reason: '看错了', ...body },
    });
    await world.events.handlers.recategorise(to({ categoryCode: 'E0501' }) as never, { actor: as.secretary });
    const after = await get(as.secretary, id);
    expect([before.priority, after.priority, after.rule.tier]).toEqual([3, 0, 'district']);
    expect(Date.parse(after.dueAt ?? '') - startMs).toBe(minute);
    await world.events.handlers.reprioritise(to({ priority: 2 }) as never, { actor: as.secretary });
    expect(Date.parse((await get(as.secretary, id)).dueAt ?? '') - startMs).toBe(15 * minute);
    await expect(
      world.events.handlers.reprioritise(to({ priority: 1, seenVersion: before.version }) as never, {
        actor: as.secretary,
      }),
    ).rejects.toMatchObject({ code: 'version_conflict' });
  });

  it('tells an offline phone what is possible instead, and keeps when it really happened', async () => {
    const { as, clock } = world;
    const { id } = await report(as.gridWorker);
    clock.advance(30 * minute);
    const at = new Date(startMs + 10 * minute).toISOString();
    await world.events.handlers.receive(
      { params: { id }, query: {}, body: { opId: randomUUID(), note: '', at } },
      { actor: as.gridWorker },
    );
    const line = (await get(as.gridWorker, id)).timeline.at(-1);
    expect([line?.at, line?.data['happenedAt']]).toEqual([new Date(startMs + 30 * minute).toISOString(), at]);
    const refusal = await world.events.handlers
      .receive({ params: { id }, query: {}, body: { opId: randomUUID(), note: '' } }, { actor: as.gridWorker })
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'transition_not_allowed', detail: { status: 'verifying', version: 2 } });
    expect((refusal as { detail: { allowed: { verb: string }[] } }).detail.allowed.map((one) => one.verb)).toContain(
      'escalate',
    );
  });

  it('sends what is beyond its tier up at once when the handler says so', async () => {
    const { as, unit } = world;
    const { id } = await report(as.gridWorker);
    await world.events.handlers.escalate(
      { params: { id }, query: {}, body: { opId: randomUUID(), reason: '社区处理不了' } },
      { actor: as.gridWorker },
    );
    await world.events.handlers.file(
      { params: { id }, query: {}, body: { opId: randomUUID(), note: '' } },
      { actor: as.intake },
    );
    await world.events.handlers.dispatch(
      {
        params: { id },
        query: {},
        body: { opId: randomUUID(), leadUnitId: unit.cityPost, assistUnitIds: [], instruction: '' },
      },
      { actor: as.dispatcher },
    );
    const taskId = (await get(as.dispatcher, id)).tasks[0]?.id ?? '';
    await world.events.handlers.return(
      { params: { id }, query: {}, body: { opId: randomUUID(), taskId, reason: '需区级专业队伍', beyondTier: true } },
      { actor: as.postHandler },
    );
    expect(await get(as.districtDispatcher, id)).toMatchObject({
      status: 'filed',
      ownerUnit: { id: unit.districtCentre },
      returns: 1,
    });
  });
});

describe('the level library', () => {
  it('holds a rule for every class, and knows the category of every rule', async () => {
    const { categories, rules, version } = libraryRoutes.list.response.parse(await library());
    expect(version).toBe(1);
    const parents = new Set(categories.map((category) => category.parentCode));
    const leaves = categories.filter((category) => !parents.has(category.code)).map((category) => category.code);
    expect(rules.map((rule) => rule.categoryCode).toSorted()).toEqual(leaves.toSorted());
    expect(leaves.length).toBeGreaterThan(170);
  });

  it('publishes a change as a new version, and leaves old events under theirs', async () => {
    const { as, clock } = world;
    const old = await report(as.gridWorker, { categoryCode: 'E0106' });
    const before = libraryRoutes.list.response
      .parse(await library())
      .rules.find((rule) => rule.categoryCode === 'E0106');
    if (before === undefined) throw new Error('E0106 has a rule');
    const change = { ...before, tier: 'street' as const, leadRole: 'urban_management' };
    clock.advance(minute);
    const body = { opId: randomUUID(), baseVersion: 1, note: '绿地归街道', changes: [change] };
    const published = await world.events.libraryHandlers.publish({ params: {}, query: {}, body }, { actor: admin() });
    expect(published.version).toBe(2);
    await expect(
      world.events.libraryHandlers.publish(
        { params: {}, query: {}, body: { ...body, opId: randomUUID() } },
        { actor: admin() },
      ),
    ).rejects.toMatchObject({ code: 'version_conflict' });
    const young = await report(as.gridWorker, { categoryCode: 'E0106' });
    expect([(await get(as.secretary, old.id)).rule, (await get(as.secretary, young.id)).rule]).toMatchObject([
      { tier: 'community', version: 1 },
      { tier: 'street', version: 2 },
    ]);
  });

  it('adds and retires categories; a retired one takes no reports', async () => {
    const save = (changes: Record<string, unknown>) =>
      world.events.libraryHandlers.saveCategory(
        {
          params: {},
          query: {},
          body: libraryRoutes.saveCategory.body.parse({
            opId: randomUUID(),
            code: 'G0199',
            parentCode: 'G11',
            name: '梯坎破损',
            publicReport: true,
            sort: 1,
            ...changes,
          }),
        },
        { actor: admin() },
      );
    await save({});
    const offered = async () =>
      publicRoutes.categories.response
        .parse(await world.events.publicHandlers.categories({ params: {}, query: {}, body: {} }, {}))
        .items.map((item) => item.code);
    expect(await offered()).toContain('G0199');
    await expect(report(world.as.gridWorker, { categoryCode: 'G0199' })).rejects.toMatchObject({ code: 'bad_input' });
    await save({ retired: true });
    expect(await offered()).not.toContain('G0199');
    await expect(save({ parentCode: 'G0199' })).rejects.toMatchObject({ code: 'bad_input' });
  });
});

describe('the working calendar', () => {
  it('moves running limits when a day becomes a day of rest, and warns before it ends', async () => {
    const { as } = world;
    const { id } = await report(as.gridWorker, { channel: 'resident' }); // P3: 30 working minutes
    const due = async () => Date.parse((await get(as.secretary, id)).dueAt ?? '');
    expect(await due()).toBe(startMs + 30 * minute);
    const saved = await world.events.libraryHandlers.saveCalendar(
      {
        params: {},
        query: {},
        body: libraryRoutes.saveCalendar.body.parse({
          opId: randomUUID(),
          days: [{ date: '2026-06-15', kind: 'rest', name: '暴雨停工', segments: null }],
        }),
      },
      { actor: admin() },
    );
    expect(saved.retimed).toBeGreaterThan(0);
    expect(await due()).toBe(Date.parse('2026-06-16T01:30:00Z'));
    world.clock.set(Date.parse('2026-12-01T02:00:00Z'));
    const calendar = libraryRoutes.calendar.response.parse(
      await world.events.libraryHandlers.calendar({ params: {}, query: {}, body: {} }, { actor: admin() }),
    );
    expect(calendar.warning).toMatchObject({ state: 'ends_soon', daysLeft: 30 });
    expect(await world.events.jobs.checkCalendar()).toMatchObject({ state: 'ends_soon' });
  });
});

describe('a resident', () => {
  it('finds the place by map or by words', async () => {
    const locate = await world.events.publicHandlers.locate({ params: {}, query: here, body: {} }, {});
    expect(locate).toMatchObject({ outside: false });
    expect(locate.areas.map((area) => area.tier)).toEqual(['city', 'district', 'street', 'community', 'grid']);
    const { items } = await world.events.publicHandlers.streets({ params: {}, query: {}, body: {} }, {});
    expect(items.map((item) => item.name)).toContain('西村社区');
    await world.owner.query(
      "insert into place (id, name, lon, lat, area_code) values (gen_random_uuid(), '健康路1号小游园', 106.505, 29.505, '500103004001')",
    );
    const places = await world.events.publicHandlers.places({ params: {}, query: { q: '小游园' }, body: {} }, {});
    expect(places.items).toEqual([{ name: '健康路1号小游园', areaName: '东村社区', lon: 106.505, lat: 29.505 }]);
  });

  it('adds words and urges by the receipt; a wrong secret opens nothing', async () => {
    const body = publicRoutes.report.body.parse({
      opId: randomUUID(),
      categoryCode: 'E0102',
      ...here,
      phone: '13800000000',
    });
    const made = await world.events.publicHandlers.report({ params: {}, query: {}, body }, {});
    const at = { params: { secret: made.receiptSecret }, query: {} };
    await world.events.publicHandlers.addWords({ ...at, body: { opId: randomUUID(), words: '在垃圾站旁' } }, {});
    await world.events.publicHandlers.urge({ ...at, body: { opId: randomUUID(), words: '' } }, {});
    const seen = publicRoutes.receipt.response.parse(
      await world.events.publicHandlers.receipt({ ...at, body: {} }, {}),
    );
    expect(seen.steps.map((step) => [step.verb, step.words])).toEqual([
      ['report', ''],
      ['note', '在垃圾站旁'],
      ['urge', ''],
    ]);
    await expect(
      world.events.publicHandlers.rate({ ...at, body: { opId: randomUUID(), rating: 5, words: '' } }, {}),
    ).rejects.toMatchObject({ code: 'transition_not_allowed' });
    await expect(
      world.events.publicHandlers.receipt({ params: { secret: 'x'.repeat(32) }, query: {}, body: {} }, {}),
    ).rejects.toMatchObject({ code: 'not_found' });
    const { rows } = await world.owner.query<{ text: string }>(
      'select row_to_json(r)::text as text from event_reporter r where event_id = $1',
      [made.id],
    );
    expect(rows[0]?.text).not.toContain('13800000000');
  });

  it('leaves no upload behind that nobody attached', async () => {
    const photo = {
      sha256: new Uint8Array(32),
      storedSha256: new Uint8Array(32),
      full: new Uint8Array(9),
      width: 4,
      height: 3,
    };
    await world.events.photos.keep(world.as.gridWorker, 'report', photo, 'photos/lonely');
    expect(await world.events.jobs.forgetUnclaimed()).toEqual({ removed: 0, storageKeys: [] });
    world.clock.advance(25 * 60 * minute);
    expect(await world.events.jobs.forgetUnclaimed()).toEqual({ removed: 1, storageKeys: ['photos/lonely'] });
  });
});
