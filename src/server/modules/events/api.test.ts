import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#server/modules/identity/index.ts';
import { eventRoutes } from '#contract/events.ts';
import { publicRoutes } from '#contract/public.ts';
import { createEventsWorld, startMs, type World } from '#test/helpers/events-world.ts';

let world: World;
beforeAll(async () => {
  world = await createEventsWorld();
});
afterAll(() => world.close());
beforeEach(() => world.clock.set(startMs));

const minute = 60_000;
/** In 东村一格. */
const here = { lon: 106.505, lat: 29.505 };

type Verb = Exclude<
  keyof typeof eventRoutes,
  'list' | 'map' | 'board' | 'get' | 'similar' | 'candidates' | 'report' | 'selfHandle' | 'bulkFile'
>;

/** Sends a command the way the door does: body parsed by the contract. */
async function send(who: Actor, id: string, verb: Verb, body: Record<string, unknown> = {}) {
  const parsed = eventRoutes[verb].body.parse({ opId: randomUUID(), ...body });
  const handler = world.events.handlers[verb] as (
    input: unknown,
    ctx: { actor: Actor },
  ) => Promise<{ id: string; status: string; version: number; ledgerId: string }>;
  return handler({ params: { id }, query: {}, body: parsed }, { actor: who });
}
const report = (who: Actor, body: Record<string, unknown> = {}) =>
  world.events.handlers.report(
    {
      params: {},
      query: {},
      body: eventRoutes.report.body.parse({
        opId: randomUUID(),
        categoryCode: 'E0121',
        title: '黄葛树倾斜',
        ...here,
        ...body,
      }),
    },
    { actor: who },
  );
const reportByResident = (body: Record<string, unknown> = {}) =>
  world.events.publicHandlers.report(
    {
      params: {},
      query: {},
      body: publicRoutes.report.body.parse({
        opId: randomUUID(),
        categoryCode: 'E0121',
        title: '黄葛树倾斜',
        ...here,
        ...body,
      }),
    },
    {},
  );
const get = (who: Actor, id: string) =>
  world.events.handlers.get({ params: { id }, query: {}, body: {} }, { actor: who });
const receipt = (secret: string) =>
  world.events.publicHandlers.receipt({ params: { secret }, query: {}, body: {} }, {});
const taskOf = async (who: Actor, id: string, unitId: string) =>
  (await get(who, id)).tasks.find((task) => task.unit.id === unitId && task.status !== 'returned')?.id ?? '';

/** A tree that has gone up to the street and lies filed there. */
async function filedAtStreet(priority?: number): Promise<string> {
  const { id } = await report(world.as.gridWorker, priority === undefined ? {} : { priority });
  await send(world.as.gridWorker, id, 'escalate', { reason: '社区处理不了' });
  await send(world.as.intake, id, 'file');
  return id;
}

/** … and that the city-management post has accepted. */
async function handledByPost(priority?: number): Promise<{ id: string; taskId: string }> {
  const id = await filedAtStreet(priority);
  await send(world.as.dispatcher, id, 'dispatch', { leadUnitId: world.unit.cityPost });
  const taskId = await taskOf(world.as.dispatcher, id, world.unit.cityPost);
  await send(world.as.postHandler, id, 'accept', { taskId });
  return { id, taskId };
}

