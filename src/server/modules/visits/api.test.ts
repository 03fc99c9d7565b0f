import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError, type AppError, type ErrorCode } from '#kit/errors.ts';
import { buildVisits, contactRun, eastGrid, type VisitsWorld } from './visits.fixture.ts';

let world: VisitsWorld;
beforeAll(async () => {
  world = await buildVisits();
});
afterAll(() => world.close());

const hour = 3_600_000;
const day = 24 * hour;

async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
  return error;
}

interface TaskRow {
  id: string;
  reason: string;
  state: string;
  rung: number;
  worker_id: string | null;
  planned_on: string;
  due_at: Date;
  rule_code: string;
  version: number;
}
const open = async (personId: string): Promise<TaskRow> => {
  const [task, second] = await world.rows<TaskRow>(
    'select id, reason, state, rung, worker_id, planned_on::text, due_at, rule_code, version from visit_task where person_id = $1 and ended_at is null',
    [personId],
  );
  if (task === undefined || second !== undefined) throw new Error('Expected one open visit.');
  return task;
};

/** Somebody planned and due today. */
async function dueToday(tags = ['elder_alone'], over: Parameters<VisitsWorld['addPerson']>[1] = {}): Promise<string> {
  const id = await world.addPerson(tags, over);
  await world.visits.jobs.plan();
  await world.makeDue(id);
  return id;
}

describe('the plan', () => {
  test('gives everybody one visit within their cycle, on working days, to the worker of the grid, and only once', async () => {
    const people = await Promise.all([
      world.addPerson(['elder_alone', 'oxygen']),
      world.addPerson(['elder_couple']),
      world.addPerson(['martyr']),
      world.addPerson(['poor'], { areaCode: '500103004002' }),
    ]);
    expect(await world.visits.jobs.plan()).toBe(4);
    expect(await world.visits.jobs.plan()).toBe(0);
    const tasks = await Promise.all(people.map(open));
    expect(tasks.map(({ rule_code }) => rule_code)).toEqual(['high_frail', 'key_elder', 'general_all', 'general_all']);
    const cycles = [7, 30, 90, 90];
    for (const [k, task] of tasks.entries()) {
      const planned = Date.parse(`${task.planned_on}T00:00:00+08:00`);
      expect(planned).toBeGreaterThanOrEqual(world.clock.now() - day);
      expect(planned).toBeLessThanOrEqual(world.clock.now() + (cycles[k] ?? 0) * day);
      expect([0, 6]).not.toContain(new Date(planned + 8 * hour).getUTCDay());
    }
    expect(tasks.slice(0, 3).map(({ worker_id }) => worker_id)).toEqual(Array(3).fill(world.as.gridWorker.accountId));
    expect(tasks[3]?.worker_id).toBeNull(); // the west has no worker of a grid
  });

  test('spreads sixty people of one worker over their month', async () => {
    const before = await world.rows('select id from visit_task');
    for (let k = 0; k < 60; k++) await world.addPerson(['disabled']);
    await world.visits.jobs.plan();
    const rows = await world.rows<{ n: number }>(
      "select count(*)::int as n from visit_task where rule_code = 'key_disabled' group by planned_on",
    );
    expect(before.length).toBe(4);
    expect(rows.length).toBeGreaterThanOrEqual(20);
    expect(Math.max(...rows.map(({ n }) => n))).toBeLessThanOrEqual(3);
  });

  test('follows the register: who left needs no visit, who was given a new tag is seen within a day', async () => {
    const [gone, changed] = [await world.addPerson(['poor']), await world.addPerson(['poor'])];
    await world.visits.jobs.plan();
    world.clock.advance(60_000);
    const at = new Date(world.clock.now());
    await world.rows('update care_person set retired_at = $2, updated_at = $2 where id = $1', [gone, at]);
    await world.rows("update care_person set tags = '{poor,bedridden}', updated_at = $2 where id = $1", [changed, at]);
    await world.visits.jobs.plan();
    expect(await world.rows('select id from visit_task where person_id = $1 and ended_at is null', [gone])).toEqual([]);
    const task = await open(changed);
    expect(task).toMatchObject({ reason: 'change', rule_code: 'key_frail' });
    expect(task.due_at.getTime()).toBe(world.clock.now() + day);
  });
});

