import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inspectionRoutes } from '#contract/inspections.ts';
import { isAppError } from '#kit/errors.ts';
import { systemActor, type Actor } from '#server/modules/identity/index.ts';
import { buildWorld, dayMs, here, type World } from './inspections.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await buildWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.rounds.length = 0;
  world.standIns.clear();
  await world.owner.query('update risk_point set retired_at = created_at, state = $1 where retired_at is null', [
    'retired',
  ]);
  await world.inspections.plan();
});

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  );

/** A photo uploaded by an actor, as the door keeps it. */
async function upload(actor: { accountId: string | null }): Promise<{ id: string; token: string }> {
  const digest = createHash('sha256').update(randomUUID()).digest();
  const photo = { sha256: digest, storedSha256: digest, full: new Uint8Array(10), width: 4, height: 3 };
  return world.events.photos.keep({ ...systemActor, accountId: actor.accountId }, 'evidence', photo, 'photos/x');
}

describe('the cycle', () => {
  test('asks for a point on the day it is due, once, of the one who answers for it; the list is in the order of haste', async () => {
    const { as, clock } = world;
    const weekly = await world.addPoint({ level: 2 });
    const own = await world.addPoint({ level: 4, cycleDays: 3, name: '自定周期' });
    expect(await world.inspections.plan()).toMatchObject({ cycle: 0 });
    expect((await world.point(own.id)).lookDueAt).toBe(new Date(clock.now() + 3 * dayMs).toISOString());
    clock.advance(3 * dayMs);
    expect(await world.inspections.plan()).toMatchObject({ cycle: 1 });
    expect(await world.inspections.plan()).toMatchObject({ cycle: 0, raised: 0, withdrawn: 0 });
    clock.advance(4 * dayMs);
    await world.inspections.plan();
    const { items } = await world.today(as.gridWorker);
    expect(items.map(({ pointId, reason, late }) => [pointId, reason, late])).toEqual([
      [own.id, 'cycle', true],
      [weekly.id, 'cycle', false],
    ]);
    expect(items[1]?.checklist.map(({ code }) => code)).toContain('fire_way');
    expect((await world.today(as.otherGridWorker)).items).toEqual([]);
    expect((await world.today(as.secretary)).items).toEqual([]); // it is somebody's already
  });

  test('whoever stands in gets what falls due meanwhile', async () => {
    const { as, clock } = world;
    world.standIns.set(as.gridWorker.accountId ?? '', as.secretary.accountId ?? '');
    await world.addPoint({ cycleDays: 1 });
    clock.advance(dayMs);
    await world.inspections.plan();
    expect((await world.today(as.gridWorker)).items).toEqual([]);
    expect((await world.today(as.secretary)).items).toHaveLength(1);
  });

  test('what is not looked at rises: the unit after a day, the street after three; each told once, by units', async () => {
    const { clock, unit } = world;
    await world.addPoint({ cycleDays: 1, unitId: unit.cityPost });
    await world.addPoint({ cycleDays: 1, unitId: unit.cityPost, name: '另一处' });
    clock.advance(2 * dayMs);
    await world.inspections.plan();
    const before = (await world.lines('inspection.overdue')).length;
    await world.inspections.plan();
    const told = await world.lines('inspection.overdue');
    expect(told).toHaveLength(before);
    expect(told.at(-1)?.data).toMatchObject({ rung: 1, count: 2, notifyUnitId: unit.cityPost });
    clock.advance(2 * dayMs);
    expect(await world.inspections.plan()).toMatchObject({ reminded: 2 });
    expect((await world.lines('inspection.overdue')).at(-1)?.data).toMatchObject({
      rung: 2,
      notifyUnitId: unit.streetCentre,
    });
    clock.advance(9 * dayMs);
    expect(await world.inspections.plan()).toMatchObject({ reminded: 0 });
  });

  test('what is asked is listed by area, unit and reason, the one due first at the top', async () => {
    const { as, clock, unit } = world;
    const late = await world.addPoint({ cycleDays: 1, unitId: unit.cityPost });
    const later = await world.addPoint({ cycleDays: 2, name: '另一处' });
    clock.advance(2 * dayMs);
    await world.inspections.plan();
    const ids = async (query: Record<string, unknown>) => {
      const parsed = inspectionRoutes.tasks.query.parse(query);
      const answer = await world.inspections.handlers.tasks(
        { params: {}, query: parsed, body: {} },
        { actor: as.chief },
      );
      return answer.items.map(({ pointId }) => pointId);
    };
    expect(await ids({})).toEqual([late.id, later.id]);
    expect(await ids({ units: unit.cityPost })).toEqual([late.id]);
    expect(await ids({ area: '500103004002' })).toEqual([]);
    expect(await ids({ area: '500103004001', late: 'true' })).toEqual([late.id]);
    expect(await ids({ reasons: 'warning' })).toEqual([]);
  });

  test('a changed rule moves what is asked; a point off the list is no longer asked for', async () => {
    const { clock } = world;
    const point = await world.addPoint({ kind: 'road', level: 1 });
    await world.inspections.plan();
    const rules = await world.inspections.handlers.rules({ params: {}, query: {}, body: {} }, { actor: systemActor });
    const other = rules.items.find(({ kind, level }) => kind === '*' && level === 1);
    expect((await world.point(point.id)).lookDueAt).toBe(
      new Date(clock.now() + (other?.days ?? 0) * dayMs).toISOString(),
    );
    const body = {
      opId: randomUUID(),
      kind: 'road',
      level: 1,
      days: 2,
      followUpDays: 1,
      version: 0,
      source: '街道办通知',
    };
    await world.inspections.handlers.saveRule({ params: {}, query: {}, body }, { actor: systemActor });
    expect(
      await refused(
        world.inspections.handlers.saveRule(
          { params: {}, query: {}, body: { ...body, opId: randomUUID() } },
          { actor: systemActor },
        ),
      ),
    ).toBe('version_conflict');
    clock.advance(2 * dayMs);
    expect(await world.inspections.plan()).toMatchObject({ cycle: 1 });
    await world.owner.query('update risk_point set retired_at = created_at where id = $1', [point.id]);
    expect(await world.inspections.plan()).toMatchObject({ withdrawn: 1 });
  });
});

