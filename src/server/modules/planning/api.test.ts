import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAppError, type ErrorCode } from '#kit/errors.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { buildPlanning, roomIds, wish, type PlanningWorld } from './world.fixture.ts';

let town: PlanningWorld;
beforeAll(async () => {
  town = await buildPlanning();
});
afterAll(async () => {
  await town.planning.stop();
  await town.world.close();
});

const code = (expected: ErrorCode) => (error: unknown) => isAppError(error, expected);
const refused = (promise: Promise<unknown>, expected: ErrorCode) =>
  expect(promise).rejects.toSatisfy(code(expected), `expected to be refused with ${expected}`);

const call = {
  make: (actor: Actor, over = {}) =>
    town.planning.handlers.make({ params: {}, query: {}, body: wish(over) }, { actor }),
  get: (actor: Actor, id: string) => town.planning.handlers.get({ params: { id }, query: {}, body: {} }, { actor }),
  run: (actor: Actor, id: string, version = 1) =>
    town.planning.handlers.run({ params: { id }, query: {}, body: { version, seconds: 5 } }, { actor }),
  whatIf: (actor: Actor, id: string, chosen: string) =>
    town.planning.handlers.whatIf({ params: { id }, query: { chosen }, body: {} }, { actor }),
  decide: (actor: Actor, id: string, over = {}) =>
    town.planning.handlers.decide(
      {
        params: { id },
        query: {},
        body: {
          opId: randomUUID(),
          version: 2,
          choiceId: null,
          compared: [],
          reason: '多数居民走得到',
          minutesNo: '会议纪要〔2026〕7号',
          supersedes: null,
          ...over,
        },
      },
      { actor },
    ),
  project: (actor: Actor, id: string) =>
    town.planning.handlers.project({ params: { id }, query: {}, body: {} }, { actor }),
};