describe('today', () => {
  test('shows the worker whom to visit, in full and in route order, and tells the ledger once', async () => {
    const id = await dueToday(['elder_alone', 'bedridden'], { name: '司马相如' });
    const first = await world.today(world.as.gridWorker);
    const mine = first.items.find(({ personId }) => personId === id);
    expect(mine).toMatchObject({
      name: '司马相如',
      phone: '10000000001',
      addressDetail: '2单元5-3',
      contact: '女儿 10000000002',
      state: 'due',
      rung: 0,
      lastVisit: null,
      form: { living: 'alone', mobility: 'bed' },
    });
    expect(first.items.map(({ order }) => order)).toEqual(first.items.map((_, k) => k + 1));
    await world.today(world.as.gridWorker);
    const told = (await world.lines('care.reveal')).filter(({ data }) => (data['people'] as string[]).includes(id));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ audience: [], data: { day: first.day } });
    expect(JSON.stringify(told)).not.toContain('司马');
  });

  test('shows nothing to others, and a stand-in gets what the absent worker would have had', async () => {
    const id = await dueToday();
    const { gridWorker, otherGridWorker } = world.as;
    expect((await world.today(otherGridWorker)).items).toEqual([]);
    world.standIns.set(gridWorker.accountId ?? '', otherGridWorker.accountId ?? '');
    await world.visits.jobs.follow();
    const covered = await world.today(otherGridWorker);
    expect(covered.items.map(({ personId }) => personId)).toContain(id);
    expect((await world.today(gridWorker)).items).toEqual([]);
    const task = await open(id);
    expect((await world.record(otherGridWorker, task.id)).state).toBe('done');
    world.standIns.clear();
    await world.visits.jobs.follow();
    expect((await world.today(otherGridWorker)).items).toEqual([]);
  });
});

