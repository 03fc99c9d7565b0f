import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anonymous, linkActor, systemActor } from '#server/modules/identity/index.ts';
import { startMs } from '#test/helpers/events-world.ts';
import {
  byLink,
  byTheLink,
  createTown,
  dispatchToEleven,
  inTheRoom,
  makeLink,
  onEvent,
  page,
  reportFire,
  room,
  upload,
  type Org,
  type Town,
} from './room.fixture.ts';

let town: Town;
beforeAll(async () => {
  town = await createTown();
});
afterAll(() => town.close());
beforeEach(() => town.clock.set(startMs));

const minute = 60_000;
const open = (who = town.as.intake, id = '', planCode: string | null = 'cable_well_fire') =>
  inTheRoom(town, who, 'open', { id }, { planCode });
const refusal = (code: string) => expect.objectContaining({ code });

/** Ledger lines of an action about an event, oldest first. */
async function lines(action: string, eventId: string) {
  const { rows } = await town.owner.query<{
    kind: string;
    unit: string | null;
    data: Record<string, unknown>;
    words: Record<string, unknown> | null;
    audience: string[];
  }>(
    `select e.actor_kind as kind, e.actor_unit_id as unit, e.data, p.body as words, e.audience
     from ledger_entry e left join ledger_private p on p.entry_id = e.id
     where e.action = $1 and (e.data ->> 'eventId' = $2 or e.subject_id = $2) order by e.at, e.id`,
    [action, eventId],
  );
  return rows;
}

