import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planRoutes } from '#contract/operations-plans.ts';
import { rolePermissions, type Actor } from '#server/modules/identity/index.ts';
import { seedPlans } from './index.ts';
import { createTown, inTheRoom, reportFire, room, type Town } from './room.fixture.ts';

let town: Town;
beforeAll(async () => {
  town = await createTown();
});
afterAll(() => town.close());

const step = { key: 'look', words: '到场查看', role: 'grid_force', dueMinutes: 10 };
const body = (more: Record<string, unknown> = {}) => ({ name: '树木倒伏预案', steps: [step], ...more });
const refusal = (code: string) => expect.objectContaining({ code });

type Verb = 'create' | 'edit' | 'publish' | 'retire';
async function change(verb: Verb, code: string, sent: Record<string, unknown>, who: Actor = town.as.chief) {
  const parsed = planRoutes[verb].body.parse({ opId: randomUUID(), ...(verb === 'create' ? { code } : {}), ...sent });
  const handler = town.operations.planHandlers[verb] as (
    input: unknown,
    ctx: unknown,
  ) => Promise<{ code: string; version: number; draftVersion: number }>;
  return handler({ params: { code }, query: {}, body: parsed }, { actor: who });
}
async function plan(code: string, version?: number) {
  const query = version === undefined ? {} : { version };
  const answer = await town.operations.planHandlers.get(
    { params: { code }, query, body: {} },
    { actor: town.as.chief },
  );
  return planRoutes.get.response.parse(answer);
}