describe('a record', () => {
  test('of nothing changed is one tap; said again it is the same; a colleague after it is told so', async () => {
    const id = await dueToday();
    const task = await open(id);
    const opId = randomUUID();
    const first = await world.record(world.as.gridWorker, task.id, { opId });
    expect(first).toMatchObject({ id: task.id, state: 'done', next: null, eventId: null, number: '2026-06-15' });
    expect(await world.record(world.as.gridWorker, task.id, { opId })).toEqual(first);
    const late = await refusal(world.record(world.as.secretary, task.id), 'version_conflict');
    expect(late.detail).toMatchObject({ state: 'done' });
    await world.visits.jobs.plan();
    const next = await open(id);
    expect(next.id).not.toBe(task.id);
    expect(Date.parse(`${next.planned_on}T00:00:00+08:00`)).toBeGreaterThan(world.clock.now() + 10 * day);
    expect(await world.rows('select id from visit where person_id = $1', [id])).toHaveLength(1);
  });

  test('is judged by the right to visit as it is now', async () => {
    const task = await open(await dueToday());
    await refusal(world.record(world.as.otherGridWorker, task.id), 'not_found');
    await refusal(world.record(world.as.gridWorker, randomUUID()), 'not_found');
  });

  test('of a major change keeps the other answers, seals what was said, and asks for a visit within a day', async () => {
    const id = await dueToday(['elder_couple']);
    await world.record(world.as.gridWorker, (await open(id)).id, {
      outcome: 'changed',
      changes: { helper: '楼上老王' },
    });
    await world.visits.jobs.plan();
    await world.makeDue(id);
    const changes = { mobility: 'bed', health: '髋部骨折' };
    await world.record(world.as.gridWorker, (await open(id)).id, { outcome: 'changed', changes, note: '刚出院回家' });
    await world.visits.jobs.plan();
    const task = await open(id);
    expect(task).toMatchObject({ reason: 'change', rule_code: 'high_frail' });
    expect(task.due_at.getTime()).toBe(world.clock.now() + day);
    await world.makeDue(id);
    const shown = (await world.today(world.as.gridWorker)).items.find(({ personId }) => personId === id);
    expect(shown?.form).toMatchObject({ living: 'couple', helper: '楼上老王', ...changes });
    expect(shown?.lastVisit).toMatchObject({ note: '刚出院回家', outcome: 'changed' });
    const kept = JSON.stringify([
      await world.rows('select * from visit where person_id = $1', [id]),
      await world.rows('select * from visit_person where person_id = $1', [id]),
      await world.rows("select * from ledger_entry where action like 'visit.%'"),
      await world.rows('select * from ledger_private'),
      await world.rows("select * from op where route = 'visits.record'").catch(() => []),
    ]);
    for (const secret of ['髋部', '出院', '老王', '欧阳']) expect(kept).not.toContain(secret);
  });

  test('tells once what is missing nearby, and where the grid is, not the home', async () => {
    const id = await dueToday(['elder_alone']);
    const say = async (missing: string[]) => {
      await world.record(world.as.gridWorker, (await open(id)).id, { outcome: 'changed', changes: { missing } });
      await world.visits.jobs.plan();
      await world.makeDue(id);
    };
    world.missed.length = 0;
    await say(['fresh_market']);
    await say(['fresh_market', 'pharmacy']);
    expect(world.missed.map(({ classCodes, areaCode, tags }) => ({ classCodes, areaCode, tags }))).toEqual([
      { classCodes: ['fresh_market'], areaCode: eastGrid, tags: ['elder_alone'] },
      { classCodes: ['pharmacy'], areaCode: eastGrid, tags: ['elder_alone'] },
    ]);
    await refusal(say(['casino']), 'bad_input');
    expect(world.missed).toHaveLength(2);
  });

  test('that asks for nothing possible is refused with what was expected', async () => {
    const task = await open(await dueToday());
    await refusal(world.record(world.as.gridWorker, task.id, { outcome: 'changed' }), 'bad_input');
    await refusal(
      world.record(world.as.gridWorker, task.id, { outcome: 'changed', changes: { living: 'moon' } }),
      'bad_input',
    );
    await refusal(
      world.record(world.as.gridWorker, task.id, { method: 'phone', outcome: 'met_with_police' }),
      'bad_input',
    );
    expect((await open(await dueToday())).state).toBe('due');
  });

  test('raises an event at the house in the same act, once', async () => {
    const id = await dueToday();
    const task = await open(id);
    const opId = randomUUID();
    const raise = { categoryCode: 'G1202', words: '屋顶漏水，雨天进水' };
    const first = await world.record(world.as.gridWorker, task.id, { opId, raise });
    expect(first).toMatchObject({ state: 'done', status: 'reported', eventNumber: expect.any(String) });
    expect(await world.record(world.as.gridWorker, task.id, { opId, raise })).toEqual(first);
    const events = await world.rows<{ place_words: string; grid: string }>(
      'select place_words, grid from event where id = $1',
      [first.eventId],
    );
    expect(events).toEqual([{ place_words: '样街1号', grid: eastGrid }]);
    expect((await world.rows("select 1 from event where category_code = 'G1202'")).length).toBe(1);
    // An event that cannot be made leaves no visit either.
    const other = await open(await dueToday());
    await refusal(
      world.record(world.as.gridWorker, other.id, { raise: { categoryCode: 'nope', words: '不存在的类别' } }),
      'bad_input',
    );
    expect(await world.rows('select id from visit where task_id = $1', [other.id])).toEqual([]);
  });

  test('that somebody moved or died holds the plan until the register says more', async () => {
    const id = await dueToday(['poor']);
    await world.record(world.as.gridWorker, (await open(id)).id, { method: 'neighbour', outcome: 'moved_away' });
    await world.visits.jobs.plan();
    expect(await world.rows('select id from visit_task where person_id = $1 and ended_at is null', [id])).toEqual([]);
    world.clock.advance(1000);
    await world.rows('update care_person set updated_at = $2 where id = $1', [id, new Date(world.clock.now())]);
    await world.visits.jobs.plan();
    expect((await open(id)).state).toBe('due');
  });
});