describe('story 1, the tree', () => {
  it('goes level by level from a phone to the district bureau and back', async () => {
    const { as, unit, clock } = world;
    const made = await reportByResident({ description: '树干倾斜，有白蚁', phone: '13800000000' });
    expect(made).toMatchObject({ status: 'reported', outside: false, areaName: '东村一格' });
    expect(made.number).toMatch(/^20260615-\d{6}$/);

    clock.advance(5 * minute);
    await send(as.gridWorker, made.id, 'receive');
    await send(as.gridWorker, made.id, 'verify', { outcome: 'confirmed', note: '确有白蚁' });
    await send(as.gridWorker, made.id, 'escalate', { reason: '社区处理不了' });
    await send(as.intake, made.id, 'file');
    await send(as.dispatcher, made.id, 'escalate', { reason: '主干道行道树，需专业除虫' });
    await send(as.districtDispatcher, made.id, 'dispatch', { leadUnitId: unit.bureau, instruction: '请当天处理' });
    const taskId = await taskOf(as.bureauHandler, made.id, unit.bureau);
    for (const [verb, body] of [
      ['accept', {}],
      ['arrive', { note: '已到场' }],
    ] as const)
      await send(as.bureauHandler, made.id, verb, { taskId, ...body });
    clock.advance(60 * minute);
    const finished = await send(as.bureauHandler, made.id, 'finish', {
      taskId,
      result: '喷药并清除蚁巢',
      noEvidenceReason: '照片在局里系统',
    });
    expect(finished.status).toBe('checking');
    expect((await send(as.inspector, made.id, 'check', { outcome: 'pass', note: '现场已看' })).status).toBe('closed');

    const seen = await receipt(made.receiptSecret);
    expect(seen).toMatchObject({ status: 'closed', mayRate: true, mayReopen: true, joined: false });
    expect(seen.steps.map((step) => step.verb)).toEqual([
      'report',
      'receive',
      'verify',
      'escalate',
      'file',
      'escalate',
      'dispatch',
      'accept',
      'arrive',
      'finish',
      'check',
    ]);
    expect(seen.steps.find((step) => step.verb === 'finish')).toMatchObject({
      unitName: '城市管理局',
      words: '喷药并清除蚁巢',
    });
    expect(JSON.stringify(seen)).not.toMatch(/bureauHandler|gridWorker|主干道/);
    await world.events.publicHandlers.rate(
      { params: { secret: made.receiptSecret }, query: {}, body: { opId: randomUUID(), rating: 5, words: '很快' } },
      {},
    );

    const detail = await get(as.districtDispatcher, made.id);
    expect(detail).toMatchObject({ status: 'closed', rating: 5, dueAt: null, tier: 'district' });
    expect(detail.timeline.at(-1)?.verb).toBe('rate');
    expect(detail.clocks.every((one) => one.stoppedAt !== null)).toBe(true);
    expect(detail.clocks.map((one) => one.step).toSorted()).toEqual([
      'accept',
      'check',
      'dispatch',
      'dispatch',
      'file',
      'file',
      'handle',
      'receive',
      'verify',
    ]);
  });
});