describe('a warning', () => {
  test('asks for the right points at once and only those, and takes back what was not done when it ends', async () => {
    const { as, clock } = world;
    const slope = await world.addPoint({ kind: 'slope', level: 4 });
    const due = await world.addPoint({ kind: 'slope', cycleDays: 1, name: '到期的坡' });
    const fire = await world.addPoint({ kind: 'fire', level: 4 });
    const west = await world.addPoint({ kind: 'slope', level: 4, lon: 106.525, responsibleId: null });
    clock.advance(dayMs);
    await world.inspections.plan();
    const run = await world.startRound('slope', ['500103004001']);
    expect(await world.inspections.plan()).toMatchObject({ raised: 2 });
    expect(await world.inspections.plan()).toMatchObject({ raised: 0 });
    await world.startRound('slope', ['500103']); // a second one asks only for what the first did not
    expect(await world.inspections.plan()).toMatchObject({ raised: 1 });
    const { items } = await world.today(as.gridWorker);
    const asked = items.map(({ pointId, reason, reasonWords }) => [pointId, reason, reasonWords]);
    expect(asked).toHaveLength(2);
    for (const id of [slope.id, due.id]) expect(asked).toContainEqual([id, 'warning', '暴雨橙色预警']);
    expect(items.map(({ pointId }) => pointId)).not.toContain(fire.id);
    expect((await world.today(as.otherGridWorker)).items.map(({ pointId }) => pointId)).toEqual([west.id]);
    const [task] = items.filter(({ pointId }) => pointId === slope.id);
    await world.record(as.gridWorker, task?.id ?? '', { result: 'fine' });
    expect(await world.inspections.plan()).toMatchObject({ raised: 0 });
    world.rounds.length = 0;
    expect(await world.inspections.plan()).toMatchObject({ withdrawn: 2, cycle: 1 });
    expect((await world.today(as.gridWorker)).items.map(({ pointId, reason }) => [pointId, reason])).toEqual([
      [due.id, 'cycle'],
    ]);
    expect(
      (await world.lines('inspection.raise')).map(({ data }) => [data['on'], data['runId'] === run.id]),
    ).toContainEqual([true, true]);
  });
});

