import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventRoutes } from '#contract/events.ts';
import { linkActor, type Actor } from '#server/modules/identity/index.ts';
import { createEventsWorld, startMs, type UnitKey, type World } from '#test/helpers/events-world.ts';

/** Several units at one event: nobody's task ends unsaid, and the event waits for all of them. */
let world: World;
beforeAll(async () => {
  world = await createEventsWorld();
});
afterAll(() => world.close());
beforeEach(() => world.clock.set(startMs));

type Verb = Exclude<
  keyof typeof eventRoutes,
  'list' | 'map' | 'board' | 'get' | 'similar' | 'candidates' | 'report' | 'selfHandle' | 'bulkFile'
>;
async function send(who: Actor, id: string, verb: Verb, body: Record<string, unknown> = {}) {
  const parsed = eventRoutes[verb].body.parse({ opId: randomUUID(), ...body });
  const handler = world.events.handlers[verb] as (input: unknown, ctx: unknown) => Promise<{ status: string }>;
  return handler({ params: { id }, query: {}, body: parsed }, { actor: who });
}
const get = (who: Actor, id: string) =>
  world.events.handlers.get({ params: { id }, query: {}, body: {} }, { actor: who });
const refusal = (code: string) => expect.objectContaining({ code });

/** A P0 at the district's desk: the bureau leads, power and telecom assist. */
async function joint(): Promise<{ id: string; task: Record<'bureau' | 'power' | 'telecom', string> }> {
  const { as, unit } = world;
  const body = eventRoutes.report.body.parse({
    opId: randomUUID(),
    categoryCode: 'E0511',
    title: '电缆井冒烟',
    lon: 106.505,
    lat: 29.505,
  });
  const { id } = await world.events.handlers.report({ params: {}, query: {}, body }, { actor: as.gridWorker });
  await send(as.gridWorker, id, 'escalate', { reason: '涉及多家' });
  await send(as.dispatcher, id, 'escalate', { reason: '涉及多家' });
  await send(as.districtDispatcher, id, 'dispatch', { leadUnitId: unit.bureau });
  await send(as.districtDispatcher, id, 'invite', { unitIds: [unit.power, unit.telecom], instruction: '请到场' });
  const { tasks } = await get(as.districtDispatcher, id);
  const of = (key: UnitKey) => tasks.find((task) => task.unit.id === unit[key])?.id ?? '';
  return { id, task: { bureau: of('bureau'), power: of('power'), telecom: of('telecom') } };
}
const line = async (action: string, id: string) => {
  const { rows } = await world.owner.query<{ data: Record<string, unknown>; audience: string[] }>(
    'select data, audience from ledger_entry where action = $1 and subject_id = $2 order by at desc, id desc limit 1',
    [action, id],
  );
  return rows[0];
};
const finished = { result: '已处置', noEvidenceReason: '井下不便拍照' };

describe('an event with several tasks', () => {
  it('waits for the last of them, and no check closes it before', async () => {
    const { as } = world;
    const { id, task } = await joint();
    await send(as.bureauLead, id, 'accept', { taskId: task.bureau });
    await send(as.powerHandler, id, 'accept', { taskId: task.power });
    expect((await send(as.bureauLead, id, 'finish', { taskId: task.bureau, ...finished })).status).toBe('handling');
    expect((await send(as.powerHandler, id, 'finish', { taskId: task.power, ...finished })).status).toBe('handling');
    await expect(send(as.districtInspector, id, 'check', { outcome: 'pass' })).rejects.toEqual(refusal('tasks_open'));
    await expect(send(as.districtChief, id, 'waive', { taskId: task.telecom, reason: '' })).rejects.toThrow();
    expect((await send(as.districtChief, id, 'waive', { taskId: task.telecom, reason: '无电信线缆' })).status).toBe(
      'checking',
    );
    expect((await send(as.districtInspector, id, 'check', { outcome: 'pass' })).status).toBe('closed');
    const { tasks } = await get(as.districtDispatcher, id);
    expect(tasks.find((one) => one.id === task.telecom)).toMatchObject({ status: 'waived', reason: '无电信线缆' });
  });

  it('never ends a task unsaid when it is cancelled: reason on each, each in the line, each unit told', async () => {
    const { as, unit } = world;
    const { id, task } = await joint();
    await send(as.powerHandler, id, 'accept', { taskId: task.power });
    await send(as.powerHandler, id, 'finish', { taskId: task.power, ...finished });
    await send(as.telecomHandler, id, 'accept', { taskId: task.telecom });
    await send(as.districtChief, id, 'cancel', { reason: '误报，重复录入' });
    const { tasks } = await get(as.districtDispatcher, id);
    expect(Object.fromEntries(tasks.map((one) => [one.unit.id, [one.status, one.reason]]))).toEqual({
      [unit.bureau]: ['withdrawn', '误报，重复录入'],
      [unit.power]: ['done', ''],
      [unit.telecom]: ['withdrawn', '误报，重复录入'],
    });
    const told = await line('event.cancel', id);
    expect(told?.data['tasksWithdrawn']).toHaveLength(2);
    expect(told?.data['tasksWithdrawn']).toEqual(
      expect.arrayContaining([
        { taskId: task.bureau, unitId: unit.bureau, was: 'offered' },
        { taskId: task.telecom, unitId: unit.telecom, was: 'accepted' },
      ]),
    );
    expect(told?.audience).toEqual(expect.arrayContaining([`u:${unit.bureau}`, `u:${unit.telecom}`]));
  });

  it('goes up with every task it takes along named in the line', async () => {
    const { as, unit } = world;
    const { id, task } = await joint();
    await send(as.bureauLead, id, 'accept', { taskId: task.bureau });
    await send(as.bureauHandler, id, 'return', { taskId: task.bureau, reason: '超出区级', beyondTier: true });
    const told = await line('event.return', id);
    expect(told?.data['tasksWithdrawn']).toHaveLength(2);
    expect(told?.data['tasksWithdrawn']).toEqual(
      expect.arrayContaining([
        { taskId: task.power, unitId: unit.power, was: 'offered' },
        { taskId: task.telecom, unitId: unit.telecom, was: 'offered' },
      ]),
    );
    expect(told?.audience).toEqual(expect.arrayContaining([`u:${unit.power}`, `u:${unit.telecom}`]));
  });

  it('is not merged away while somebody works on it', async () => {
    const { as } = world;
    const other = await joint();
    const { id, task } = await joint();
    await send(as.districtDispatcher, id, 'withdraw', { taskId: task.bureau, reason: '改派' });
    expect((await get(as.districtDispatcher, id)).status).toBe('filed');
    await expect(send(as.districtDispatcher, id, 'merge', { intoId: other.id, reason: '同一处' })).rejects.toEqual(
      refusal('merge_refused'),
    );
  });
});