describe('the laws of the event', () => {
  it('law 1: whoever handled it may not check it, nor may their unit', async () => {
    const { as } = world;
    const { id, taskId } = await handledByPost();
    await send(as.postHandler, id, 'finish', { taskId, result: '已修剪', noEvidenceReason: '无需照片' });
    const self: Actor = { ...as.postHandler, grants: [...as.postHandler.grants, ...as.inspector.grants] };
    await expect(send(self, id, 'check', { outcome: 'pass' })).rejects.toMatchObject({ code: 'handler_may_not_check' });
    const colleague: Actor = {
      ...as.inspector,
      grants: as.inspector.grants.map((grant) => ({ ...grant, unitId: world.unit.cityPost })),
    };
    await expect(send(colleague, id, 'check', { outcome: 'pass' })).rejects.toMatchObject({
      code: 'handler_may_not_check',
    });
    expect((await send(as.inspector, id, 'check', { outcome: 'pass' })).status).toBe('closed');
  });

  it('law 2: the first receiver owns it until somebody accepts; after two returns only the coordinator decides, and that binds', async () => {
    const { as, unit } = world;
    const id = await filedAtStreet();
    for (const round of [1, 2]) {
      await send(as.dispatcher, id, 'dispatch', { leadUnitId: unit.cityPost });
      const taskId = await taskOf(as.dispatcher, id, unit.cityPost);
      await expect(send(as.postHandler, id, 'return', { taskId, reason: ' ' })).rejects.toThrow();
      expect((await send(as.postHandler, id, 'return', { taskId, reason: '不属于本岗职责' })).status).toBe('filed');
      const detail = await get(as.dispatcher, id);
      expect([detail.ownerUnit.id, detail.returns]).toEqual([unit.streetCentre, round]);
    }
    const coordinate = (await get(as.chief, id)).clocks.find((clock) => clock.stoppedAt === null);
    expect(coordinate).toMatchObject({ step: 'coordinate', kind: 'working_time', amount: 30 });
    await expect(send(as.dispatcher, id, 'dispatch', { leadUnitId: unit.cityPost })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    await send(as.chief, id, 'dispatch', { leadUnitId: unit.cityPost });
    const bound = (await get(as.chief, id)).tasks.find((task) => task.status === 'offered');
    expect(bound?.binding).toBe(true);
    await expect(send(as.postHandler, id, 'return', { taskId: bound?.id, reason: '仍不接' })).rejects.toMatchObject({
      code: 'return_refused',
    });
  });

  it('law 3: no tier pushes down what the library assigns to itself; any tier may push up with a reason', async () => {
    const { as, unit } = world;
    const id = await filedAtStreet();
    await expect(send(as.dispatcher, id, 'delegate', { reason: '社区办' })).rejects.toMatchObject({
      code: 'tier_keeps_it',
    });
    await expect(send(as.districtDispatcher, id, 'file')).rejects.toMatchObject({ code: 'not_allowed' });
    await send(as.dispatcher, id, 'escalate', { reason: '超出街道能力' });
    expect((await get(as.districtDispatcher, id)).ownerUnit.id).toBe(unit.districtCentre);
    expect((await send(as.districtDispatcher, id, 'delegate', { reason: '按库应由街道办理' })).status).toBe('filed');
    expect((await get(as.dispatcher, id)).ownerUnit.id).toBe(unit.streetCentre);
  });

  it('law 4: it reaches checking only when every task is done or waived by the lead', async () => {
    const { as, unit } = world;
    const id = await filedAtStreet();
    await send(as.dispatcher, id, 'escalate', { reason: '多家权属' });
    await send(as.districtDispatcher, id, 'dispatch', {
      leadUnitId: unit.bureau,
      assistUnitIds: [unit.power, unit.telecom],
    });
    const [lead, power, telecom] = await Promise.all(
      [unit.bureau, unit.power, unit.telecom].map((one) => taskOf(as.districtDispatcher, id, one)),
    );
    await send(as.powerHandler, id, 'accept', { taskId: power });
    await send(as.bureauLead, id, 'accept', { taskId: lead });
    expect(
      (await send(as.bureauLead, id, 'finish', { taskId: lead, result: '已处置', noEvidenceReason: '夜间' })).status,
    ).toBe('handling');
    await expect(send(as.inspector, id, 'check', { outcome: 'pass' })).rejects.toMatchObject({ code: 'tasks_open' });
    expect((await send(as.powerHandler, id, 'finish', { taskId: power, result: '线路已检查' })).status).toBe(
      'handling',
    );
    expect((await send(as.districtDispatcher, id, 'waive', { taskId: telecom, reason: '无电信线路' })).status).toBe(
      'checking',
    );
  });

  it('law 5: public reports are verified before filing; P0 is acted on at once and verified on the way', async () => {
    const { as, unit } = world;
    const ordinary = await reportByResident();
    await expect(send(as.secretary, ordinary.id, 'file')).rejects.toMatchObject({
      code: 'transition_not_allowed',
      detail: { need: 'verified' },
    });
    await expect(send(as.dispatcher, ordinary.id, 'dispatch', { leadUnitId: unit.cityPost })).rejects.toMatchObject({
      code: 'transition_not_allowed',
    });
    const urgent = await reportByResident({ categoryCode: 'E0511', title: '电缆井冒烟' });
    expect((await send(as.districtDispatcher, urgent.id, 'dispatch', { leadUnitId: unit.bureau })).status).toBe(
      'dispatched',
    );
    expect((await send(as.gridWorker, urgent.id, 'verify', { outcome: 'confirmed' })).status).toBe('dispatched');
    expect((await get(as.intake, urgent.id)).verifiedAt).not.toBeNull();
    const byVolunteer = await report(as.volunteer);
    expect((await get(as.secretary, byVolunteer.id)).verifiedAt).toBeNull();
  });

  it('law 6: closing needs evidence fitting the category; the reporter may reopen within 15 days under the same number', async () => {
    const { as, clock } = world;
    const made = await reportByResident();
    await send(as.gridWorker, made.id, 'verify', { outcome: 'confirmed' });
    await send(as.gridWorker, made.id, 'escalate', { reason: '社区处理不了' });
    await send(as.intake, made.id, 'file');
    await send(as.dispatcher, made.id, 'dispatch', { leadUnitId: world.unit.cityPost });
    const taskId = await taskOf(as.dispatcher, made.id, world.unit.cityPost);
    await send(as.postHandler, made.id, 'accept', { taskId });
    const noPhotos = { taskId, result: '已扶正' };
    await expect(send(as.postHandler, made.id, 'finish', noPhotos)).rejects.toMatchObject({
      code: 'evidence_needed',
      detail: { missing: ['before', 'after'] },
    });
    const photo = (who: Actor, kind: 'before' | 'after') =>
      world.events.photos.keep(
        who,
        kind,
        { sha256: new Uint8Array(32), storedSha256: new Uint8Array(32), full: new Uint8Array(9), width: 4, height: 3 },
        `photos/${kind}`,
      );
    const [before, after] = [await photo(as.postHandler, 'before'), await photo(as.postHandler, 'after')];
    const stolen = await photo(as.powerHandler, 'after');
    await expect(
      send(as.postHandler, made.id, 'finish', { ...noPhotos, attachments: [before, { id: stolen.id }] }),
    ).rejects.toMatchObject({ code: 'bad_input' });
    await send(as.postHandler, made.id, 'finish', { ...noPhotos, attachments: [{ id: before.id }, after] });
    clock.advance(minute);
    expect((await send(as.inspector, made.id, 'check', { outcome: 'fail', note: '又歪了' })).status).toBe('handling');
    await expect(send(as.postHandler, made.id, 'finish', noPhotos)).rejects.toMatchObject({
      code: 'evidence_needed',
      detail: { missing: ['after'] },
    });
    await send(as.postHandler, made.id, 'finish', { ...noPhotos, noEvidenceReason: '夜间无法拍照' });
    await send(as.inspector, made.id, 'check', { outcome: 'pass' });
    expect(await world.events.photos.find(as.inspector, after.id)).toEqual({
      storageKey: 'photos/after',
      mime: 'image/jpeg',
    });
    expect(await world.events.photos.find(as.northIntake, after.id)).toBeUndefined();
    expect(await world.events.photos.findByReceipt(made.receiptSecret, after.id)).toBeUndefined();

    const reopen = (reason: string) =>
      world.events.publicHandlers.reopen(
        { params: { secret: made.receiptSecret }, query: {}, body: { opId: randomUUID(), reason } },
        {},
      );
    clock.advance(15 * 24 * 60 * minute);
    const again = await reopen('又倒了');
    expect([again.id, again.number, again.status]).toEqual([made.id, made.number, 'filed']);
    await send(as.dispatcher, made.id, 'dispatch', { leadUnitId: world.unit.cityPost });
    const second = (await get(as.dispatcher, made.id)).tasks.find((task) => task.status === 'offered')?.id;
    await send(as.postHandler, made.id, 'accept', { taskId: second });
    await send(as.postHandler, made.id, 'finish', { taskId: second, result: '换杆', noEvidenceReason: '同上' });
    await send(as.inspector, made.id, 'check', { outcome: 'pass' });
    clock.advance(15 * 24 * 60 * minute + 1);
    await expect(reopen('还是不行')).rejects.toMatchObject({ code: 'reopen_too_late' });
  });

  it('law 7: nothing is deleted and every change has its line', async () => {
    const { as, owner } = world;
    const { id } = await handledByPost();
    await send(as.chief, id, 'cancel', { reason: '误录' });
    const { rows } = await owner.query<{ versions: number; lines: number }>(
      "select (select version from event where id::text = $1) as versions, (select count(*)::int from ledger_entry where subject_id = $1 and subject_type = 'event') as lines",
      [id],
    );
    expect(rows[0]?.lines).toBe(rows[0]?.versions);
    await expect(world.database.pool.query('delete from event where id = $1', [id])).rejects.toThrow(
      /permission denied/,
    );
  });

  it('law 8: an opId sent ten times at once has one effect and one answer; another body with it is refused', async () => {
    const { as, owner } = world;
    const body = { opId: randomUUID(), categoryCode: 'E0102', ...here, title: '十次' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => reportByResident(body)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const { rows } = await owner.query("select count(*)::int as n from event where title = '十次'");
    expect(rows[0]).toEqual({ n: 1 });
    const stored = await owner.query<{ text: string }>('select response::text as text from op where op_id = $1', [
      body.opId,
    ]);
    expect(stored.rows[0]?.text).not.toContain(answers[0]?.receiptSecret);
    await expect(reportByResident({ ...body, title: '别的' })).rejects.toMatchObject({ code: 'op_reused' });
    const urge = { opId: randomUUID(), note: '快一点' };
    await Promise.all(Array.from({ length: 10 }, () => send(as.intake, answers[0]?.id ?? '', 'urge', urge)));
    expect((await get(as.intake, answers[0]?.id ?? '')).urges).toBe(1);
  });
});

describe('one matter, several reporters', () => {
  it('suggests what lies within 50 m and 30 days, lets others follow, and each has a receipt of their own', async () => {
    const first = await reportByResident({
      categoryCode: 'E0506',
      title: '张某家门口积水',
      description: '电话13900000000',
      lon: 106.531,
      lat: 29.511,
    });
    const near = await world.events.publicHandlers.similar(
      { params: {}, query: { categoryCode: 'E0504', lon: 106.5312, lat: 29.511 }, body: {} },
      {},
    );
    expect(near.items.map((item) => item.id)).toEqual([first.id]);
    const far = await world.events.publicHandlers.similar(
      { params: {}, query: { categoryCode: 'E0504', lon: 106.5316, lat: 29.511 }, body: {} },
      {},
    );
    expect(far.items).toEqual([]);
    const joined = await reportByResident({
      categoryCode: 'E0506',
      title: '',
      description: '我家也淹了',
      followEventId: first.id,
      lon: 106.531,
      lat: 29.511,
    });
    expect([joined.id, joined.receiptSecret === first.receiptSecret]).toEqual([first.id, false]);
    const theirs = await receipt(joined.receiptSecret);
    expect(theirs).toMatchObject({ joined: true, description: '我家也淹了', title: '道路积水' });
    expect(JSON.stringify(theirs)).not.toMatch(/张某|13900000000/);
    expect((await get(world.as.intake, first.id)).reportCount).toBe(2);
  });

  it('merges and unmerges without taking anybody their receipt', async () => {
    const { as, clock } = world;
    const kept = await report(as.gridWorker, { title: '主件' });
    const other = await reportByResident({ title: '重复件' });
    const follower = await reportByResident({ followEventId: other.id, description: '同感' });
    clock.advance(minute);
    await send(as.secretary, other.id, 'merge', { intoId: kept.id });
    expect((await get(as.secretary, kept.id)).reportCount).toBe(3);
    await send(as.secretary, kept.id, 'escalate', { reason: '上报' });
    clock.advance(minute);
    await send(as.intake, kept.id, 'file');
    expect(await receipt(other.receiptSecret)).toMatchObject({
      number: other.number,
      title: '重复件',
      status: 'filed',
      joined: true,
    });
    await expect(send(as.intake, kept.id, 'merge', { intoId: kept.id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(send(as.intake, kept.id, 'merge', { intoId: other.id })).rejects.toMatchObject({
      code: 'merge_refused',
    });
    await send(as.secretary, other.id, 'unmerge', { reason: '不是一件事' });
    expect(await receipt(other.receiptSecret)).toMatchObject({ status: 'reported', joined: false });
    expect(await receipt(follower.receiptSecret)).toMatchObject({ status: 'reported', joined: true });
    expect([(await get(as.secretary, kept.id)).reportCount, (await get(as.secretary, other.id)).reportCount]).toEqual([
      1, 2,
    ]);
    const { clocks } = await get(as.secretary, other.id);
    expect(clocks[0]).toMatchObject({ step: 'receive', paused: false, pauses: [{ reason: 'merged' }] });
  });
});

describe('time', () => {
  it('rings at 80, 100 and 150 percent, each once, each on the timeline', async () => {
    const { as, clock, unit, events } = world;
    await events.jobs.ringClocks(10_000);
    const made = await reportByResident({ categoryCode: 'E0102', lon: 106.525, lat: 29.505 }); // P3: received within 30 working minutes
    const rung = async () =>
      (await get(as.intake, made.id)).timeline
        .filter((line) => line.verb === 'escalate_clock')
        .map((line) => [line.data['mark'], line.data['notifyUnitId']]);
    const ringAt = async (minutes: number) => {
      clock.set(startMs + minutes * minute);
      await events.jobs.ringClocks(10_000);
      return rung();
    };
    expect(await ringAt(23.9)).toEqual([]);
    expect(await ringAt(24)).toEqual([[80, unit.west]]);
    expect(await ringAt(29.9)).toHaveLength(1);
    expect((await ringAt(30)).at(-1)).toEqual([100, unit.west]);
    expect((await get(as.intake, made.id)).late).toBe(true);
    expect((await ringAt(45)).at(-1)).toEqual([150, unit.streetCentre]);
    expect(await ringAt(500)).toHaveLength(3);
  });

  it('stands still while shelved and runs on afterwards', async () => {
    const { as, clock } = world;
    const { id } = await handledByPost();
    const due = (await get(as.dispatcher, id)).dueAt ?? '';
    await send(as.dispatcher, id, 'shelve', { reason: '等待资金', reviewAt: '2026-07-15T00:00:00Z' });
    expect((await get(as.dispatcher, id)).dueAt).toBeNull();
    clock.advance(3 * 60 * minute);
    expect((await send(as.dispatcher, id, 'resume')).status).toBe('handling');
    expect(Date.parse((await get(as.dispatcher, id)).dueAt ?? '')).toBe(Date.parse(due) + 3 * 60 * minute);
  });

  it('grants an extension asked for before the due, and not one after it', async () => {
    const { as, clock } = world;
    const { id, taskId } = await handledByPost();
    const ask = { taskId, amount: 120, kind: 'continuous', reason: '等配件' };
    await send(as.postHandler, id, 'askExtension', ask);
    const before = await get(as.dispatcher, id);
    await send(as.dispatcher, id, 'grantExtension', { extensionId: before.extensions[0]?.id });
    expect(Date.parse((await get(as.dispatcher, id)).dueAt ?? '')).toBe(Date.parse(before.dueAt ?? '') + 120 * minute);
    clock.advance(60 * 24 * 60 * minute);
    await expect(send(as.postHandler, id, 'askExtension', ask)).rejects.toMatchObject({ code: 'extension_too_late' });
  });
});

describe('place and sight', () => {
  it('loses no report: outside every area it goes to the street named, or to the highest desk', async () => {
    const { as, unit } = world;
    const nowhere = await reportByResident({ lon: 100, lat: 20 });
    expect(nowhere.outside).toBe(true);
    expect((await get(as.cityChief, nowhere.id)).ownerUnit.id).toBe(unit.cityCentre);
    const named = await reportByResident({ lon: 100, lat: 20, areaCode: '500103004' });
    expect(named).toMatchObject({ outside: true, areaName: '两江街道' });
    expect((await get(as.intake, named.id)).ownerUnit.id).toBe(unit.streetCentre);
    const noCommunity = await reportByResident({ lon: 106.51, lat: 29.53 });
    expect((await get(as.intake, noCommunity.id)).ownerUnit.id).toBe(unit.streetCentre);
    await expect(reportByResident({ lon: null, lat: null })).rejects.toMatchObject({ code: 'bad_input' });
  });

  it('moves to the right desk when the place was wrong, even out of the sight of whoever moved it', async () => {
    const { as, unit } = world;
    const { id } = await report(as.gridWorker);
    await send(as.secretary, id, 'relocate', { lon: 106.57, lat: 29.57 });
    expect((await get(as.northIntake, id)).ownerUnit.id).toBe(unit.northCentre);
    await expect(get(as.secretary, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lets a desk that sees only what it holds push up what then leaves its sight', async () => {
    const id = await filedAtStreet();
    const narrow: Actor = {
      ...world.as.dispatcher,
      grants: world.as.dispatcher.grants.map((grant) => ({ ...grant, areaCode: null })),
    };
    expect((await send(narrow, id, 'escalate', { reason: '上报区级' })).status).toBe('filed');
    await expect(get(narrow, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('shows nobody what is not theirs: absent and forbidden look the same, and without a scope there is nothing', async () => {
    const { as, unit } = world;
    const id = await filedAtStreet();
    const strange = await get(as.northIntake, id).catch((error: unknown) => error);
    expect(await get(as.northIntake, randomUUID()).catch((error: unknown) => error)).toEqual(strange);
    await expect(send(as.northIntake, id, 'urge')).rejects.toMatchObject({ code: 'not_found' });
    await expect(get(as.bureauHandler, id)).rejects.toMatchObject({ code: 'not_found' });
    await send(as.dispatcher, id, 'escalate', { reason: '上报区级' });
    await send(as.districtDispatcher, id, 'dispatch', { leadUnitId: unit.bureau });
    expect((await get(as.bureauHandler, id)).allowed.map((one) => one.verb).toSorted()).toEqual([
      'accept',
      'note',
      'record_call',
      'return',
      'urge',
    ]);
    expect((await world.database.pool.query('select count(*)::int as n from event')).rows).toEqual([{ n: 0 }]);
  });

  it('pages the queue without a gap or a repetition, in every order, for areas and for units', async () => {
    const { as, clock } = world;
    for (let k = 0; k < 12; k++) {
      clock.advance(minute);
      await handledByPost(k % 4);
    }
    const pages = async (who: Actor, query: Record<string, unknown>) => {
      const all: string[] = [];
      for (let cursor: string | undefined; ;) {
        const parsed = eventRoutes.list.query.parse({
          ...query,
          limit: 5,
          ...(cursor === undefined ? {} : { cursor }),
        });
        const page = await world.events.handlers.list({ params: {}, query: parsed, body: {} }, { actor: who });
        all.push(...page.items.map((item) => item.id));
        if (page.next === null) return all;
        cursor = page.next;
      }
    };
    for (const who of [as.intake, as.districtChief, as.cityChief, as.postHandler, as.gridWorker]) {
      const orders = await Promise.all(['newest', 'due', 'priority'].map((sort) => pages(who, { sort, open: 'true' })));
      expect(orders[0]?.length).toBeGreaterThan(10);
      for (const ids of orders) {
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.toSorted()).toEqual(orders[0]?.toSorted());
      }
    }
    const all = await pages(as.intake, {});
    for (const query of [
      { status: 'handling' },
      { priority: '0,1' },
      { categoryCode: 'E01' },
      { channel: 'resident' },
      { areaCode: '500103004001' },
      { tier: 'street' },
      { late: 'true' },
      { unitId: world.unit.cityPost },
      { mine: 'true' },
      { q: '黄葛' },
      { q: '20260615' },
    ]) {
      const some = await pages(as.intake, query);
      expect(some.length).toBeLessThanOrEqual(all.length);
      expect(new Set(some).size).toBe(some.length);
    }
    expect(await pages(as.northIntake, { unitId: world.unit.cityPost })).toEqual([]);
    const board = await world.events.handlers.board({ params: {}, query: {}, body: {} }, { actor: as.intake });
    expect(board.open.reduce((sum, row) => sum + row.count, 0)).toBe((await pages(as.intake, { open: 'true' })).length);
    expect(board.reportedThisMonth).toBe(all.length);
    expect(board.mine).toBe((await pages(as.intake, { mine: 'true' })).length);
    const map = await world.events.handlers.map(
      {
        params: {},
        query: eventRoutes.map.query.parse({
          west: '106.5',
          south: '29.5',
          east: '106.51',
          north: '29.51',
          open: 'true',
        }),
        body: {},
      },
      { actor: as.intake },
    );
    expect(map.points.length).toBeGreaterThan(10);
  });
});
