import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyticsUnitRoutes as unitRoutes } from '#contract/analytics-units.ts';
import { analyticsRoutes as routes } from '#contract/analytics.ts';
import type { PersonKey } from '#test/helpers/events-world.ts';
import { createAnalyticsWorld, type AnalyticsWorld } from './world.fixture.ts';

const street = '500103004';
let world: AnalyticsWorld;
const id: Record<'good' | 'late' | 'reworked' | 'pending' | 'shelved' | 'returned' | 'night', string> = {
  good: '', late: '', reworked: '', pending: '', shelved: '', returned: '', night: '',
}; // prettier-ignore
const hour = 3_600_000;

/** Six cases of one street whose every figure can be counted by hand, and one of the other community. */
beforeAll(async () => {
  world = await createAnalyticsWorld();
  const { does, clock, unit } = world;
  await world.analytics.refresh();
  id.good = await world.closed();
  // Sent back once, then passed.
  const again = await world.handled();
  const finish = { taskId: again.taskId, result: '处理好了', noEvidenceReason: '没拍上' };
  await does('postHandler', 'finish', again.id, finish);
  await does('inspector', 'check', again.id, { outcome: 'fail', note: '没清干净' });
  await does('postHandler', 'finish', again.id, finish);
  await does('inspector', 'check', again.id, { outcome: 'pass' });
  id.reworked = again.id;
  const kept = await world.handled();
  await does('chief', 'shelve', kept.id, {
    reason: '等天晴', reviewAt: new Date(clock.now() + 100 * 24 * hour).toISOString(),
  }); // prettier-ignore
  id.shelved = kept.id;
  const back = await world.handled();
  await does('postHandler', 'return', back.id, { taskId: back.taskId, reason: '不归我们管，是电力的线' });
  id.returned = back.id;
  const slow = await world.handled();
  clock.advance(40 * 24 * hour);
  await does('postHandler', 'finish', slow.id, { ...finish, taskId: slow.taskId });
  await does('inspector', 'check', slow.id, { outcome: 'pass' });
  id.late = slow.id;
  id.pending = (await world.handled()).id;
  id.night = await world.report({ lon: 106.525, categoryCode: 'E0105' }, 'otherGridWorker');
  expect(unit.cityPost).not.toBe('');
  await world.follow();
});
afterAll(() => world.close());

const days = { from: '2026-06-01', to: '2026-08-31' };
const ctx = (who: PersonKey) => ({ actor: world.as[who] });
const none = { params: {}, query: {}, body: {} };
const figures = (who: PersonKey, query: Record<string, string> = {}) =>
  world.analytics.handlers.figures({ ...none, query: routes.figures.query.parse({ ...days, ...query }) }, ctx(who));
const cases = (who: PersonKey, query: Record<string, string> = {}) =>
  world.analytics.handlers.cases({ ...none, query: routes.cases.query.parse({ ...days, ...query }) }, ctx(who));