describe('when nobody answers', () => {
  test('the ladder goes to the neighbour, again, and to the door with police, and tells whoever should know', async () => {
    const id = await dueToday(['elder_alone'], { name: '诸葛孔明' });
    const task = await open(id);
    const first = await world.record(world.as.gridWorker, task.id, { outcome: 'no_answer' });
    expect(first).toMatchObject({
      state: 'no_answer',
      next: { rung: 1, at: new Date(world.clock.now()).toISOString() },
    });
    const shown = (await world.today(world.as.gridWorker)).items.find(({ personId }) => personId === id);
    expect(shown).toMatchObject({ state: 'no_answer', rung: 1, reason: 'no_answer' });
    const second = await world.record(world.as.gridWorker, task.id, { method: 'neighbour', outcome: 'no_answer' });
    expect(second.next).toEqual({ rung: 2, at: new Date(world.clock.now() + 2 * hour).toISOString() });
    // An outdated second report of the same miss does not climb again.
    await refusal(
      world.record(world.as.secretary, task.id, { outcome: 'no_answer', seenVersion: shown?.version }),
      'version_conflict',
    );
    world.clock.advance(2 * hour + 31 * 60_000);
    await world.visits.jobs.climb();
    await world.visits.jobs.climb();
    const [overdue, more] = (await world.lines('visit.overdue')).filter(({ subject_id }) => subject_id === task.id);
    expect(more).toBeUndefined();
    expect(overdue).toMatchObject({ data: { rung: 2, areaCode: eastGrid } });
    expect(overdue?.audience).toEqual(['a:500103004', 'a:500103004001', `a:${eastGrid}`]);
    world.clock.advance(22 * hour);
    await world.visits.jobs.climb();
    const door = await open(id);
    expect(door).toMatchObject({ state: 'door_check', rung: 3 });
    const [event] = await world.rows<{ category_code: string; priority: number; text: string }>(
      'select category_code, priority, title || description || place_words as text from event where id = (select event_id from visit_task where id = $1)',
      [task.id],
    );
    expect(event).toMatchObject({ category_code: 'G1801', priority: 1 });
    expect(event?.text).toContain('样街1号');
    expect(event?.text).not.toContain('诸葛');
    await world.visits.jobs.climb();
    expect(await world.rows("select id from event where category_code = 'G1801'")).toHaveLength(1);
    expect((await world.record(world.as.gridWorker, task.id, { outcome: 'met_with_police' })).state).toBe('done');
  });
});

describe('what makes a visit due today', () => {
  test('a warning raises those of its tag in its areas who were not seen since, and lets go when it ends', async () => {
    const [alone, poor] = [await world.addPerson(['elder_alone']), await world.addPerson(['poor'])];
    await world.visits.jobs.plan();
    const before = await open(alone);
    const run = contactRun(world.clock.now());
    world.contacts.push(run);
    await world.visits.jobs.raise();
    expect(await open(alone)).toMatchObject({ reason: 'warning', id: before.id });
    expect((await open(poor)).reason).toBe('cycle');
    const [line] = (await world.lines('visit.raise')).filter(({ data }) => data['sourceId'] === run.id);
    expect(line?.data).toMatchObject({ reason: 'warning', on: true, grids: [eastGrid] });
    expect((await world.today(world.as.gridWorker)).items.find(({ personId }) => personId === alone)).toMatchObject({
      reason: 'warning',
      reasonWords: '高温橙色预警',
    });
    await world.record(world.as.gridWorker, before.id, { method: 'phone' });
    await world.visits.jobs.plan();
    expect(await world.visits.jobs.raise()).toBe(0); // seen today
    expect((await open(alone)).reason).toBe('cycle');
    world.clock.advance(day);
    await world.visits.jobs.raise();
    expect((await open(alone)).reason).toBe('warning'); // daily
    const base = await open(alone);
    world.contacts.length = 0;
    await world.visits.jobs.raise();
    const after = await open(alone);
    expect(after.id).not.toBe(base.id);
    expect(after).toMatchObject({ reason: 'cycle', state: 'due' });
    expect(await world.rows('select state from visit_task where id = $1', [base.id])).toEqual([{ state: 'withdrawn' }]);
  });

  test('a filed power cut raises who depends on power in its grid', async () => {
    const oxygen = await world.addPerson(['oxygen']);
    await world.visits.jobs.plan();
    const { gridWorker } = world.as;
    const made = await world.events.report(gridWorker, {
      opId: randomUUID(),
      categoryCode: 'G1205',
      title: '整栋停电',
      description: '整栋停电',
      lon: 106.505,
      lat: 29.505,
      placeWords: '样街1号',
      priority: 2,
      attachments: [],
      channel: 'grid_worker',
    });
    await world.visits.jobs.raise();
    expect((await open(oxygen)).reason).toBe('cycle');
    await world.rows("update event set status = 'handling', filed_at = $2 where id = $1", [
      made.id,
      new Date(world.clock.now()),
    ]);
    await world.visits.jobs.raise();
    expect((await open(oxygen)).reason).toBe('outage');
    await world.rows("update event set status = 'closed', ended_at = $2 where id = $1", [
      made.id,
      new Date(world.clock.now()),
    ]);
    await world.visits.jobs.raise();
    expect((await open(oxygen)).reason).toBe('cycle');
  });
});