describe('handing over the lead', () => {
  it('goes to a unit that accepted; the old lead stays as assist, and the new one may finish the matter', async () => {
    const { as, unit } = world;
    const { id, task } = await joint();
    await send(as.bureauLead, id, 'accept', { taskId: task.bureau });
    const handOver = (who: Actor, taskId: string) => send(who, id, 'handOver', { taskId, reason: '起火点为电力电缆' });
    await expect(handOver(as.bureauLead, task.power)).rejects.toEqual(refusal('transition_not_allowed'));
    await send(as.powerHandler, id, 'accept', { taskId: task.power });
    await expect(handOver(as.powerHandler, task.power)).rejects.toEqual(refusal('not_allowed'));
    expect((await handOver(as.bureauLead, task.power)).status).toBe('handling');

    const { tasks } = await get(as.districtDispatcher, id);
    expect(Object.fromEntries(tasks.map((one) => [one.unit.id, one.part]))).toEqual({
      [unit.bureau]: 'assist',
      [unit.power]: 'lead',
      [unit.telecom]: 'assist',
    });
    expect((await line('event.hand_over', id))?.data).toMatchObject({
      fromUnitId: unit.bureau,
      fromTaskId: task.bureau,
      toUnitId: unit.power,
      taskId: task.power,
    });
    await send(as.bureauLead, id, 'finish', { taskId: task.bureau, result: '已完成配合' });
    await send(as.districtDispatcher, id, 'waive', { taskId: task.telecom, reason: '无电信线缆' });
    expect((await send(as.powerHandler, id, 'finish', { taskId: task.power, ...finished })).status).toBe('checking');
  });

  it('lets the desk choose while the first lead has not answered; two at once leave one lead', async () => {
    const { as } = world;
    const { id, task } = await joint();
    await send(as.powerHandler, id, 'accept', { taskId: task.power });
    await send(as.telecomHandler, id, 'accept', { taskId: task.telecom });
    expect((await get(as.districtDispatcher, id)).status).toBe('dispatched');
    const both = await Promise.allSettled([
      send(as.districtDispatcher, id, 'handOver', { taskId: task.power, reason: '电力牵头' }),
      send(as.districtChief, id, 'handOver', { taskId: task.telecom, reason: '电信牵头' }),
    ]);
    expect(both.every((one) => one.status === 'fulfilled')).toBe(true);
    const detail = await get(as.districtDispatcher, id);
    expect(detail.status).toBe('handling');
    expect(detail.tasks.filter((one) => one.part === 'lead')).toHaveLength(1);
  });
});

describe('whoever holds a signed link', () => {
  it('acts on its own task and on nothing else of its unit or of the event', async () => {
    const { as, unit } = world;
    const { id, task } = await joint();
    const other = await joint();
    const link = linkActor({ id: randomUUID(), unitId: unit.telecom, taskId: task.telecom, name: '李师傅' });
    await expect(send(link, id, 'accept', { taskId: task.power })).rejects.toEqual(refusal('not_allowed'));
    await expect(send(link, other.id, 'accept', { taskId: other.task.telecom })).rejects.toEqual(
      refusal('not_allowed'),
    );
    await expect(send(link, id, 'note', { note: '不属于任务' })).rejects.toEqual(refusal('not_allowed'));
    await expect(send(link, id, 'urge', { note: '快' })).rejects.toEqual(refusal('not_allowed'));
    await expect(send(link, id, 'recordCall', { number: '119', calledAt: '2026-06-15T01:59:00Z' })).rejects.toEqual(
      refusal('not_allowed'),
    );
    await send(link, id, 'accept', { taskId: task.telecom });
    await send(link, id, 'note', { taskId: task.telecom, note: '已出发' });
    await send(link, id, 'finish', { taskId: task.telecom, result: '无损坏' });
    expect((await line('event.finish', id))?.data['linkId']).toBe(link.linkId);
    // Its unit did the work, so nobody of that unit checks; the holder of the link has no account to be named a hand.
    const { tasks } = await get(as.districtDispatcher, id);
    expect(tasks.find((one) => one.id === task.telecom)).toMatchObject({ status: 'done', assignee: null });
  });
});