describe('story 2, the cable well', () => {
  it('brings eleven organisations into one room, nine by account and two by signed link, and closes when all are done', async () => {
    const { as, clock, org, handler } = town;
    const id = await reportFire(town);
    expect(await fittingCodes(id)).toEqual([['cable_well_fire', ['library', 'category', 'risk_kind']]]);

    const opened = await open(as.intake, id);
    const before = await room(town, as.intake, id);
    expect(before.operation).toMatchObject({ planCode: 'cable_well_fire', planVersion: 1, nearbyM: 100 });
    expect(before.operation?.steps.map((step) => step.key).slice(0, 4)).toEqual([
      'confirm',
      'call_119',
      'micro_station',
      'cordon',
    ]);
    expect(before.operation?.steps[1]).toMatchObject({ dueAt: '2026-06-15T02:02:00.000Z', call: { number: '119' } });
    expect(before.leadUnit.id).toBe(town.unit.east);

    clock.advance(minute);
    await onEvent(town, as.intake, id, 'recordCall', {
      number: '119',
      calledAt: '2026-06-15T02:01:00Z',
      incidentNumber: 'X-1',
    });
    await inTheRoom(town, as.gridWorker, 'cordon', { id }, { shape: { type: 'circle', lon: 1, lat: 1, radiusM: 30 } });
    await step(id, 'cordon', as.gridWorker);

    const tasks = await dispatchToEleven(town, id);
    expect(Object.values(tasks).filter((task) => task !== '')).toHaveLength(11);

    const secrets = await linksFor(id, tasks);
    clock.advance(minute);
    for (const key of Object.keys(org) as Org[]) await takeUp(id, key, tasks[key], secrets[key]);

    const working = await room(town, as.districtDispatcher, id);
    expect(working.tasks.every((task) => task.status === 'on_site' && task.dueAt !== null)).toBe(true);
    expect(working.leadUnit.id).toBe(org.econ);
    expect(working.calls).toHaveLength(1);
    const arrivals = working.feed.filter((one) => one.verb === 'arrive');
    expect(arrivals).toHaveLength(11);
    expect(arrivals.filter((one) => one.by.viaLink).map((one) => one.by)).toEqual(
      byLink.map((key) => ({ name: `${key}值班员`, unit: expect.objectContaining({ id: org[key] }), viaLink: true })),
    );

    clock.advance(30 * minute);
    const finishers = Object.keys(org) as Org[];
    for (const key of finishers.filter((one) => one !== 'gas')) {
      const answer = await finish(id, key, tasks[key], secrets[key]);
      expect(answer).not.toBe('checking');
    }
    await expect(onEvent(town, as.districtInspector, id, 'check', { outcome: 'pass' })).rejects.toEqual(
      refusal('tasks_open'),
    );
    const waived = await onEvent(town, as.districtDispatcher, id, 'waive', {
      taskId: tasks.gas,
      reason: '井内无燃气管线',
    });
    expect(waived.status).toBe('checking');
    expect((await onEvent(town, as.districtInspector, id, 'check', { outcome: 'pass' })).status).toBe('closed');

    expect(await town.operations.sweep()).toBe(1);
    expect(await town.operations.sweep()).toBe(0);
    const after = await room(town, handler.power, id);
    expect(after.operation?.endedAt).toBe('2026-06-15T02:32:00.000Z');
    expect(after.may).toMatchObject({ message: false, step: false, open: false });
    expect((await lines('operation.end', id))[0]?.data).toMatchObject({
      what: 'event_ended',
      stepsLeft: expect.arrayContaining(['confirm']),
    });
    expect((await lines('operation.open_plan', id))[0]?.data['messageId']).toBeDefined();
    expect(opened.ledgerId).not.toBeNull();
  });

  async function fittingCodes(id: string) {
    const { items } = await town.operations.handlers.fitting(
      { params: { id }, query: {}, body: {} },
      { actor: town.as.intake },
    );
    return items.map((plan) => [plan.code, plan.because]);
  }

  async function step(id: string, key: string, who = town.as.intake) {
    const { operation } = await room(town, who, id);
    const stepId = operation?.steps.find((one) => one.key === key)?.id ?? '';
    return inTheRoom(town, who, 'step', { id, stepId }, { do: 'done' });
  }

  async function linksFor(id: string, tasks: Record<Org, string>): Promise<Partial<Record<Org, string>>> {
    const made: Partial<Record<Org, string>> = {};
    for (const key of byLink) {
      const body = { taskId: tasks[key], phone: '13800000001' };
      const { secret, path, link } = await makeLink(town, town.as.districtDispatcher, id, body);
      expect(path).toBe(`/t/${secret}`);
      expect(link).toMatchObject({ state: 'open', phoneMasked: '138****0001', openedCount: 0 });
      made[key] = secret;
    }
    return made;
  }

  async function takeUp(id: string, key: Org, taskId: string, secret: string | undefined) {
    if (secret === undefined) {
      await onEvent(town, town.handler[key], id, 'accept', { taskId });
      await onEvent(town, town.handler[key], id, 'arrive', { taskId });
      await inTheRoom(town, town.handler[key], 'message', { id }, { words: `${key} 已到` });
      return;
    }
    await expect(byTheLink(town, secret, 'accept')).rejects.toEqual(refusal('not_allowed'));
    await byTheLink(town, secret, 'introduce', { name: `${key}值班员`, phone: '13900000002' });
    await byTheLink(town, secret, 'accept');
    await byTheLink(town, secret, 'arrive', { note: '两人到场' });
    await byTheLink(town, secret, 'progress', { note: '正在核查' });
    await byTheLink(town, secret, 'message', { words: `${key} 到场` });
  }

  async function finish(id: string, key: Org, taskId: string, secret: string | undefined): Promise<string> {
    const body = { result: '已处置完毕', noEvidenceReason: '井下不便拍照' };
    if (secret === undefined) return (await onEvent(town, town.handler[key], id, 'finish', { taskId, ...body })).status;
    await byTheLink(town, secret, 'finish', body);
    return (await room(town, town.as.districtDispatcher, id)).event.status;
  }
});