/** Waits until it is not reckoned any more. */
async function answered(id: string) {
  for (let tries = 0; tries < 1500; tries++) {
    const view = await call.get(town.as.planner, id);
    if (view.work === null) return view;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('It was still being reckoned after a quarter of a minute.');
}

async function makeAnswered(over = {}) {
  const { id } = await call.make(town.as.planner, over);
  expect(await call.run(town.as.planner, id)).toEqual({ started: true });
  return answered(id);
}

const [westKey, bridgeKey] = [`idle:${roomIds[0]}`, `idle:${roomIds[1]}`];
const ledgerOf = async (action: string) =>
  (await town.world.owner.query('select data from ledger_entry where action = $1', [action])).rows;

describe('a scenario', () => {
  it('is answered with the place that brings most, and figures that can be added up by hand', async () => {
    const view = await makeAnswered();
    expect(view.state).toBe('answered');
    // Within 120 s of 350 m: homes at 300 and 400 (128 + 256), and 250… no: 200 is 150 s away.
    expect(view.answer?.figures).toMatchObject({
      chosen: [bridgeKey],
      total: { people: 496, elders: 124, children: 62 },
      newly: { people: 384, elders: 96, children: 48 },
      costYuan: 100_000,
    });
    expect(view.answer?.figures.before.within.people).toBe(0);
    expect(view.answer?.proof).toMatchObject({
      proven: true,
      objective: 384,
      bound: 384,
      gap: 0,
      better: 'more',
      choices: 2,
      runnerUp: { chosen: [westKey], objective: 48 },
    });
    expect(view.answer?.networkVersion).toBe('net-1');
  });

  it('takes what it knows of a room from the idle ledger, not from what was sent', async () => {
    const { id } = await call.make(town.as.planner);
    const { candidates } = await call.get(town.as.planner, id);
    expect(candidates.map(({ name, floorM2, costYuan }) => [name, floorM2, costYuan])).toEqual([
      ['西头仓库', 800, 100_000],
      ['桥下工具房', 900, 100_000],
    ]);
  });

  it('gives the same hash for the same question', async () => {
    const [one, two] = [await makeAnswered(), await makeAnswered()];
    expect(one.answer?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(two.answer?.hash).toBe(one.answer?.hash);
    const other = await makeAnswered({ limitMin: 3 });
    expect(other.answer?.hash).not.toBe(one.answer?.hash);
  });

  it('tells at once what another choice would bring, without keeping it', async () => {
    const { id } = await makeAnswered();
    const west = await call.whatIf(town.as.planner, id, westKey);
    expect(west.newly).toEqual({ people: 48, elders: 12, children: 6 });
    const both = await call.whatIf(town.as.planner, id, `${westKey},${bridgeKey}`);
    expect(both.newly.people).toBe(432);
    expect(both.each.map(({ key, newly }) => [key, newly.people])).toEqual([
      [westKey, 48],
      [bridgeKey, 384],
    ]);
    const nothing = await call.whatIf(town.as.planner, id, '');
    expect(nothing.after).toEqual(nothing.before);
    await refused(call.whatIf(town.as.planner, id, 'idle:nowhere'), 'bad_input');
  });

  it('cannot be changed once it is answered, neither by a command nor underneath', async () => {
    const { id } = await makeAnswered();
    const { opId: _op, ...body } = wish({ limitMin: 5 });
    const change = town.planning.handlers.change(
      { params: { id }, query: {}, body: { ...body, opId: randomUUID(), version: 2 } },
      { actor: town.as.planner },
    );
    await refused(change, 'transition_not_allowed');
    await expect(town.world.owner.query('update scenario set limit_min = 9 where id = $1', [id])).rejects.toThrow(
      /cannot change once it is answered/,
    );
  });

  it('counts only what is open at the moment asked for', async () => {
    const open = await makeAnswered({ limitMin: 15, moment: { weekday: 3, minute: 600 } });
    const shut = await makeAnswered({ limitMin: 15, moment: { weekday: 3, minute: 1320 } });
    expect(open.answer?.figures.before.within.people).toBe(16 + 32 + 64 + 128);
    expect(shut.answer?.figures.before.within.people).toBe(0);
    expect(shut.answer?.facilities).toBe(0);
  });

  it('keeps within a budget, and leaves alone what nobody has estimated', async () => {
    const [west, bridge] = wish().candidates;
    if (west === undefined || bridge === undefined) throw new Error('There are two rooms.');
    const poor = await makeAnswered({
      choose: null,
      budgetYuan: 50_000,
      candidates: [{ ...west, costYuan: 50_000 }, bridge],
    });
    expect(poor.answer?.figures.chosen).toEqual([westKey]);
    const unknown = await makeAnswered({ choose: null, budgetYuan: 1_000_000, candidates: [{ ...west, costYuan: 1 }, { ...bridge, costYuan: null }] }); // prettier-ignore
    expect(unknown.failure).toBeNull();
    expect(unknown.answer?.figures.chosen).toEqual([westKey]);
  });

  it('can be stopped, and is a draft as before', async () => {
    town.solver.slow = true;
    const { id } = await call.make(town.as.planner);
    await call.run(town.as.planner, id);
    expect(await call.run(town.as.planner, id)).toEqual({ started: false });
    const cancel = { params: { id }, query: {}, body: {} };
    expect(await town.planning.handlers.cancel(cancel, { actor: town.as.planner })).toEqual({ stopped: true });
    town.solver.slow = false;
    expect(await call.get(town.as.planner, id)).toMatchObject({ state: 'draft', work: null, failure: null });
  });

  it('is made once for one intention', async () => {
    const opId = randomUUID();
    const [one, two] = [await call.make(town.as.planner, { opId }), await call.make(town.as.planner, { opId })];
    expect(two.id).toBe(one.id);
  });

  it('is absent for those of another street, and may be seen but not made by those who only see', async () => {
    const { id } = await call.make(town.as.planner);
    await refused(call.get(town.as.north, id), 'not_found');
    await refused(call.make(town.as.north), 'not_allowed');
    expect((await call.get(town.as.inspector, id)).mayPlan).toBe(false);
    await refused(call.run(town.as.inspector, id), 'not_allowed');
    const mine = await town.planning.handlers.list(
      { params: {}, query: { limit: 50 }, body: {} },
      { actor: town.as.north },
    );
    expect(mine).toMatchObject({ items: [], total: 0 });
  });

  it('refuses a room that is not idle, the same place twice, an unknown weighting and a question without bounds', async () => {
    const [west] = wish().candidates;
    if (west === undefined) throw new Error('There are two rooms.');
    await refused(call.make(town.as.planner, { candidates: [{ ...west, idleId: randomUUID() }] }), 'bad_input');
    await refused(call.make(town.as.planner, { candidates: [west, west] }), 'bad_input');
    await refused(call.make(town.as.planner, { weighting: 'nobody' }), 'bad_input');
    await refused(call.make(town.as.planner, { choose: null }), 'bad_input');
  });
});

describe('candidates', () => {
  it('are the idle rooms near, those that fit first, with what stands against the others', async () => {
    const query = { area: '500103004001', class: 'fresh_market', street: 400 };
    const { items } = await town.planning.handlers.candidates(
      { params: {}, query, body: {} },
      { actor: town.as.planner },
    );
    expect(items.map(({ name, why, costYuan }) => [name, why, costYuan])).toEqual([
      ['桥下工具房', 'fits', 1_350_000],
      ['西头仓库', 'fits', 240_000],
      ['旧值班室', 'other_use', 18_000],
      ['沿街点 1', 'anywhere', 4_500_000],
      ['沿街点 2', 'anywhere', 4_500_000],
    ]);
  });
});

describe('a decision', () => {
  it('is never made by whoever made the scenario', async () => {
    const { id } = await makeAnswered();
    await refused(call.decide(town.as.planner, id), 'not_allowed');
    const own = await call.make(town.as.commander);
    await call.run(town.as.commander, own.id);
    await answered(own.id);
    await refused(call.decide(town.as.commander, own.id), 'own_scenario');
    expect((await call.get(town.as.commander, own.id)).mayDecide).toBe(false);
  });

  it('makes a project that is followed to its opening, and measured again', async () => {
    const { id } = await makeAnswered({ demandId: randomUUID() });
    const { decision } = await call.decide(town.as.commander, id);
    expect(decision).toMatchObject({ minutesNo: '会议纪要〔2026〕7号', superseded: false });
    expect(town.told.reserved).toEqual([roomIds[1]]);
    expect(town.told.needs).toEqual([
      { needId: 'need-east', state: 'planned' },
      { needId: 'need-all', state: 'planned' },
    ]);
    const projectId = decision.projects[0]?.id ?? '';
    const done = await build(projectId);
    expect(done.state).toBe('opening');
    const open = await openIt(projectId, done.version);
    expect(open).toMatchObject({ state: 'open', openedOn: '2026-06-15', services: '蔬菜、肉类、水产' });
    expect(town.told.used).toEqual([roomIds[1]]);
    expect(town.told.demand).toEqual(['planned', 'met']);
    expect(town.opened).toHaveLength(1);
    const again = await town.planning.handlers.remeasure(
      { params: { id: projectId }, query: {}, body: { opId: randomUUID() } },
      { actor: town.as.planner },
    );
    expect(again.remeasures[0]).toMatchObject({
      predicted: { people: 384, elders: 96, children: 48 },
      found: { newly: { people: 384 }, byThis: { people: 384 }, lost: { people: 0 }, otherOpened: 0, population: 0 },
    });
    town.opened.splice(0);
  });

  it('is a Word document that says what was asked, compared, proved and decided', async () => {
    await town.world.owner.query("update idle_resource set state = 'idle'");
    const { id } = await makeAnswered();
    const choice = { opId: randomUUID(), title: '先用西头仓库', chosen: [westKey] };
    await town.planning.handlers.keepChoice({ params: { id }, query: {}, body: choice }, { actor: town.as.planner });
    const { decision } = await call.decide(town.as.commander, id);
    const { name, bytes } = await town.planning.document(town.as.commander, decision.id);
    expect(name).toBe('东村社区菜市场选址决策记录.docx');
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    await refused(town.planning.document(town.as.north, decision.id), 'not_found');
  });

  it('is superseded only when nothing goes on by it, and stopping gives the room back', async () => {
    await town.world.owner.query("update idle_resource set state = 'idle'");
    const { id } = await makeAnswered();
    const first = await call.decide(town.as.commander, id);
    await refused(call.decide(town.as.commander, id, { version: 3 }), 'already_exists');
    const again = { version: 3, supersedes: first.decision.id };
    await refused(call.decide(town.as.commander, id, again), 'in_use');
    const projectId = first.decision.projects[0]?.id ?? '';
    // As if those of the stories before were for other people: otherwise what was asked for stays planned.
    await town.world.owner.query('update project set served_code = $2 where id <> $1', [projectId, '500103005']);
    const body = { opId: randomUUID(), version: 1, reason: '产权有争议' };
    await town.planning.handlers.stop({ params: { id: projectId }, query: {}, body }, { actor: town.as.planner });
    expect(town.told.released).toEqual([roomIds[1]]);
    expect(town.told.needs.slice(-2)).toEqual([
      { needId: 'need-east', state: 'open' },
      { needId: 'need-all', state: 'open' },
    ]);
    const second = await call.decide(town.as.commander, id, again);
    expect(second.decision.superseded).toBe(false);
    const { decisions } = await call.get(town.as.planner, id);
    expect(decisions.find((one) => one.id === first.decision.id)?.superseded).toBe(true);
    expect(decisions.find((one) => one.id === second.decision.id)?.superseded).toBe(false);
  });

  it('leaves its lines, without anybody’s name', async () => {
    const lines = await ledgerOf('decision.make');
    expect(lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(lines)).not.toContain('多数居民');
  });
});

const stagesOf = ['approval', 'building', 'acceptance'] as const;

async function build(projectId: string) {
  let view = await call.project(town.as.planner, projectId);
  for (const stage of stagesOf) {
    const body = { opId: randomUUID(), version: view.version, stage, doneOn: '2026-06-15', note: '', attachments: [] };
    view = await town.planning.handlers.finishStage(
      { params: { id: projectId }, query: {}, body },
      { actor: town.as.planner },
    );
  }
  return view;
}

function openIt(projectId: string, version: number) {
  const hours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '06:00', to: '23:00' }];
  const body = {
    opId: randomUUID(),
    version,
    openedOn: '2026-06-15',
    hours,
    services: '蔬菜、肉类、水产',
    capacity: null,
    floorM2: 900,
    stepFree: true,
    note: '',
    attachments: [],
  };
  return town.planning.handlers.open({ params: { id: projectId }, query: {}, body }, { actor: town.as.planner });
}