async function figure(code: string, query: Record<string, string> = {}) {
  const found = (await figures('chief', query)).indicators.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no indicator ${code}`);
  return found;
}

describe('indicators', () => {
  it('count what can be counted by hand, and say what they leave out', async () => {
    // Closed: good, reworked, late. Shelved and not yet due (pending, returned, night) are left out.
    expect(await figure('closed_on_time_rate')).toMatchObject({ numerator: 2, denominator: 3, few: true, grade: null });
    expect((await figure('closed_on_time_rate')).excluded).toEqual([
      { measure: 'pending', count: 3 },
      { measure: 'shelved', count: 1 },
    ]);
    expect(await figure('rework_rate')).toMatchObject({ numerator: 1, denominator: 3 });
    expect(await figure('return_rate')).toMatchObject({ numerator: 1, denominator: 6 });
    expect(await figure('right_first_rate')).toMatchObject({ numerator: 1, denominator: 3 });
    expect(await figure('effective_report_rate')).toMatchObject({ numerator: 6, denominator: 6 });
    expect(await figure('reports')).toMatchObject({ value: 7 });
    expect(await figure('shelved_rate')).toMatchObject({ numerator: 1, denominator: 6 });
  });

  it('say that there is no data, and why, instead of nothing at all', async () => {
    const words = await world.analytics.handlers.words(none, ctx('chief'));
    for (const code of ['solved_rate', 'three_rates', 'connect_rate', 'answer_rate']) {
      expect(await figure(code)).toMatchObject({ value: null, numerator: 0, denominator: 0 });
      expect(words.indicators.find((one) => one.code === code)?.none?.zh).toMatch(/.{6}/);
    }
    expect(words.indicators.every((one) => one.kind === 'none' || one.numerator !== null)).toBe(true);
    // Near-100 rates never stand alone.
    const near = words.indicators.filter(({ group, direction }) => group === 'close' && direction === 'up');
    expect(near.length).toBeGreaterThan(3);
    expect(near.every(({ companions }) => companions.length > 0)).toBe(true);
  });

  it('open exactly the cases they counted, whatever the indicator', async () => {
    const { indicators } = await figures('chief', { area: street });
    for (const one of indicators) {
      if (one.denominator === 0) continue;
      const query = { indicator: one.code, area: street };
      expect({ code: one.code, n: (await cases('chief', { ...query, part: 'numerator' })).total }).toEqual({
        code: one.code,
        n: one.numerator,
      });
      expect((await cases('chief', { ...query, part: 'denominator' })).total).toBe(one.denominator);
      const left = one.excluded.reduce((sum, { count }) => sum + count, 0);
      if (left > 0) expect((await cases('chief', { ...query, part: 'excluded' })).total).toBe(left);
    }
    const reworked = await cases('chief', { indicator: 'rework_rate', part: 'numerator' });
    expect(reworked.items.map((row) => row.id)).toEqual([id.reworked]);
    expect((await cases('chief', { measure: 'shelved' })).items[0]?.reviewAt).not.toBeNull();
    expect((await cases('chief', { cell: '106.51,29.4,106.6,29.6' })).items.map((row) => row.id)).toEqual([id.night]);
    expect((await cases('chief', { ids: `${id.good},${id.late}` })).total).toBe(2);
  });

  it('are the same from rollups, from facts and for the unit that leads', async () => {
    const { indicators: ofStreet } = await figures('chief', { area: street, class: 'E01' });
    const parts = await Promise.all(
      [`${street}001`, `${street}002`].map(async (area) => (await figures('chief', { area })).indicators),
    );
    for (const [at, one] of ofStreet.entries()) {
      const sum = (of: 'numerator' | 'denominator') => parts.reduce((total, list) => total + (list[at]?.[of] ?? 0), 0);
      expect({ code: one.code, n: sum('numerator'), d: sum('denominator') }).toEqual({
        code: one.code,
        n: one.numerator,
        d: one.denominator,
      });
    }
    const { indicators: ofUnit, unit } = await figures('chief', { unit: world.unit.cityPost });
    expect(unit?.id).toBe(world.unit.cityPost);
    expect(ofUnit.find(({ code }) => code === 'closed_rate')).toMatchObject({ numerator: 3, denominator: 3 });
    expect((await cases('chief', { unit: world.unit.cityPost, measure: 'dispatched' })).total).toBe(6);
  });

  it('tell how long people waited, the half and nine tenths, within the error that is said', async () => {
    const { waits } = await figures('chief');
    // Report, a minute later escalate, a minute later file: two minutes. Then one minute to each step.
    expect(waits.find(({ code }) => code === 'file')).toMatchObject({ count: 6 });
    const file = waits.find(({ code }) => code === 'file')?.medianMinutes ?? 0;
    expect(Math.abs(file - 2) / 2).toBeLessThan(0.42);
    const accept = waits.find(({ code }) => code === 'accept');
    expect(accept).toMatchObject({ count: 6 });
    expect(Math.abs((accept?.medianMinutes ?? 0) - 1)).toBeLessThan(0.42);
    const whole = waits.find(({ code }) => code === 'whole')?.p90Minutes ?? 0;
    expect(Math.abs(whole - 40 * 24 * 60) / (40 * 24 * 60)).toBeLessThan(0.42);
  });

  it('are graded in the areas below, with a few told as few', async () => {
    const { areas } = await world.analytics.handlers.map(
      { ...none, query: routes.map.query.parse({ ...days, area: street, indicator: 'closed_rate' }) },
      ctx('chief'),
    );
    expect(areas.map(({ name, denominator, grade, few }) => ({ name, denominator, grade, few }))).toEqual([
      { name: '东村社区', denominator: 3, grade: null, few: true },
      { name: '西村社区', denominator: 0, grade: null, few: true },
    ]);
    const { areas: streets } = await world.analytics.handlers.map(
      { ...none, query: routes.map.query.parse({ ...days, area: '500103', indicator: 'closed_rate' }) },
      ctx('districtChief'),
    );
    expect(streets.find(({ code }) => code === street)?.denominator).toBe(3);
  });
});

describe('who may read', () => {
  it('one’s own area and unit; what is foreign looks absent', async () => {
    await expect(figures('northIntake', { area: street })).rejects.toMatchObject({ code: 'not_found' });
    // A unit may work in one's area: what it did there is told, and nothing else.
    const there = await figures('northIntake', { unit: world.unit.cityPost });
    expect(there.place?.code).toBe('500103005');
    expect(there.indicators.every(({ numerator, denominator }) => numerator === 0 && denominator === 0)).toBe(true);
    expect((await cases('northIntake')).total).toBe(0);
    expect((await cases('northIntake', { area: street })).items).toEqual([]);
    expect((await figures('chief')).place?.code).toBe(street);
    await expect(figures('chief', { area: '500103' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(figures('bureauLead', { area: street })).rejects.toMatchObject({ code: 'not_found' });
    const own = await figures('bureauLead');
    expect(own).toMatchObject({ place: null, unit: { id: world.unit.bureau } });
    expect((await cases('bureauLead')).total).toBe(0);
  });
});

const numberOf = async (event: string) => (await world.detail(event)).number;
const propose = async (who: PersonKey, event: string, opId = randomUUID()) =>
  world.analytics.unitHandlers.propose(
    {
      ...none,
      body: unitRoutes.propose.body.parse({
        opId, number: await numberOf(event), reasonCode: 'force_majeure', note: '连续暴雨，无法施工',
      }), // prettier-ignore
    },
    ctx(who),
  );
const decide = (who: PersonKey, exclusion: string, version: number, outcome: string, note = '') =>
  world.analytics.unitHandlers.decide(
    {
      ...none,
      params: { id: exclusion },
      body: unitRoutes.decide.body.parse({ opId: randomUUID(), version, outcome, note }),
    },
    ctx(who),
  );

describe('a case is taken out of the figures', () => {
  it('by two people, in the open, and can be put back', async () => {
    const opId = randomUUID();
    const asked = await propose('inspector', id.late, opId);
    expect(await propose('inspector', id.late, opId)).toEqual(asked);
    await expect(propose('chief', id.late)).rejects.toMatchObject({ code: 'already_exists' });
    await world.follow();
    expect(await figure('closed_on_time_rate')).toMatchObject({ numerator: 2, denominator: 3 });
    // A seat without the word sees nothing to decide on.
    await expect(decide('inspector', asked.id, 1, 'approve')).rejects.toMatchObject({ code: 'not_found' });
    await expect(decide('chief', asked.id, 7, 'approve')).rejects.toMatchObject({ code: 'version_conflict' });
    await expect(decide('chief', asked.id, 1, 'refuse')).rejects.toMatchObject({ code: 'reason_needed' });
    world.clock.advance(1000);
    await decide('chief', asked.id, 1, 'approve');
    await world.follow();
    const now = await figure('closed_on_time_rate');
    expect(now).toMatchObject({ numerator: 2, denominator: 2 });
    expect(now.excluded).toContainEqual({ measure: 'excluded', count: 1 });
    expect(await figure('excluded_rate')).toMatchObject({ numerator: 1, denominator: 7 });
    const out = await cases('chief', { measure: 'excluded' });
    expect(out.items).toMatchObject([{ id: id.late, excluded: 'force_majeure' }]);
    world.clock.advance(1000);
    await world.analytics.unitHandlers.lift(
      { ...none, params: { id: asked.id }, body: { opId: randomUUID(), version: 2, note: '其实可以施工' } },
      ctx('districtChief'),
    );
    await world.follow();
    expect(await figure('closed_on_time_rate')).toMatchObject({ numerator: 2, denominator: 3 });
  });

  it('never by whoever proposed it, nor from elsewhere', async () => {
    const asked = await propose('chief', id.reworked);
    await expect(decide('chief', asked.id, 1, 'approve')).rejects.toMatchObject({ code: 'own_proposal' });
    await expect(decide('northIntake', asked.id, 1, 'approve')).rejects.toMatchObject({ code: 'not_found' });
    await expect(propose('northIntake', id.good)).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      world.owner.query("update indicator_exclusion set state = 'approved', decided_by = proposed_by where id = $1", [
        asked.id,
      ]),
    ).rejects.toThrow('indicator_exclusion_two');
    await world.analytics.unitHandlers.withdraw(
      { ...none, params: { id: asked.id }, body: { opId: randomUUID(), version: 1 } },
      ctx('chief'),
    );
    const list = await world.analytics.unitHandlers.exclusions(
      { ...none, query: unitRoutes.exclusions.query.parse({}) },
      ctx('chief'),
    );
    expect(list.items.map(({ state }) => state)).toEqual(['withdrawn', 'lifted']);
  });
});