describe('opening', () => {
  it('happens once: the same opId, the same plan again, and two at once change nothing', async () => {
    const id = await reportFire(town);
    const opId = randomUUID();
    const input = { actor: systemActor, eventId: id, planCode: 'cable_well_fire', opId };
    const [first, second] = await Promise.all([town.operations.openPlan(input), town.operations.openPlan(input)]);
    expect(second).toEqual(first);
    const again = await open(town.as.intake, id);
    expect(again).toMatchObject({ operationId: first?.operationId, ledgerId: null });
    await expect(open(town.as.intake, id, 'fire')).rejects.toEqual(refusal('already_exists'));
    await expect(open(town.as.intake, id, 'no_such_plan')).rejects.toEqual(refusal('not_found'));
    const opening = await lines('operation.open_plan', id);
    expect(opening).toHaveLength(1);
    expect(opening[0]).toMatchObject({
      kind: 'system',
      data: { eventId: id, planCode: 'cable_well_fire', planVersion: 1, steps: 12 },
      audience: expect.arrayContaining(['a:500103', 'a:500103004001001', `u:${town.unit.east}`]),
    });
  });

  it('is for the desk, those above it and the lead; strangers find nothing, neither does a mere reporter', async () => {
    const id = await reportFire(town);
    await expect(open(town.as.gridWorker, id)).resolves.toMatchObject({ eventId: id });
    await dispatchToEleven(town, id);
    await expect(open(town.handler.power, id)).rejects.toEqual(refusal('not_allowed'));
    const other = await reportFire(town, { lon: 106.525, lat: 29.505 });
    await expect(open(town.as.northIntake, other)).rejects.toEqual(refusal('not_found'));
    await expect(room(town, town.as.northIntake, other)).rejects.toEqual(refusal('not_found'));
    await expect(room(town, town.as.gridWorker, other)).rejects.toEqual(refusal('not_found'));
  });

  it('may begin without a plan, take one later, end when the required steps are decided, and go on', async () => {
    const id = await reportFire(town);
    const { as } = town;
    await open(as.chief, id, null);
    expect((await room(town, as.chief, id)).operation).toMatchObject({ planCode: null, steps: [] });
    await open(as.chief, id, 'heat');
    await expect(inTheRoom(town, as.chief, 'end', { id }, { reason: '已处置' })).rejects.toEqual(
      refusal('transition_not_allowed'),
    );
    const { operation } = await room(town, as.chief, id);
    for (const one of operation?.steps.filter((it) => it.required) ?? [])
      await inTheRoom(town, as.chief, 'step', { id, stepId: one.id }, { do: 'skip', reason: '不需要' });
    await inTheRoom(town, as.chief, 'end', { id }, { reason: '已处置' });
    await expect(inTheRoom(town, as.chief, 'message', { id }, { words: '还在吗' })).rejects.toEqual(
      refusal('transition_not_allowed'),
    );
    await open(as.chief, id, 'heat');
    expect((await room(town, as.chief, id)).operation).toMatchObject({ endedAt: null });
    expect(await lines('operation.step', id)).toHaveLength(3);
  });
});

describe('a recorded call', () => {
  it('ticks the step of the plan that asks for this number, in the same act', async () => {
    const { as } = town;
    const id = await reportFire(town);
    await open(as.intake, id);
    const callSteps = async () =>
      ((await room(town, as.intake, id)).operation?.steps ?? []).filter((step) => step.call?.number === '119');
    expect((await callSteps()).map(({ status }) => status)).toEqual(['todo']);
    const call = { number: '1-19', calledAt: new Date(startMs).toISOString(), incidentNumber: 'X119', note: '' };
    const wrong = { ...call, number: '110' };
    await onEvent(town, as.intake, id, 'recordCall', wrong);
    expect((await callSteps()).map(({ status }) => status)).toEqual(['todo']);
    await onEvent(town, as.intake, id, 'recordCall', call);
    expect(await callSteps()).toMatchObject([{ status: 'done' }]);
    const steps = await lines('operation.step', id);
    expect(steps).toMatchObject([{ kind: 'account', data: { do: 'done', status: 'done', late: false } }]);
    // A second call to the same number is a record and nothing else.
    await onEvent(town, as.intake, id, 'recordCall', call);
    expect(await lines('operation.step', id)).toHaveLength(1);
  });
});

