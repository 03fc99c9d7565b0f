import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventRoutes } from '#contract/events.ts';
import { libraryRoutes } from '#contract/library.ts';
import { rehearsalRoutes } from '#contract/rehearsals.ts';
import { rolePermissions, type Actor } from '#server/modules/identity/index.ts';
import { createEventsWorld, startMs, type World } from '#test/helpers/events-world.ts';

let world: World;
beforeAll(async () => {
  world = await createEventsWorld({ sampleShare: 0 });
  world.clock.set(startMs);
});
afterAll(() => world.close());

const here = { lon: 106.505, lat: 29.505 };
const minute = 60_000;
const op = () => ({ opId: randomUUID() });
/** Whoever keeps the level library: another account than anybody who commands. */
const admin = (): Actor => ({
  ...world.as.northIntake,
  adminKind: 'system',
  grants: [{ role: 'system_admin', unitId: world.unit.cityCentre, areaCode: null, permissions: new Set(rolePermissions.system_admin) }], // prettier-ignore
});
const call = <K extends keyof typeof rehearsalRoutes>(name: K, actor: Actor, input: object) =>
  (world.events.rehearsalHandlers[name] as (input: object, ctx: { actor: Actor }) => Promise<unknown>)(
    { params: {}, query: {}, body: {}, ...input },
    { actor },
  ).then((answer) => rehearsalRoutes[name].response.parse(answer) as ReturnType<(typeof rehearsalRoutes)[K]['response']['parse']>); // prettier-ignore
const event = (name: 'report' | 'file' | 'dispatch' | 'accept' | 'finish', actor: Actor, input: object) =>
  (world.events.handlers[name] as (input: object, ctx: { actor: Actor }) => Promise<{ id: string }>)(
    { params: {}, query: {}, ...input },
    { actor },
  );
const get = async (actor: Actor, id: string) =>
  eventRoutes.get.response.parse(await world.events.handlers.get({ params: { id }, query: {}, body: {} }, { actor }));
const ruleOf = async (code: string) => {
  const list = libraryRoutes.list.response.parse(
    await world.events.libraryHandlers.list({ params: {}, query: {}, body: {} }, { actor: admin() }),
  );
  const rule = list.rules.find(({ categoryCode }) => categoryCode === code);
  if (rule === undefined) throw new Error(`Expected a rule for ${code}.`);
  return { rule, version: list.version };
};

/** Reported in the east community, filed there, given to its own committee and done after `minutes`. */
async function doneThere(minutes: number): Promise<string> {
  const { as, clock, unit } = world;
  const { id } = await event('report', as.gridWorker, {
    body: eventRoutes.report.body.parse({ ...op(), categoryCode: 'E0106', ...here }),
  });
  await event('file', as.secretary, { params: { id }, body: { ...op(), note: '' } });
  await event('dispatch', as.secretary, {
    params: { id },
    body: { ...op(), leadUnitId: unit.east, assistUnitIds: [], instruction: '' },
  });
  const taskId = (await get(as.secretary, id)).tasks[0]?.id;
  const clerk = { ...as.secretary, grants: as.secretary.grants.map((grant) => ({ ...grant, permissions: new Set([...grant.permissions, 'event.handle' as const]) })) }; // prettier-ignore
  await event('accept', clerk, { params: { id }, body: { ...op(), taskId } });
  clock.advance(minutes * minute);
  await event('finish', clerk, {
    params: { id },
    body: eventRoutes.finish.body.parse({ ...op(), taskId, result: '已补栽', noEvidenceReason: '手机没电', attachments: [] }), // prettier-ignore
  });
  return id;
}

