import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventRoutes } from '#contract/events.ts';
import { textRoutes } from '#contract/texts.ts';
import { uuidV7 } from '#kit/ids.ts';
import { createComputePool, type ComputePool } from '#server/compute/index.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { createEventsWorld, startMs, type World } from '#test/helpers/events-world.ts';
import { createTexts, type Texts } from './index.ts';

const dayMs = 86_400_000;
let world: World;
let compute: ComputePool;
let texts: Texts;
/** The commander of the street, who sees figures and issues. */
let chief: Actor;
const troubles: unknown[] = [];

const tree = 'E0121';
const places = ['枇杷路', '健康路', '人和街', '上清寺路', '桂花园路', '学田湾', '大田湾', '国际村', '王家坡', '中山路'];
const treeWords = ['树枝折断', '黄葛树倾斜', '行道树倒伏', '树枝挂在电线上', '大树压到车棚'];
const lampWords = ['路灯不亮', '路灯忽明忽暗', '路灯杆歪斜', '整排路灯熄灭', '灯罩脱落'];
const lamp = 'P0106';

beforeAll(async () => {
  world = await createEventsWorld();
  compute = createComputePool({ size: 1 });
  const { database, territory, clock, events } = world;
  texts = createTexts({
    database,
    territory,
    clock,
    events: events.texts,
    compute,
    categories: async () => (await events.dictionary.get()).categories,
    report: (error) => troubles.push(error),
  });
  chief = world.as.chief;
  for (let k = 0; k < 40; k++) {
    const place = places[k % places.length] ?? '';
    await addDecided(tree, `${place}${treeWords[k % 5]}`, 2, world.unit.cityPost, k);
    await addDecided(lamp, `${place}${lampWords[k % 5]}`, 3, world.unit.bureau, k);
  }
});
afterAll(async () => {
  await texts.stop();
  await compute.close();
  await world.close();
  expect(troubles).toEqual([]);
});

/** An event of the past that was filed, given to a unit and closed. */
async function addDecided(category: string, title: string, priority: number, unitId: string, k: number) {
  const id = uuidV7(startMs - 200 * dayMs + k * 60_000);
  const at = new Date(startMs - 200 * dayMs + k * dayMs);
  await world.owner.query(
    `insert into event (id, number, title, category_code, rule_version, priority, channel, status, tier, owner_unit_id, city, district, street, community,
       reported_at, filed_at, dispatched_at, closed_at, ended_at, updated_at)
     values ($1, $2, $3, $4, 1, $5, 'patrol', 'closed', 'street', $6, '500000', '500103', '500103004', '500103004001', $7, $7, $7, $7, $7, $7)`,
    [id, `P-${id.slice(-12)}`, title, category, priority, world.unit.streetCentre, at],
  );
  await world.owner.query(
    `insert into task (id, event_id, unit_id, part, status, offered_at, reported_at, district) values ($1, $2, $3, 'lead', 'done', $4, $4, '500103')`,
    [uuidV7(startMs), id, unitId, at],
  );
}

const report = async (body: Record<string, unknown>, who: Actor = world.as.intake) =>
  (
    await world.events.handlers.report(
      {
        params: {},
        query: {},
        body: eventRoutes.report.body.parse({
          opId: randomUUID(),
          categoryCode: tree,
          lon: 106.505,
          lat: 29.505,
          ...body,
        }),
      },
      { actor: who },
    )
  ).id;
const advise = (who: Actor, id: string) =>
  texts.handlers.advise({ params: { id }, query: {}, body: {} }, { actor: who });
const similar = (who: Actor, id: string) =>
  texts.handlers.similar({ params: { id }, query: {}, body: {} }, { actor: who });
const issues = (who: Actor) =>
  texts.handlers.issues({ params: {}, query: textRoutes.issues.query.parse({}), body: {} }, { actor: who });
const issue = (who: Actor, id: string) => texts.handlers.issue({ params: { id }, query: {}, body: {} }, { actor: who });
const figures = () => texts.handlers.figures({ params: {}, query: { days: 90 }, body: {} }, { actor: chief });
const lines = async (action: string) =>
  (await world.owner.query('select data from ledger_entry where action = $1 order by id', [action])).rows.map(
    (row) => row.data,
  );