describe('plans', () => {
  it('are seeded from files once, each valid and of known categories', async () => {
    const { items } = await town.operations.planHandlers.list(
      { params: {}, query: { retired: false }, body: {} },
      { actor: town.as.chief },
    );
    expect(items.map((one) => one.code)).toEqual([
      'cable_well_fire',
      'fire',
      'gas_leak',
      'heat',
      'landslide',
      'missing_person',
    ]);
    expect(items.every((one) => one.state === 'published' && one.version === 1 && one.stepCount > 4)).toBe(true);
    const { categories, rules } = await town.events.dictionary.get();
    expect(items.flatMap((one) => one.categories).filter((code) => !categories.has(code))).toEqual([]);
    // Every plan the level library names is there.
    const named = [...rules.values()].flatMap((rule) => rule.planCode ?? []);
    expect(named.filter((code) => !items.some((one) => one.code === code))).toEqual([]);
    expect(await seedPlans(town.database, town.clock, '500000')).toBe(0);
  });

  it('go from draft to version; what is open keeps the version it was opened under', async () => {
    await change('create', 'tree', { body: body() });
    const id = await reportFire(town);
    const open = () => inTheRoom(town, town.as.intake, 'open', { id }, { planCode: 'tree' });
    await expect(open()).rejects.toEqual(refusal('not_found'));
    expect(await change('publish', 'tree', { draftVersion: 1 })).toEqual({ code: 'tree', version: 1, draftVersion: 1 });
    await open();

    const longer = body({ steps: [step, { ...step, key: 'saw', words: '锯除' }] });
    await change('edit', 'tree', { draftVersion: 1, body: longer });
    expect(await plan('tree')).toMatchObject({ version: 1, hasDraft: true, body: { steps: [{ key: 'look' }] } });
    await expect(change('edit', 'tree', { draftVersion: 1, body: longer })).rejects.toEqual(
      refusal('version_conflict'),
    );
    await change('publish', 'tree', { draftVersion: 2, note: '加一步' });
    expect((await plan('tree')).body?.steps).toHaveLength(2);
    expect((await plan('tree', 1)).body?.steps).toHaveLength(1);
    expect((await plan('tree')).versions.map((one) => [one.version, one.publishedBy])).toEqual([
      [2, 'chief'],
      [1, 'chief'],
    ]);
    expect((await plan('tree')).opened).toBe(1);
    expect((await room(town, town.as.intake, id)).operation).toMatchObject({
      planVersion: 1,
      steps: [{ key: 'look' }],
    });
    await expect(change('publish', 'tree', { draftVersion: 2 })).rejects.toEqual(refusal('transition_not_allowed'));
    await expect(town.owner.query("set role huangge_app; update plan_version set note = ''")).rejects.toThrow(
      'permission denied',
    );
    await town.owner.query('reset role');
  });

  it('retire with a reason and come back as a new version; two cannot share a code', async () => {
    await change('create', 'short', { body: body() });
    await change('publish', 'short', { draftVersion: 1 });
    await change('retire', 'short', { reason: '并入树木预案' });
    await expect(change('retire', 'short', { reason: '再次' })).rejects.toEqual(refusal('transition_not_allowed'));
    expect(await plan('short')).toMatchObject({ state: 'retired', retiredReason: '并入树木预案' });
    const id = await reportFire(town);
    await expect(inTheRoom(town, town.as.intake, 'open', { id }, { planCode: 'short' })).rejects.toEqual(
      refusal('not_found'),
    );
    expect(await change('publish', 'short', { draftVersion: 1 })).toMatchObject({ version: 2 });
    await expect(change('create', 'short', { body: body() })).rejects.toEqual(refusal('already_exists'));
    await expect(change('create', 'odd', { body: body({ categories: ['E9999'] }) })).rejects.toEqual(
      refusal('bad_input'),
    );
    await expect(plan('no_such')).rejects.toEqual(refusal('not_found'));
  });

  it('are edited by those who carry the word, and by no handler', () => {
    const may = Object.entries(rolePermissions).filter(([, words]) =>
      (words as readonly string[]).includes('plan.edit'),
    );
    expect(may.map(([role]) => role)).toEqual(['duty_chief', 'system_admin']);
  });

  it('count events with a plan and those whose plan was opened, within sight and time', async () => {
    const coverage = async (who: Actor, query: Record<string, string> = {}) =>
      planRoutes.coverage.response.parse(
        await town.operations.planHandlers.coverage(
          { params: {}, query: planRoutes.coverage.query.parse(query), body: {} },
          { actor: who },
        ),
      );
    const to = new Date(town.clock.now() + 1).toISOString();
    const before = await coverage(town.as.chief, { to });
    const id = await reportFire(town);
    await reportFire(town, { categoryCode: 'E0101' });
    await inTheRoom(town, town.as.intake, 'open', { id }, { planCode: 'cable_well_fire' });
    const after = await coverage(town.as.chief, { to });
    expect(after.events - before.events).toBe(2);
    expect(after.withPlan - before.withPlan).toBe(1);
    expect(after.opened - before.opened).toBe(1);
    expect(after.byCategory.find((row) => row.categoryCode === 'E0511')?.planCodes).toEqual(['cable_well_fire']);
    expect((await coverage(town.as.northIntake, { to })).events).toBe(0);
    expect((await coverage(town.as.chief, { to, areaCode: '500103004002' })).events).toBe(0);
    await expect(coverage(town.as.chief, { from: to, to })).rejects.toEqual(refusal('bad_input'));
  });

  it('list joint operations page by page, newest first, to those who see the events', async () => {
    const list = async (who: Actor, query: { cursor?: string; planCode?: string; open?: boolean } = {}) =>
      town.operations.handlers.list({ params: {}, query: { limit: 1, ...query }, body: {} }, { actor: who });
    const first = await list(town.as.chief);
    const second = await list(town.as.chief, { cursor: first.next ?? '' });
    const ids = [...first.items, ...second.items].map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(2);
    expect((await list(town.as.northIntake)).items).toEqual([]);
    expect((await list(town.as.chief, { planCode: 'tree' })).items).toMatchObject([{ planCode: 'tree', steps: 1 }]);
    expect((await list(town.as.chief, { open: false })).items).toEqual([]);
    await expect(list(town.as.chief, { cursor: 'nonsense' })).rejects.toEqual(refusal('bad_input'));
  });
});