describe('rules rehearsed', () => {
  let [quick, slow] = ['', ''];
  beforeAll(async () => {
    quick = await doneThere(20);
    slow = await doneThere(90);
  });

  const ask = async (actor: Actor, changes: object, more: object = {}) => {
    const { rule, version } = await ruleOf('E0106');
    const answer = await call('ask', actor, {
      body: rehearsalRoutes.ask.body.parse({
        ...op(),
        title: '绿地由街道办',
        months: 1,
        baseVersion: version,
        changes: [{ ...rule, ...changes }],
        ...more,
      }),
    });
    await world.events.rehearsals.idle();
    return call('get', actor, { params: { id: answer.rehearsal.id } });
  };

  it('tell where it would have gone, what it would have cost in hands, and what would have been late', async () => {
    const { as, unit } = world;
    const limits = { handle: { kind: 'continuous' as const, amount: 60 } };
    const done = await ask(as.chief, { tier: 'street', leadRole: 'urban_management', limits });
    expect(done).toMatchObject({ state: 'done', areaCode: '500103004', problem: '', events: 2, proposal: null });
    expect(done.figures).toMatchObject({
      events: 2,
      otherTier: 2,
      otherLead: 2,
      moved: 2,
      transfers: { before: 0, after: 2, fewer: 0, more: 2 },
      finishedThere: { done: 2, before: 2, after: 0 },
      late: { before: 0, after: 1, becomeLate: 1, becomeTimely: 0 },
      flows: [{ from: { id: unit.east }, to: { id: unit.cityPost }, events: 2 }],
    });
    expect(done.figures?.steps.find(({ step }) => step === 'handle')).toMatchObject({ clocks: 2, becomeLate: 1 });
    const cases = (query: object, actor = as.chief) => call('cases', actor, { params: { id: done.id }, query });
    expect((await cases({ mark: 'late' })).items).toMatchObject([{ id: slow, stepsLate: ['handle'], from: { id: unit.east } }]); // prettier-ignore
    expect((await cases({})).items.map(({ id }) => id)).toEqual([slow, quick]);
    expect((await cases({ from: unit.east, to: unit.cityPost, step: 'handle' })).items).toHaveLength(1);
    expect(await cases({ after: slow })).toMatchObject({ items: [{ id: quick }], more: false, kept: 2 });
  });

  it('give the same answer to the same question, and keep to the area asked about', async () => {
    const { as } = world;
    const [one, two] = [await ask(as.chief, { priority: 1 }), await ask(as.chief, { priority: 1 })];
    expect([one.hash, one.resultHash]).toEqual([two.hash, two.resultHash]);
    expect((await ask(as.cityChief, { priority: 1 }, { areaCode: '500103005' })).figures?.events).toBe(0);
    expect((await ask(as.cityChief, { priority: 1 })).figures).toMatchObject({ events: 2, otherPriority: 2 });
  });

  it('are not there for other streets, not asked for by those who may not, and not about foreign areas', async () => {
    const { as } = world;
    const mine = await ask(as.chief, { priority: 1 });
    await expect(call('get', as.northIntake, { params: { id: mine.id } })).rejects.toMatchObject({ code: 'not_found' });
    await expect(call('cases', as.northIntake, { params: { id: mine.id } })).rejects.toMatchObject({ code: 'not_found' }); // prettier-ignore
    expect((await call('list', as.northIntake, {})).items.map(({ areaCode }) => areaCode)).toEqual(['500103005']);
    await expect(ask(as.gridWorker, { priority: 1 })).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(ask(as.chief, { priority: 1 }, { areaCode: '500103005' })).rejects.toMatchObject({ code: 'not_allowed' }); // prettier-ignore
    await expect(ask(as.chief, { priority: 1 }, { baseVersion: 77 })).rejects.toMatchObject({ code: 'version_conflict' }); // prettier-ignore
    const strange = { areas: [{ areaCode: '999999', leadRole: 'parks', assistRoles: [] }] };
    await expect(ask(as.chief, strange)).rejects.toMatchObject({ code: 'bad_input' });
    // The keeper of the library sees all of them, but none of the events behind them.
    expect((await call('get', admin(), { params: { id: mine.id } })).id).toBe(mine.id);
    expect((await call('cases', admin(), { params: { id: mine.id } })).items).toEqual([]);
  });

  it('route one area otherwise than the rest', async () => {
    const { as, unit } = world;
    const lead = { leadRole: 'urban_management', assistRoles: [] };
    const other = await ask(as.chief, { tier: 'street', areas: [{ areaCode: '500103004002', ...lead }] });
    expect(other.figures?.byUnit.find(({ unit: one }) => one?.id === unit.cityPost)).toBeUndefined();
    const own = await ask(as.chief, { tier: 'street', areas: [{ areaCode: '500103004001', ...lead }] });
    expect(own.figures?.byUnit.find(({ unit: one }) => one?.id === unit.cityPost)).toMatchObject({ before: 0, after: 2 }); // prettier-ignore
  });

  it('become the next version by two persons: one proposes, another adopts', async () => {
    const { as, clock } = world;
    const change = { areas: [{ areaCode: '500103004001', leadRole: 'urban_management', assistRoles: [] }], tier: 'street' }; // prettier-ignore
    const done = await ask(as.chief, change);
    expect(done.may).toEqual({ propose: true, decide: false, cancel: false });
    const step = (name: 'propose' | 'adopt' | 'turnDown', actor: Actor, seen: number, reason = '减少一次流转') => {
      clock.advance(1);
      return call(name, actor, { params: { id: done.id }, body: { ...op(), version: seen, reason } });
    };
    await expect(step('adopt', admin(), done.version)).rejects.toMatchObject({ code: 'transition_not_allowed' });
    await expect(step('propose', as.secretary, done.version)).rejects.toMatchObject({ code: 'not_found' });
    const { rehearsal: open } = await step('propose', as.chief, done.version);
    expect(open).toMatchObject({ proposal: 'open', proposedBy: 'chief', proposalReason: '减少一次流转' });
    const both = { ...as.chief, grants: [...as.chief.grants, ...admin().grants] };
    await expect(step('adopt', both, open.version)).rejects.toMatchObject({ code: 'own_proposal' });
    await expect(step('adopt', admin(), done.version)).rejects.toMatchObject({ code: 'version_conflict' });
    expect((await call('list', admin(), { query: { proposal: 'open' } })).items.map(({ id }) => id)).toEqual([done.id]);
    const { rehearsal: adopted } = await step('adopt', admin(), open.version, '同意');
    expect(adopted).toMatchObject({
      proposal: 'adopted',
      libraryVersion: 2,
      decidedBy: 'northIntake',
      outdated: false,
    });
    const library = libraryRoutes.list.response.parse(
      await world.events.libraryHandlers.list({ params: {}, query: {}, body: {} }, { actor: admin() }),
    );
    expect([library.version, library.versions[0]?.note]).toEqual([2, expect.stringMatching(/^同意（规则推演“绿地由街道办”.*2 件/)]); // prettier-ignore
    expect((await ruleOf('E0106')).rule.areas).toEqual(change.areas);
    const kept = await call('get', as.chief, { params: { id: done.id } });
    expect([kept.before[0]?.areas, kept.changes[0]?.areas]).toEqual([[], change.areas]); // as it was when it was asked
    // A new event of this place is now suggested to the duty of the area.
    const { id } = await event('report', as.gridWorker, {
      body: eventRoutes.report.body.parse({ ...op(), categoryCode: 'E0106', ...here }),
    });
    expect((await get(as.secretary, id)).rule).toMatchObject({ leadRole: 'urban_management', tier: 'street', version: 2 }); // prettier-ignore
    const lines = await world.owner.query<{ action: string }>(
      "select action from ledger_entry where subject_id = $1 order by at, action", [done.id]); // prettier-ignore
    expect(lines.rows.map(({ action }) => action).toSorted()).toEqual(
      ['library.adopt', 'library.propose', 'library.rehearse', 'library.rehearsed'], // prettier-ignore
    );
  });

  it('are turned down with a reason, and cannot be proposed once another version is in force', async () => {
    const { as } = world;
    const done = await ask(as.chief, { priority: 2 });
    const { rehearsal } = await call('propose', as.chief, { params: { id: done.id }, body: { ...op(), version: done.version, reason: '试试' } }); // prettier-ignore
    const other = await ask(as.chief, { priority: 1 });
    world.clock.advance(1);
    const { rehearsal: down } = await call('turnDown', admin(), { params: { id: done.id }, body: { ...op(), version: rehearsal.version, reason: '人手不够' } }); // prettier-ignore
    expect(down).toMatchObject({ proposal: 'turned_down', decisionReason: '人手不够', libraryVersion: null });
    const { rule, version } = await ruleOf('E0106');
    await world.events.libraryHandlers.publish({ params: {}, query: {}, body: { ...op(), baseVersion: version, note: '别的改动', changes: [{ ...rule, priority: 4 }] } }, { actor: admin() }); // prettier-ignore
    expect((await call('get', as.chief, { params: { id: other.id } })).outdated).toBe(true);
    await expect(
      call('propose', as.chief, {
        params: { id: other.id },
        body: { ...op(), version: other.version, reason: '试试' },
      }),
    ).rejects.toMatchObject({ code: 'version_conflict' });
  });
});