describe('a look', () => {
  test('ends the task, moves the next time, tells the ledger no words, and repeats harmlessly', async () => {
    const { as, clock } = world;
    const point = await world.addPoint({ cycleDays: 5 });
    clock.advance(5 * dayMs);
    await world.inspections.plan();
    const [task] = (await world.today(as.gridWorker)).items;
    const at = new Date(clock.now() - 60_000).toISOString();
    const body = {
      opId: randomUUID(),
      at,
      result: 'fine',
      answers: [{ code: 'fire_way', ok: true }],
      note: '畅通无阻',
    };
    const first = await world.record(as.gridWorker, task?.id ?? '', body);
    expect(await world.record(as.gridWorker, task?.id ?? '', body)).toEqual(first);
    expect(first).toMatchObject({ state: 'done', eventId: null, number: point.code });
    expect(await world.point(point.id)).toMatchObject({
      lastLookAt: at,
      lastLookResult: 'fine',
      lookDueAt: new Date(Date.parse(at) + 5 * dayMs).toISOString(),
    });
    const [line] = (await world.lines('inspection.record')).slice(-1);
    expect(line?.data).toMatchObject({ pointId: point.id, result: 'fine', happenedAt: at });
    expect(JSON.stringify(line)).not.toContain('畅通');
    expect((await world.today(as.gridWorker)).items).toEqual([]);
    const { items } = await world.history(as.secretary, point.id);
    expect(items).toMatchObject([{ note: '畅通无阻', reason: 'cycle', byName: 'gridWorker', answers: [{ ok: true }] }]);
  });

  test('that could not reach the point leaves it asked for', async () => {
    const { as, clock } = world;
    const point = await world.addPoint({ cycleDays: 1 });
    clock.advance(dayMs);
    await world.inspections.plan();
    const [task] = (await world.today(as.gridWorker)).items;
    expect(await world.record(as.gridWorker, task?.id ?? '', { result: 'not_reachable' })).toMatchObject({
      state: 'open',
    });
    const [again] = (await world.today(as.gridWorker)).items;
    expect(again).toMatchObject({ pointId: point.id, lastLook: { result: 'not_reachable' } });
    expect((await world.point(point.id)).lastLookAt).toBeNull();
  });

  test('with a finding makes one event with the photos and a second look; the event knows the point', async () => {
    const { as, clock, owner } = world;
    const point = await world.addPoint({ planCode: 'fire_plan' });
    const photo = await upload(as.gridWorker);
    const finding = { categoryCode: 'E0511', words: '楼道堆满纸箱', priority: 1 };
    const body = { opId: randomUUID(), result: 'finding', attachments: [photo], finding };
    const answer = await world.inspect(as.gridWorker, point.id, body);
    expect(await world.inspect(as.gridWorker, point.id, body)).toEqual(answer);
    expect(answer).toMatchObject({ state: null, status: 'reported' });
    const { rows } = await owner.query(
      'select e.number, e.description, e.lon, e.verified_at is not null as verified, r.source_ref, (select count(*)::int from attachment a where a.event_id = e.id) as photos from event e join event_reporter r on r.event_id = e.id where e.id = $1',
      [answer.eventId],
    );
    expect(rows).toEqual([
      {
        number: answer.eventNumber,
        description: '楼道堆满纸箱',
        lon: point.lon,
        verified: true,
        source_ref: `risk:${point.code}:${body.opId}`,
        photos: 1,
      },
    ]);
    const history = await world.history(as.gridWorker, point.id);
    expect(history).toMatchObject({
      task: { reason: 'follow_up', dueAt: new Date(clock.now() + 3 * dayMs).toISOString() },
      events: [{ number: answer.eventNumber, open: true }],
      items: [{ photos: [{ id: photo.id }], eventId: answer.eventId }],
    });
    expect(new Set(world.opened.map(({ opId, planCode, eventId }) => `${opId} ${planCode} ${eventId}`)).size).toBe(1);
    const asking = { params: { id: answer.eventId ?? '' }, query: {}, body: {} };
    // One of elsewhere, who does see an event of their own.
    await world.inspect(as.otherGridWorker, (await world.addPoint({ lon: 106.525 })).id, {
      result: 'finding',
      finding: { categoryCode: 'E0511', words: '井盖松动' },
    });
    expect(await refused(world.inspections.handlers.ofEvent(asking, { actor: as.otherGridWorker }))).toBe('not_found');
    const ofEvent = await world.inspections.handlers.ofEvent(asking, { actor: as.intake });
    expect(ofEvent).toMatchObject({ point: { code: point.code }, inspection: { id: answer.id } });
    const where = { id: answer.id, photoId: photo.id };
    expect(await world.inspections.findPhoto(as.secretary, where)).toEqual({ storageKey: 'photos/x' });
    expect(await world.inspections.findPhoto(as.otherGridWorker, where)).toBeUndefined();
    expect(await refused(world.inspect(as.gridWorker, point.id, { result: 'fine', attachments: [photo] }))).toBe(
      'bad_input',
    );
  });

  test('of a refused finding leaves nothing behind', async () => {
    const { as, owner } = world;
    const point = await world.addPoint();
    const count = async () => (await owner.query('select count(*)::int as n from inspection')).rows[0];
    const before = await count();
    expect(
      await refused(
        world.inspect(as.gridWorker, point.id, {
          result: 'finding',
          finding: { categoryCode: 'E0511', words: '坏了' },
          attachments: [{ id: randomUUID() }],
        }),
      ),
    ).toBe('bad_input');
    expect(await count()).toEqual(before);
  });

  test('is for those who inspect there: for others the point does not exist', async () => {
    const { as, clock } = world;
    const point = await world.addPoint({ cycleDays: 1 });
    clock.advance(dayMs);
    await world.inspections.plan();
    const [task] = (await world.today(as.gridWorker)).items;
    for (const who of [as.otherGridWorker, as.volunteer, as.intake, as.postHandler])
      expect(await refused(world.record(who, task?.id ?? '', { result: 'fine' }))).toBe('not_found');
    expect(await refused(world.history(as.otherGridWorker, point.id))).toBe('not_found');
    expect(
      await refused(
        world.record(as.gridWorker, task?.id ?? '', { result: 'fine', answers: [{ code: 'gas_hose', ok: true }] }),
      ),
    ).toBe('bad_input');
  });

  test('made before a task was asked and sent late does not answer it, but counts', async () => {
    const { as, clock } = world;
    const point = await world.addPoint({ kind: 'flood' });
    const lookedMs = clock.now();
    clock.advance(3_600_000);
    await world.startRound('flood', ['500103']);
    await world.inspections.plan();
    const answer = await world.inspect(as.gridWorker, point.id, {
      result: 'fine',
      at: new Date(lookedMs).toISOString(),
    });
    expect(answer.state).toBe('open');
    expect((await world.point(point.id)).lastLookAt).toBe(new Date(lookedMs).toISOString());
  });
});