describe('learning from what was decided', () => {
  it('makes a model of each kind, with figures and hash, and says so in the ledger', async () => {
    const { models } = await texts.handlers.learn(
      { params: {}, query: {}, body: { opId: randomUUID() } },
      { actor: chief },
    );
    expect(models.map((one) => [one.kind, one.state, one.examples, one.classes])).toEqual([
      ['category', 'serving', 80, 2],
      ['priority', 'serving', 80, 2],
      ['lead', 'serving', 80, 2],
    ]);
    for (const one of models) {
      expect(one.macroF1).toBeGreaterThan(0.9);
      expect(one.hash).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(new Set((await lines('text_model.learn')).map((data) => data.kind))).toEqual(
      new Set(['category', 'lead', 'priority']),
    );
  });

  it('replaces what served before by what is not worse; the same examples make the same bytes', async () => {
    world.clock.advance(dayMs);
    expect(await texts.jobs.learn()).toBe(3);
    const { models } = await figures();
    const categories = models.filter((one) => one.kind === 'category');
    expect(categories.map((one) => one.state).toSorted()).toEqual(['retired', 'serving']);
    expect(new Set(categories.map((one) => one.hash)).size).toBe(1);
    expect(await texts.jobs.learnFirst()).toBe(0);
  });

  it('a worse model does not serve', async () => {
    await world.owner.query(
      `update text_model set figures = jsonb_set(figures, '{macroF1}', '1.5') where state = 'serving' and kind = 'lead'`,
    );
    world.clock.advance(dayMs);
    await texts.jobs.learn();
    const leads = (await figures()).models.filter((one) => one.kind === 'lead');
    expect(leads.map((one) => one.state).toSorted()).toEqual(['refused', 'retired', 'serving']);
    expect(leads.find((one) => one.state === 'refused')?.before?.macroF1).toBe(1.5);
  });
});

describe('suggestions', () => {
  it('stand beside what the event has, with the words that decided, and are written down once', async () => {
    const id = await report({ title: '枇杷路路灯不亮', description: '整排路灯熄灭，晚上很黑' });
    const { suggestions, silent } = await advise(world.as.dispatcher, id);
    expect(suggestions.map((one) => [one.kind, one.code, one.stands])).toContainEqual(['category', lamp, tree]);
    const category = suggestions.find((one) => one.kind === 'category');
    expect(category?.reasons[0]?.word).toMatch(/灯/);
    const [span] = category?.reasons[0]?.spans ?? [];
    expect(span).toBeDefined();
    expect(silent).not.toContain('category');
    const shown = (await lines('suggestion.show')).length;
    expect(shown).toBeGreaterThan(0);
    await advise(world.as.dispatcher, id);
    expect(await lines('suggestion.show')).toHaveLength(shown);
  });

  it('says nothing when no word is known, and nothing to whom the event does not exist', async () => {
    const id = await report({ title: 'zzz' });
    const { suggestions, silent } = await advise(world.as.dispatcher, id);
    expect(suggestions).toEqual([]);
    expect(silent).toEqual(['category', 'priority', 'lead']);
    await expect(advise(world.as.northIntake, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are counted by what people decided: accepted, changed, ignored', async () => {
    world.clock.advance(60_000);
    const before = (await figures()).kinds.find((one) => one.kind === 'category')?.all;
    const ids = [
      await report({ title: '健康路路灯不亮，灯罩脱落' }),
      await report({ title: '人和街路灯杆歪斜，路灯不亮' }),
      await report({ title: '学田湾路灯忽明忽暗' }),
    ];
    for (const id of ids) await advise(world.as.dispatcher, id);
    const set = (id: string | undefined, sql: string) =>
      world.owner.query(`update event set ${sql} where id = $1`, [id]);
    world.clock.advance(60_000);
    await set(ids[0], `category_code = '${lamp}', status = 'dispatched', dispatched_at = now()`);
    await set(ids[1], `status = 'dispatched', dispatched_at = now()`);
    await set(ids[2], `status = 'declined', ended_at = now()`);
    expect(await texts.jobs.settle()).toBeGreaterThanOrEqual(3);
    expect(await texts.jobs.settle()).toBe(0);
    const after = (await figures()).kinds.find((one) => one.kind === 'category')?.all;
    expect(after?.shown).toBe((before?.shown ?? 0) + 3);
    expect([after?.accepted, after?.changed, after?.ignored]).toEqual([1, 1, 1]);
    expect(await lines('suggestion.settle')).not.toHaveLength(0);
  });

  it('tells urgency and places with where they stand in the text', async () => {
    const id = await report({ title: '东村社区有人受伤', description: '电线着火，多次反映' });
    const { urgency, places: found } = await advise(world.as.dispatcher, id);
    expect(urgency.map((one) => [one.kind, one.word])).toEqual([
      ['life', '受伤'],
      ['life', '着火'],
      ['repeat', '多次反映'],
    ]);
    expect(found[0]).toMatchObject({ name: '东村社区', kind: 'area', areaCode: '500103004001' });
    expect(found[0]?.spans).toEqual([{ field: 'title', from: 0, to: 4 }]);
  });
});

describe('like events', () => {
  it('are found once all are in, follow the ledger, and never show what is not the viewer’s', async () => {
    const first = await report({ title: '桥北农贸市场污水横流' });
    texts.start();
    await texts.ready();
    const again = await report({ title: '农贸市场门口污水横流，臭气熏天' });
    world.clock.advance(5_000);
    await texts.jobs.follow();
    const { ready, items } = await similar(world.as.dispatcher, again);
    expect(ready).toBe(true);
    expect(items[0]?.event.id).toBe(first);
    expect(items[0]?.score).toBeGreaterThan(0.25);
    expect(items.every((one) => one.event.id !== again)).toBe(true);
    await expect(similar(world.as.northIntake, again)).rejects.toMatchObject({ code: 'not_found' });
    const north = await texts.handlers.similarTo(
      { params: {}, query: {}, body: { text: '桥北农贸市场污水横流', lon: 106.505, lat: 29.505 } },
      { actor: world.as.northIntake },
    );
    expect(north.items).toEqual([]);
  });

  it('forgets what was declined', async () => {
    const gone = await report({ title: '消防通道停满汽车无法通行' });
    const id = await report({ title: '消防通道停满汽车' });
    await world.events.handlers.decline(
      {
        params: { id: gone },
        query: {},
        body: eventRoutes.decline.body.parse({ opId: randomUUID(), reason: '已处理' }),
      },
      { actor: world.as.secretary },
    );
    world.clock.advance(5_000);
    await texts.jobs.follow();
    expect((await similar(world.as.dispatcher, id)).items.map((one) => one.event.id)).not.toContain(gone);
  });
});

describe('hot issues', () => {
  let ids: string[] = [];
  it('are several reports of one matter, under a title without persons, seen where all of it lies', async () => {
    ids = [];
    for (const words of [
      '搅拌站噪音扰民',
      '搅拌站噪音扰民，我叫陈志远，电话13900001234',
      '搅拌站噪音和灰尘扰民',
      '投诉搅拌站噪音',
    ]) {
      ids.push(await report({ title: `阳光小区旁${words}`, lon: 106.51, lat: 29.53 }));
    }
    expect(await texts.jobs.retell()).toBeGreaterThan(0);
    const { items } = await issues(chief);
    const found = items.find((one) => one.title.includes('搅拌站'));
    expect(found).toMatchObject({ events: 4, openEvents: 4, areaCode: '500103004' });
    expect(found?.title).not.toMatch(/陈志远|1390000/);
    expect(found?.heat).toBeGreaterThan(3);
    expect(found?.daily.at(-1)).toBe(4);
    const told = await issue(chief, found?.id ?? '');
    expect(told.cases.map((one) => one.id).toSorted()).toEqual(ids.toSorted());
    expect(told.hidden).toBe(0);
    const asked = await world.database.read(systemScope, (tx) => texts.queries.hotIssue(tx, found?.id ?? ''));
    expect(asked?.eventIds.toSorted()).toEqual(ids.toSorted());
    expect((await issues({ ...world.as.northIntake, grants: world.as.northIntake.grants })).items).toEqual([]);
    await expect(issue(world.as.districtInspector, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('keep their id when told anew, and are merged one by one by the law of merging', async () => {
    const before = (await issues(chief)).items.find((one) => one.title.includes('搅拌站'));
    await texts.jobs.retell();
    const again = (await issues(chief)).items.find((one) => one.title.includes('搅拌站'));
    expect(again?.id).toBe(before?.id);
    expect((await issue(chief, again?.id ?? '')).mergeable.toSorted()).toEqual(ids.toSorted());
    expect((await issue(world.as.districtInspector, again?.id ?? '')).mergeable).toEqual([]);
    const opId = randomUUID();
    const merge = () =>
      texts.handlers.mergeIssue(
        {
          params: { id: again?.id ?? '' },
          query: {},
          body: { opId, intoId: ids[0] ?? '', eventIds: ids.slice(1), reason: '同一搅拌站' },
        },
        { actor: chief },
      );
    const { results } = await merge();
    expect(results.map((one) => one.ok)).toEqual([true, true, true]);
    expect((await merge()).results.map((one) => one.ok)).toEqual([true, true, true]);
    const { rows } = await world.owner.query(`select count(*)::int as n from event where merged_into = $1`, [ids[0]]);
    expect(rows[0].n).toBe(3);
    expect((await issue(chief, again?.id ?? '')).mergeable).toEqual([ids[0]]);
    await texts.jobs.retell();
    expect((await issues(chief)).items.filter((one) => one.title.includes('搅拌站'))).toEqual([]);
    expect((await issue(chief, again?.id ?? '')).gone).toBe(true);
    expect(await world.database.read(systemScope, (tx) => texts.queries.hotIssue(tx, again?.id ?? ''))).toBeUndefined();
  });

  it('refuses to merge what is no part of the issue', async () => {
    const other = (await issues(chief)).items[0];
    if (other === undefined) return;
    await expect(
      texts.handlers.mergeIssue(
        {
          params: { id: other.id },
          query: {},
          body: { opId: randomUUID(), intoId: ids[0] ?? '', eventIds: [ids[1] ?? ''], reason: '' },
        },
        { actor: chief },
      ),
    ).rejects.toMatchObject({ code: 'bad_input' });
  });

  it('can be asked by modules above within a transaction', async () => {
    await world.database.read(systemScope, async (tx) => {
      expect(Array.isArray(await texts.queries.hotIssues(tx, { path: '500103004', days: 30 }))).toBe(true);
      const told = await texts.queries.suggestionFigures(tx, { from: new Date(0), to: new Date(startMs + 90 * dayMs) });
      expect(told.kinds.map((one) => one.kind)).toEqual(['category', 'priority', 'lead']);
    });
  });
});