describe('the desk', () => {
  test('sees the day masked, by worker and with the order of the way, as far as its area reaches', async () => {
    await dueToday();
    await dueToday();
    const id = await dueToday(['elder_alone'], { name: '上官婉儿' });
    const plan = await world.plan(world.as.secretary);
    const row = plan.items.find(({ personId }) => personId === id);
    expect(row).toMatchObject({
      name: '上**',
      areaName: '东村一格',
      workerId: world.as.gridWorker.accountId,
      state: 'due',
    });
    expect(row?.order).toBeGreaterThan(0);
    expect(JSON.stringify(plan)).not.toContain('上官');
    const mine = plan.workers.find((one) => one.id === world.as.gridWorker.accountId);
    expect(mine?.due).toBe(plan.items.filter((one) => one.workerId === mine?.id && one.doneAt === null).length);
    const page = await world.plan(world.as.secretary, { limit: 1 });
    const rest = await world.plan(world.as.secretary, { limit: 200, cursor: page.next ?? '' });
    expect([...page.items, ...rest.items].map((one) => one.id)).toEqual(plan.items.map((one) => one.id));
    expect((await world.plan(world.as.otherGridWorker)).items).toEqual([]);
    await refusal(world.plan(world.as.secretary, { cursor: 'x' }), 'bad_input');
  });

  test('gives a visit to somebody else of the community, not to strangers', async () => {
    const task = await open(await dueToday());
    const { secretary, gridWorker, otherGridWorker } = world.as;
    const give = (workerId: string | null, version = task.version) =>
      world.visits.handlers.reassign(
        {
          params: { id: task.id },
          query: {},
          body: { opId: randomUUID(), workerId: workerId ?? '', version, reason: '' },
        },
        { actor: secretary },
      );
    const { items } = await world.visits.handlers.workers(
      { params: {}, query: { area: eastGrid }, body: {} },
      { actor: secretary },
    );
    expect(new Set(items.map((one) => one.id))).toEqual(new Set([gridWorker.accountId, secretary.accountId]));
    await refusal(give(otherGridWorker.accountId), 'bad_input');
    await give(secretary.accountId);
    await refusal(give(gridWorker.accountId), 'version_conflict');
    await world.visits.jobs.follow();
    expect((await world.today(secretary)).items.map((one) => one.id)).toEqual([task.id]);
  });

  test('counts what fell due, hides small numbers, and says what is left out', async () => {
    const figures = await world.visits.handlers.figures(
      { params: {}, query: { from: '2026-06-01', to: '2026-06-30', area: '500103004001' }, body: {} },
      { actor: world.as.secretary },
    );
    for (const row of figures.items)
      for (const n of [row.due, row.inTime, row.late, row.open, row.noAnswer])
        expect(n === null || n === 0 || n >= figures.least).toBe(true);
    await refusal(
      world.visits.handlers.figures(
        { params: {}, query: { from: '2026-06-30', to: '2026-06-01' }, body: {} },
        { actor: world.as.secretary },
      ),
      'bad_input',
    );
  });

  test('changes a rule with a reason, and open visits follow', async () => {
    const id = await world.addPerson(['martyr']);
    await world.visits.jobs.plan();
    const { secretary } = world.as;
    const rules = await world.visits.handlers.rules({ params: {}, query: {}, body: {} }, { actor: secretary });
    const rule = rules.items.find(({ code }) => code === 'general_all');
    if (rule === undefined) throw new Error('The rules hold no general one.');
    const edit = (over: Record<string, unknown>) =>
      world.visits.handlers.editRule(
        {
          params: { code: rule.code },
          query: {},
          body: {
            opId: randomUUID(),
            version: rule.version,
            amount: 14,
            tags: rule.tags,
            also: [],
            reason: '试行两周一次',
            ...over,
          },
        },
        { actor: secretary },
      );
    await refusal(edit({ tags: ['nobody'] }), 'bad_input');
    await refusal(edit({ amount: 0 }), 'bad_input');
    expect(await edit({})).toMatchObject({ code: 'general_all', version: 2 });
    await refusal(edit({}), 'version_conflict');
    await world.visits.jobs.plan();
    expect((await open(id)).due_at.getTime()).toBeLessThanOrEqual(world.clock.now() + 15 * day);
    expect((await world.rows('select id from visit_task where stale and ended_at is null')).length).toBe(0);
  });
});
