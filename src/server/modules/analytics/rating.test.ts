import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyticsUnitRoutes as routes } from '#contract/analytics-units.ts';
import type { PersonKey } from '#test/helpers/events-world.ts';
import { createAnalyticsWorld, type AnalyticsWorld } from './world.fixture.ts';

let world: AnalyticsWorld;
const closed: string[] = [];
const none = { params: {}, query: {}, body: {} };
const ctx = (who: PersonKey) => ({ actor: world.as[who] });

/** Three trees that went up to the district and were seen to by the bureau. */
beforeAll(async () => {
  world = await createAnalyticsWorld();
  await world.analytics.refresh();
  for (let n = 0; n < 3; n++) {
    const id = await world.filed();
    await world.does('dispatcher', 'escalate', id, { reason: '行道树归区里管' });
    await world.does('districtDispatcher', 'dispatch', id, { leadUnitId: world.unit.bureau });
    const taskId = (await world.detail(id)).tasks.find(({ status }) => status === 'offered')?.id ?? '';
    await world.does('bureauHandler', 'accept', id, { taskId });
    await world.does('bureauHandler', 'finish', id, { taskId, result: '扶正了', noEvidenceReason: '没拍上' });
    await world.does('inspector', 'check', id, { outcome: 'pass' });
    closed.push(id);
  }
  await world.closed(); // by the street's own post: nobody rates oneself
  await world.follow();
});
afterAll(() => world.close());

const good = { answer_in_time: 5, comes_to_site: 4, solves: 4, no_push: 5 };
const rate = (who: PersonKey, change: Record<string, unknown> = {}) =>
  world.analytics.unitHandlers.rate(
    {
      ...none,
      body: routes.rate.body.parse({
        opId: randomUUID(), raterUnitId: world.unit.streetCentre, ratedUnitId: world.unit.bureau, eventId: closed[0],
        marks: good, ...change,
      }), // prettier-ignore
    },
    ctx(who),
  );
const due = (who: PersonKey) => world.analytics.unitHandlers.toRate(none, ctx(who));
const list = (who: PersonKey, side = 'all') =>
  world.analytics.unitHandlers.ratings({ ...none, query: routes.ratings.query.parse({ side }) }, ctx(who));
const summary = (who: PersonKey) => world.analytics.unitHandlers.ratingSummary({ ...none, query: {} }, ctx(who));

describe('a street and a department rate one another', () => {
  it('over the cases they had together, and the quarter', async () => {
    expect(await due('chief')).toMatchObject({
      quarter: '2026Q2',
      cases: [{ side: 'up' }, { side: 'up' }, { side: 'up' }],
      units: [{ rated: { name: '城市管理局' }, side: 'up', cases: 3 }],
    });
    const back = await due('bureauLead');
    expect(back.cases).toHaveLength(3);
    expect(back.cases[0]).toMatchObject({ side: 'down', rated: { name: '街道中心' } });
  });

  it('with a mark for everything asked, and a reason for a low one', async () => {
    await expect(rate('chief', { marks: { solves: 5 } })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(rate('chief', { marks: { ...good, clear_reports: 5 } })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(rate('chief', { marks: { ...good, solves: 2 } })).rejects.toMatchObject({ code: 'reason_needed' });
    const opId = randomUUID();
    const made = await rate('chief', { opId, marks: { ...good, solves: 2 }, reason: '半个月后又倒了' });
    expect(await rate('chief', { opId, marks: { ...good, solves: 2 }, reason: '半个月后又倒了' })).toEqual(made);
    await expect(rate('chief')).rejects.toMatchObject({ code: 'already_exists' });
    expect((await due('chief')).cases).toHaveLength(2);
  });

  it('for one’s own unit only, and only where they worked together', async () => {
    const { unit } = world;
    await expect(rate('districtChief')).rejects.toMatchObject({ code: 'not_found' });
    await expect(rate('chief', { ratedUnitId: unit.power })).rejects.toMatchObject({ code: 'not_found' });
    await expect(rate('chief', { ratedUnitId: unit.cityPost })).rejects.toMatchObject({ code: 'not_found' });
    await expect(rate('chief', { eventId: undefined, quarter: '2026Q1' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(rate('chief', { eventId: undefined, quarter: '2027Q1' })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(rate('chief', { quarter: '2026Q2' })).rejects.toMatchObject({ code: 'bad_input' });
  });

  it('is read by the rated, answered once, and told together only from three on', async () => {
    const [received] = (await list('bureauLead', 'received')).items;
    expect(received).toMatchObject({ reason: '半个月后又倒了', mayAnswer: true, rater: { name: '街道中心' } });
    expect((await list('northIntake')).items).toEqual([]);
    expect((await summary('bureauLead')).units[0]).toMatchObject({ count: 1, marks: [{ mean: null }, {}, {}, {}] });
    const answer = (who: PersonKey, version: number) =>
      world.analytics.unitHandlers.answer(
        { params: { id: received?.id ?? '' }, query: {}, body: { opId: randomUUID(), version, answer: '已补支撑' } },
        ctx(who),
      );
    await expect(answer('chief', 1)).rejects.toMatchObject({ code: 'not_found' });
    await answer('bureauLead', 1);
    await expect(answer('bureauLead', 2)).rejects.toMatchObject({ code: 'transition_not_allowed' });
    expect((await list('chief', 'given')).items[0]).toMatchObject({ answer: '已补支撑', mayAnswer: false });
    world.clock.advance(1000);
    await rate('chief', { eventId: closed[1] });
    await rate('chief', { eventId: undefined, quarter: '2026Q2' });
    const [told] = (await summary('chief')).units;
    expect(told).toMatchObject({ unit: { name: '城市管理局' }, side: 'up', count: 3 });
    expect(told?.marks.find(({ code }) => code === 'solves')).toEqual({ code: 'solves', count: 3, mean: 10 / 3 });
  });
});