describe('the room', () => {
  it('keeps what was said, shows photos, and forgets positions with their time', async () => {
    const { as, clock } = town;
    const id = await reportFire(town);
    await open(as.intake, id);
    const photo = await upload(town, as.gridWorker);
    await expect(inTheRoom(town, as.gridWorker, 'message', { id }, {})).rejects.toEqual(refusal('bad_input'));
    await inTheRoom(town, as.gridWorker, 'message', { id }, { words: '浓烟', attachments: [{ id: photo.id }] });
    await inTheRoom(town, as.gridWorker, 'sharePosition', { id }, { lon: 106.5051, lat: 29.505, minutes: 10 });
    clock.advance(minute);
    const moved = await inTheRoom(town, as.gridWorker, 'sharePosition', { id }, { lon: 106.506, lat: 29.505 });
    expect(moved.ledgerId).toBeNull();

    const seen = await room(town, as.intake, id);
    expect(seen.positions).toMatchObject([{ lon: 106.506, until: '2026-06-15T02:10:00.000Z', mine: false }]);
    expect(seen.feed.filter((one) => one.kind === 'photo')).toMatchObject([
      { words: '浓烟', attachments: [photo.id], by: { name: 'gridWorker', viaLink: false } },
    ]);
    const trail = await town.owner.query(
      "select count(*)::int as n from ledger_entry where data::text like '%106.506%'",
    );
    expect(trail.rows).toEqual([{ n: 0 }]);

    clock.advance(9 * minute);
    expect((await room(town, as.intake, id)).positions).toEqual([]);
    await town.operations.sweep();
    const kept = await town.owner.query('select count(*)::int as n from room_position');
    expect(kept.rows).toEqual([{ n: 0 }]);
    await expect(town.owner.query('set role huangge_app; update room_message set words = null')).rejects.toThrow(
      'permission denied',
    );
    await town.owner.query('reset role');
  });

  it('lifts a cordon once, with a reason, and the drawing stays in the record', async () => {
    const { as } = town;
    const id = await reportFire(town);
    await open(as.intake, id);
    const shape = { type: 'circle', lon: 106.505, lat: 29.505, radiusM: 50 };
    await inTheRoom(town, as.gridWorker, 'cordon', { id }, { shape, words: '禁止靠近' });
    const [cordon] = (await room(town, as.intake, id)).cordons;
    expect(cordon).toMatchObject({ shape, words: '禁止靠近', by: { name: 'gridWorker' } });
    const messageId = cordon?.id ?? '';
    await inTheRoom(town, as.intake, 'liftCordon', { id, messageId }, { reason: '险情解除' });
    await expect(inTheRoom(town, as.intake, 'liftCordon', { id, messageId }, { reason: '再次' })).rejects.toEqual(
      refusal('transition_not_allowed'),
    );
    const after = await room(town, as.intake, id);
    expect(after.cordons).toEqual([]);
    expect(after.feed.map((one) => one.kind)).toEqual(['event', 'system', 'cordon', 'cordon_lift']);
  });

  it('lists people in care only to those who may, and leaves a line with the purpose', async () => {
    const { as, handler } = town;
    const id = await reportFire(town);
    await open(as.intake, id);
    const tasks = await dispatchToEleven(town, id);
    await onEvent(town, handler.econ, id, 'accept', { taskId: tasks.econ });
    const ask = (who: typeof as.intake) =>
      town.operations.nearbyHandlers?.nearby(
        { params: { id }, query: {}, body: { purpose: '逐户告知撤离' } },
        { actor: who },
      );
    // A seat: the masked name and the house, because the event is urgent, its room is open and the purpose is on record.
    expect(await ask(as.intake)).toMatchObject({
      radiusM: 100,
      opened: true,
      people: [{ name: '张**', distanceM: 40 }],
    });
    await expect(ask(handler.econ)).rejects.toEqual(refusal('not_allowed'));
    await expect(ask(as.northIntake)).rejects.toEqual(refusal('not_found'));
    const told = await lines('operation.list_care', id);
    expect(told).toMatchObject([
      { data: { radiusM: 100, people: 1, opened: true }, words: { purpose: '逐户告知撤离' } },
    ]);
    expect(JSON.stringify(told)).not.toContain('张');
  });
});