describe('a project', () => {
  it('takes its stages in order, on days that have been, and tells once a week that it is late', async () => {
    await town.world.owner.query("update idle_resource set state = 'idle'");
    const { id } = await makeAnswered();
    const { decision } = await call.decide(town.as.commander, id);
    const projectId = decision.projects[0]?.id ?? '';
    const finish = (stage: (typeof stagesOf)[number], doneOn: string) =>
      town.planning.handlers.finishStage(
        { params: { id: projectId }, query: {}, body: { opId: randomUUID(), version: 1, stage, doneOn, note: '', attachments: [] } }, // prettier-ignore
        { actor: town.as.planner },
      );
    await refused(finish('building', '2026-06-15'), 'transition_not_allowed');
    await refused(finish('approval', '2026-06-16'), 'bad_input');
    await refused(openIt(projectId, 1), 'transition_not_allowed');
    const early = { opId: randomUUID(), version: 1, planned: { approval: '2026-06-10' } };
    const late = await town.planning.handlers.changeProject(
      { params: { id: projectId }, query: {}, body: early },
      { actor: town.as.planner },
    );
    expect(late.lateDays).toBe(5);
    await town.planning.tellLate();
    await town.planning.tellLate();
    expect(await ledgerOf('project.late')).toHaveLength(1);
    await refused(call.project(town.as.north, projectId), 'not_found');
  });
});