describe('people in care around a point', () => {
  const inform = { name: '样老太', address: '东村1号', addressDetail: '2单元', phone: null, idNumber: null };
  const blank = { contact: null, guardian: null, health: null, birthYear: null, responsibleId: null };
  const settle = (tags: string[], east: number) =>
    world.people.handlers.create(
      {
        params: {},
        query: {},
        body: { opId: randomUUID(), ...inform, ...blank, tags, lon: here.lon + east, lat: here.lat },
      },
      { actor: systemActor },
    );
  const around = async (actor: Actor, id: string) =>
    inspectionRoutes.careAround.response.parse(
      await world.inspections.handlers.careAround({ params: { id }, query: {}, body: {} }, { actor }),
    );

  test('are counted by colour and category, few as few, for those alone who may glance there', async () => {
    const { as } = world;
    const point = await world.addPoint();
    for (let k = 0; k < 6; k++) await settle(['child'], 0.0003);
    await settle(['child'], 0.002);
    await settle(['elder_alone', 'oxygen'], 0.0003);
    await settle(['poor'], 0.006);
    const seen = await around(as.gridWorker, point.id);
    expect(seen.radiiM).toEqual([100, 300]);
    const few = { count: null, atLeast: false };
    expect(Object.fromEntries(seen.tags.map(({ code, within }) => [code, within]))).toEqual({
      child: [
        { count: 6, atLeast: false },
        { count: 6, atLeast: true },
      ],
      elder_alone: [few, few],
      oxygen: [few, few],
    });
    expect(seen.colours.find(({ colour }) => colour === 'red')?.within).toEqual([few, few]);
    expect(JSON.stringify(await around(as.intake, point.id))).not.toMatch(/样|东村|单元/);
    expect((await around(as.volunteer, point.id)).tags).toEqual([]);
    expect(await refused(around(as.northIntake, point.id))).toBe('not_found');
  });
});