describe('a signed link', () => {
  /** Eleven dispatched, and one link for 广电. */
  async function linked(hours = 24) {
    const id = await reportFire(town);
    await open(town.as.intake, id);
    const tasks = await dispatchToEleven(town, id);
    const opId = randomUUID();
    const body = { opId, taskId: tasks.broadcasting, phone: '13800000001', hours };
    const made = await makeLink(town, town.as.districtDispatcher, id, body);
    expect((await makeLink(town, town.as.districtDispatcher, id, body)).secret).toBe(made.secret);
    return { id, tasks, ...made };
  }

  it('opens its own task and nothing else, and names nobody', async () => {
    const { id, tasks, secret } = await linked();
    await inTheRoom(town, town.as.intake, 'message', { id }, { words: '请各单位报到' });
    const seen = await page(town, secret);
    expect(seen).toMatchObject({
      state: 'open',
      introduced: null,
      event: { title: '电缆井冒烟', categoryName: '电缆井火情', leadUnit: { id: town.org.econ } },
      task: { id: tasks.broadcasting, status: 'offered', instruction: '请到场核查本单位线缆', late: false },
      allowed: ['accept', 'return', 'note', 'message'],
    });
    expect(seen.task.dueAt).not.toBeNull();
    expect(seen.others).toHaveLength(10);
    expect(seen.messages.map((one) => one.words)).toEqual(['', '请各单位报到']);
    expect(JSON.stringify(seen)).not.toMatch(/gridWorker|intake|1380000/);
    expect((await room(town, town.as.districtDispatcher, id)).links).toMatchObject([{ openedCount: 1 }]);

    await byTheLink(town, secret, 'introduce', { name: '王师傅', phone: '13900000002' });
    await byTheLink(town, secret, 'accept');
    const accepted = (await lines('event.accept', id)).at(-1);
    expect(accepted).toMatchObject({ kind: 'link', unit: town.org.broadcasting, data: { taskId: tasks.broadcasting } });
    expect(accepted?.data['linkId']).toBeDefined();
    const { rows } = await town.owner.query<{ text: string }>(
      'select string_agg(e.data::text || coalesce(p.body::text, $1), $1) as text from ledger_entry e left join ledger_private p on p.entry_id = e.id',
      [''],
    );
    expect(rows[0]?.text).not.toContain('13900000002');
    expect(rows[0]?.text).not.toContain('13800000001');
  });

  it('brings photos that stay with its task, and shows those of the room only', async () => {
    const { id, secret } = await linked();
    await byTheLink(town, secret, 'introduce', { name: '王师傅', phone: '13900000002' });
    const photo = await upload(town, anonymous);
    await byTheLink(town, secret, 'message', { attachments: [{ id: photo.id, token: photo.token }] });
    const other = await upload(town, town.as.gridWorker);
    await onEvent(town, town.as.gridWorker, id, 'note', { note: '内部', attachments: [{ id: other.id }] });
    expect(await town.operations.findPhotoByLink(secret, photo.id)).toBeDefined();
    expect(await town.operations.findPhotoByLink(secret, other.id)).toBeUndefined();
  });

  it('answers clearly after revocation, after its time and after the task was given back', async () => {
    const { id, secret, link, tasks } = await linked();
    await byTheLink(town, secret, 'introduce', { name: '王师傅', phone: '13900000002' });
    await inTheRoom(town, town.as.districtDispatcher, 'revokeLink', { id, linkId: link.id }, { reason: '发错了' });
    const revoked = expect.objectContaining({ code: 'link_ended', detail: { state: 'revoked' } });
    await expect(page(town, secret)).rejects.toEqual(revoked);
    await expect(byTheLink(town, secret, 'accept')).rejects.toEqual(revoked);
    await expect(town.operations.findPhotoByLink(secret, randomUUID())).rejects.toEqual(revoked);
    // Asked again within the act itself: one that had passed the door when the link was taken back changes nothing.
    const late = linkActor({ id: link.id, unitId: town.org.broadcasting, taskId: tasks.broadcasting, name: '王师傅' });
    await expect(onEvent(town, late, id, 'accept', { taskId: tasks.broadcasting })).rejects.toEqual(revoked);
    await expect(inTheRoom(town, late, 'message', { id }, { words: '在吗', attachments: [] })).rejects.toEqual(revoked);
    await expect(page(town, 'x'.repeat(32))).rejects.toEqual(refusal('not_found'));

    const second = await linked(1);
    await byTheLink(town, second.secret, 'introduce', { name: '王师傅', phone: '13900000002' });
    await byTheLink(town, second.secret, 'giveBack', { reason: '非我司线缆' });
    expect(await page(town, second.secret)).toMatchObject({
      state: 'ended',
      task: { status: 'returned' },
      allowed: [],
    });
    await expect(byTheLink(town, second.secret, 'message', { words: '在吗' })).rejects.toEqual(refusal('link_ended'));
    town.clock.advance(61 * minute);
    await expect(page(town, second.secret)).rejects.toEqual(
      expect.objectContaining({ code: 'link_ended', detail: { state: 'expired' } }),
    );
  });

  it('is made by the desk or the lead, not by an assist', async () => {
    const { id, tasks } = await linked();
    await expect(makeLink(town, town.handler.power, id, { taskId: tasks.water })).rejects.toEqual(
      refusal('not_allowed'),
    );
    await onEvent(town, town.handler.econ, id, 'accept', { taskId: tasks.econ });
    await expect(makeLink(town, town.handler.econ, id, { taskId: tasks.water })).resolves.toMatchObject({
      link: { unit: { id: town.org.water } },
    });
    await expect(makeLink(town, town.handler.econ, id, { taskId: randomUUID() })).rejects.toEqual(refusal('not_found'));
    expect((await room(town, town.handler.power, id)).links).toEqual([]);
  });
});
