import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { seededRandom } from '#kit/random.ts';
import { addDays, startOf } from '#kit/shanghai-days.ts';
import { createComputePool, type ComputePool } from '#server/compute/index.ts';
import { systemScope } from '#server/db/scope.ts';
import { createEventsWorld, type World } from '#test/helpers/events-world.ts';
import { putFacts, type FactWish } from './facts.fixture.ts';
import { createPatterns, patternRules, type Patterns } from './index.ts';

/** Monday 2026-06-15, 10:00: yesterday was a Sunday. */
const [district, street, east, west] = ['500103', '500103004', '500103004001', '500103004002'] as const;
const litter = '0201';
const noise = '0202';
const yesterday = '2026-06-14';

let world: World;
let compute: ComputePool;
let patterns: Patterns;
let worn: string[];
const hour = 3_600_000;

beforeAll(async () => {
  world = await createEventsWorld();
  const { database, territory, clock } = world;
  compute = createComputePool({ size: 1 });
  patterns = createPatterns({
    database, territory, clock, compute, nightCompute: compute,
    rules: { ...patternRules(), scan_draws: 99 },
    library: () => world.events.dictionary.get(),
    names: async (_tx, ids) => new Map(ids.map((id) => [id, '某某'])),
  }); // prettier-ignore
  await putFacts(world.owner, history());
  worn = await putFacts(world.owner, comesBack());
}, 60_000);
vi.setConfig({ testTimeout: 60_000 });
afterAll(async () => {
  await compute.close();
  await world.close();
});

/** About a dozen cases anywhere in two communities, fewer at a weekend. */
function ordinary(day: string, rng = seededRandom(Date.parse(day))): FactWish[] {
  const weekend = new Date(day).getUTCDay() % 6 === 0;
  const cases = Math.round((weekend ? 6 : 12) + (rng() - 0.5) * 4);
  return Array.from({ length: cases }, () =>
    caseAt(day, rng() < 0.5 ? litter : noise, [106.5 + rng() * 0.0399, 29.5 + rng() * 0.0199], rng),
  );
}

function caseAt(day: string, category: string, [lon, lat]: [number, number], rng: () => number): FactWish {
  return {
    atMs: startOf(day) + 8 * hour + Math.floor(rng() * 10 * hour),
    lon,
    lat,
    category,
    community: lon < 106.52 ? east : west,
    ownerUnitId: world.unit.streetCentre,
    leadUnitId: rng() < 0.5 ? world.unit.cityPost : world.unit.bureau,
  };
}

/** Half a year of ordinary days; yesterday forty more bags of litter in one place. */
function history(): FactWish[] {
  const rng = seededRandom(1);
  const wishes = Array.from({ length: 182 }, (_, k) => ordinary(addDays('2026-06-15', k - 182), rng)).flat();
  for (let k = 0; k < 40; k++)
    wishes.push(caseAt(yesterday, litter, [106.505 + rng() * 0.001, 29.505 + rng() * 0.001], rng));
  return wishes;
}

/** The same well, six times, closed after two days each time; the last is open. */
function comesBack(): FactWish[] {
  return [0, 1, 2, 3, 4, 5].map((k) => {
    const atMs = startOf('2026-04-01') + k * 12 * 24 * hour;
    return {
      atMs,
      lon: 106.531,
      lat: 29.511 + k * 0.00002,
      category: '0105',
      community: west,
      ownerUnitId: world.unit.streetCentre,
      leadUnitId: k % 2 === 0 ? world.unit.cityPost : world.unit.power,
      ...(k === 5 ? { status: 'handling', closedMs: null } : { closedMs: atMs + 48 * hour }),
    };
  });
}

const as = (key: keyof World['as']) => ({ actor: world.as[key] });
const ask = { params: {}, body: {} };
const hot = (who: keyof World['as'], query: object = {}) => patterns.handlers.hotSpots({ ...ask, query }, as(who));
const anomalies = (who: keyof World['as'], query: object = {}) =>
  patterns.handlers.anomalies({ ...ask, query: { state: ['open'], limit: 50, ...query } }, as(who));

describe('hot spots', () => {
  test('find the corner where litter was left, say where it is and what it is, and open exactly its cases', async () => {
    const found = await hot('chief');
    expect(found.tooLittle).toBeNull();
    expect(found.asked).toMatchObject({ areaCode: street, from: '2026-05-18', to: yesterday, ownOnly: false });
    expect(found.before).toEqual({ from: '2026-04-20', to: '2026-05-17' });
    const [spot] = found.spots;
    expect(spot).toMatchObject({ areaCode: '500103004001001', areaName: '东村社区 · 东村一格', heat: 3 });
    expect(spot!.kinds[0]!.code).toBe(litter);
    expect(spot!.times).toBeGreaterThan(2);
    expect(spot!.seen).toBeGreaterThan(spot!.before * 2);
    const cases = await patterns.handlers.cases(
      {
        ...ask,
        query: {
          from: found.asked.from,
          to: found.asked.to,
          steps: found.steps,
          untilHour: 24,
          cells: spot!.cells,
          limit: 200,
        },
      },
      as('chief'),
    );
    expect(cases.total).toBe(spot!.seen);
    // A run of squares counts as its squares: of the finest lattice, all of the street.
    const wide = {
      from: found.asked.from,
      to: found.asked.to,
      steps: 50,
      cells: ['14325-14327:5975'],
      untilHour: 24,
      limit: 1,
    };
    expect((await patterns.handlers.cases({ ...ask, query: wide }, as('chief'))).total).toBe(found.seen);
    expect(cases.items).toHaveLength(spot!.seen);
    expect(found.cells.reduce((sum, { seen }) => sum + seen, 0)).toBe(found.seen);
    expect(found.cells.every(({ q }) => q === null || (q >= 0 && q <= 1))).toBe(true);
  });

  test('of one kind are of that kind; pages of cases go on where they stopped', async () => {
    const found = await hot('chief', { category: litter });
    expect(found.spots[0]!.kinds.map(({ code }) => code)).toEqual([litter]);
    const query = {
      category: litter,
      from: found.asked.from,
      to: found.asked.to,
      steps: found.steps,
      untilHour: 24,
      cells: found.spots[0]!.cells,
    };
    const first = await patterns.handlers.cases({ ...ask, query: { ...query, limit: 10 } }, as('chief'));
    const second = await patterns.handlers.cases(
      { ...ask, query: { ...query, limit: 10, cursor: first.next! } },
      as('chief'),
    );
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(20);
  });

  test('say so where there is too little to go by', async () => {
    const found = await hot('chief', { from: '2026-06-01', to: '2026-06-01' });
    expect(found).toMatchObject({ tooLittle: 'cases', spots: [] });
    expect(found.seen).toBeGreaterThan(0);
  });

  test('of a strange street are absent; a department sees what it leads', async () => {
    await expect(hot('northIntake', { area: street })).rejects.toMatchObject({ code: 'not_found' });
    await expect(hot('chief', { area: district })).rejects.toMatchObject({ code: 'not_found' });
    const own = await hot('bureauLead');
    expect(own.asked.ownOnly).toBe(true);
    const all = await hot('districtChief');
    expect(own.seen).toBeGreaterThan(0);
    expect(own.seen).toBeLessThan(all.seen);
    await expect(hot('postHandler')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('anomalies', () => {
  test('yesterday is told once, for the community and the kind it was, however often the night comes', async () => {
    expect(await patterns.reckonNight()).toBe(1);
    const { items, open, looked } = await anomalies('chief');
    expect(open).toBe(1);
    expect(looked!.series).toBeGreaterThan(5);
    expect(items[0]).toMatchObject({
      areaCode: east,
      areaName: '东村社区',
      day: yesterday,
      side: 'more',
      state: 'open',
      untilHour: 24,
    });
    expect(items[0]!.category.code).toBe(litter);
    expect(items[0]!.seen).toBeGreaterThan(items[0]!.high);
    expect(await patterns.reckonNight()).toBe(0);
    await world.owner.query("delete from pattern_result where kind = 'anomalies'");
    expect((await Promise.all([patterns.reckonNight(), patterns.reckonNight()])).reduce((a, b) => a + b)).toBe(0);
    const { rows } = await world.owner.query("select data from ledger_entry where action = 'anomaly.find'");
    expect(rows).toHaveLength(1);
    expect(rows[0].data).toMatchObject({ areaCode: east, categoryCode: litter, side: 'more' });
  });

  test('show the weeks before it, each day with what was likely', async () => {
    const { items } = await anomalies('districtChief');
    const { days, factors } = await patterns.handlers.anomaly(
      { ...ask, params: { id: items[0]!.id }, query: {} },
      as('chief'),
    );
    expect(days).toHaveLength(56);
    expect(days.at(-1)).toMatchObject({ day: yesterday, seen: items[0]!.seen });
    expect(days.at(-1)!.high).toBe(items[0]!.high);
    expect(factors[2]).toBeGreaterThan(factors[6]!);
    const ordinary = days.slice(0, -1).filter(({ seen, low, high }) => seen >= low! && seen <= high!);
    expect(ordinary.length).toBeGreaterThan(48);
  });

  test('are absent for a strange street, for a grid worker, and for a department', async () => {
    const [one] = (await anomalies('chief')).items;
    const read = (who: keyof World['as']) =>
      patterns.handlers.anomaly({ ...ask, params: { id: one!.id }, query: {} }, as(who));
    await expect(read('northIntake')).rejects.toMatchObject({ code: 'not_found' });
    await expect(read('gridWorker')).rejects.toMatchObject({ code: 'not_found' });
    await expect(read('bureauLead')).rejects.toMatchObject({ code: 'not_found' });
    expect((await anomalies('bureauLead')).items).toEqual([]);
  });

  test('are answered with a reason, once; the same is quiet as long as asked and then told again', async () => {
    const [one] = (await anomalies('chief')).items;
    const answer = (who: keyof World['as'], more: object = {}) =>
      patterns.handlers.acknowledge(
        {
          params: { id: one!.id },
          query: {},
          body: {
            opId: randomUUID(),
            version: one!.version,
            answer: 'acting',
            reason: '已派城管清运',
            quietDays: 2,
            ...more,
          },
        },
        as(who),
      );
    await expect(answer('northIntake')).rejects.toMatchObject({ code: 'not_found' });
    await expect(answer('chief', { version: 9 })).rejects.toMatchObject({ code: 'version_conflict' });
    world.clock.advance(1000);
    const opId = randomUUID();
    const done = await answer('chief', { opId });
    expect(done.anomaly).toMatchObject({
      state: 'acknowledged',
      answer: 'acting',
      answeredBy: '某某',
      quietUntil: '2026-06-17',
      mayAnswer: false,
    });
    expect(await answer('chief', { opId })).toEqual(done);
    await expect(answer('chief', { version: 2 })).rejects.toMatchObject({ code: 'in_use' });
    const line = await world.owner.query("select data from ledger_entry where action = 'anomaly.acknowledge'");
    expect(line.rows).toHaveLength(1);
    expect(JSON.stringify(line.rows[0].data)).not.toContain('清运');
    // The next day is as bad: quiet. Three days later it is told.
    await putFacts(
      world.owner,
      ['2026-06-15', '2026-06-16', '2026-06-17', '2026-06-18', '2026-06-19', '2026-06-20'].flatMap((day) =>
        ordinary(day),
      ),
    );
    for (const [day, told] of [
      ['2026-06-15', 0],
      ['2026-06-18', 1],
    ] as const) {
      await putFacts(world.owner, Array.from({ length: 40 }, (_, k) => ({
        atMs: startOf(day) + 9 * hour + k * 60_000, lon: 106.505, lat: 29.505, category: litter, community: east, ownerUnitId: world.unit.streetCentre,
      }))); // prettier-ignore
      world.clock.set(startOf(addDays(day, 1)) + hour);
      expect(await patterns.reckonNight(), day).toBe(told);
    }
  });

  test('of a day that is not over are found by the hour; unanswered they are put away', async () => {
    world.clock.set(startOf('2026-06-20') + 12 * hour + 60_000);
    await putFacts(world.owner, Array.from({ length: 30 }, (_, k) => ({
      atMs: startOf('2026-06-20') + 9 * hour + k * 60_000, lon: 106.53, lat: 29.505, category: noise, community: west, ownerUnitId: world.unit.streetCentre,
    }))); // prettier-ignore
    expect(await patterns.reckonHour()).toBe(1);
    const { items } = await anomalies('chief');
    expect(items[0]).toMatchObject({ areaCode: west, untilHour: 12, day: '2026-06-20', side: 'more' });
    expect(await patterns.reckonHour()).toBe(0);
    world.clock.set(startOf('2026-07-20') + hour);
    await patterns.reckonNight();
    const { items: later } = await anomalies('chief', { state: ['open'], to: '2026-07-01' });
    expect(later).toEqual([]);
    expect((await anomalies('chief', { state: ['expired'] })).items.length).toBeGreaterThan(0);
    world.clock.set(Date.parse('2026-06-15T02:00:00Z'));
  });
});

describe('what the night reckons', () => {
  test('a cluster: the corner of litter, over the day it was there, with its squares', async () => {
    world.clock.set(startOf('2026-06-15') + 2 * hour);
    await world.owner.query("delete from event_fact where reported_day >= '2026-06-15'");
    await patterns.reckonNight();
    const { items, tooLittle, reckonedAt } = await patterns.handlers.clusters({ ...ask, query: {} }, as('chief'));
    expect(tooLittle).toBeNull();
    expect(reckonedAt).not.toBeNull();
    const found = items.find(({ category }) => category.code === litter);
    expect(found).toMatchObject({ areaName: expect.stringContaining('东村'), to: '2026-06-15' });
    expect(found!.days).toBeLessThanOrEqual(3);
    expect(found!.seen).toBeGreaterThanOrEqual(40);
    expect(found!.p).toBeLessThanOrEqual(0.05);
    const query = {
      category: litter,
      from: found!.from,
      to: found!.to,
      steps: found!.steps,
      untilHour: 24,
      cells: found!.cells,
      limit: 200,
    };
    expect((await patterns.handlers.cases({ ...ask, query }, as('chief'))).total).toBe(found!.seen);
    expect((await patterns.handlers.clusters({ ...ask, query: {} }, as('northIntake'))).items).toEqual([]);
  });

  test('next week: Monday more than Sunday, an interval, and how well the same would have done', async () => {
    const forecast = await patterns.handlers.forecast({ ...ask, query: {} }, as('chief'));
    expect(forecast).toMatchObject({ areaCode: street, share: 0.8 });
    const [all] = forecast.items;
    expect(all!.category.code).toBe('');
    expect(all!.next.map(({ day }) => day)[0]).toBe('2026-06-15');
    expect(all!.past).toHaveLength(28);
    expect(all!.next[0]!.expected).toBeGreaterThan(all!.next[6]!.expected);
    for (const { expected, low, high } of all!.next) expect(low <= expected && expected <= high).toBe(true);
    expect(all!.trial.weeks).toBe(8);
    expect(forecast.items.map(({ category }) => category.code)).toContain(noise);
    const city = await patterns.handlers.forecast({ ...ask, query: {} }, as('cityChief'));
    expect(city.items[0]!.areaCode).toBe(district);
  });

  test('is not reckoned again from the same facts', async () => {
    const stamp = async () =>
      (await world.owner.query('select kind, reckoned_at from pattern_result order by kind')).rows;
    const before = await stamp();
    world.clock.advance(60_000);
    await patterns.reckonNight();
    expect(await stamp()).toEqual(before);
  });
});

describe('what comes back, and where it sticks', () => {
  test('the well: six times, back after every closing, two units had it', async () => {
    const found = await patterns.handlers.recurrences({ ...ask, query: { limit: 50, category: '0105' } }, as('chief'));
    expect(found).toMatchObject({ total: 1, radiusM: 50, least: 3, cut: false });
    expect(found.items[0]).toMatchObject({
      seen: 6,
      medianGapDays: 12,
      backAfterClosing: 5,
      medianBackDays: 10,
      open: 1,
    });
    expect(found.items[0]!.units.map(({ name }) => name)).toEqual(['城市管理岗', '供电公司']);
    expect(found.items[0]!.cases.map(({ id }) => id)).toEqual(worn.toReversed());
  });

  test('steps: acceptance takes an hour, handling takes the day and is the bottleneck', async () => {
    const flow = await patterns.handlers.flow({ ...ask, query: { by: 'steps' } }, as('chief'));
    expect(flow.nodes[0]).toMatchObject({ key: 'handle', waiting: 1 });
    expect(flow.nodes.find(({ key }) => key === 'accept')).toMatchObject({ medianMin: 60 });
    expect(flow.edges.find(({ from, to }) => from === 'verify' && to === 'file')!.count).toBe(flow.cases);
  });

  test('units: a task that was returned comes back to the centre', async () => {
    const [id] = worn;
    await world.owner.query('set session_replication_role = replica');
    const offer = (unit: string, at: string, status: string, ended: string | null) =>
      world.owner.query(
        `insert into task (id, event_id, unit_id, part, status, offered_at, ended_at, reported_at, district)
         values ($1, $2, $3, 'lead', $4, $5, $6, $5, '500103')`,
        [randomUUID(), id, unit, status, at, ended],
      );
    await offer(world.unit.cityPost, '2026-04-01T00:00:00Z', 'returned', '2026-04-01T03:00:00Z');
    await offer(world.unit.power, '2026-04-01T05:00:00Z', 'done', '2026-04-02T00:00:00Z');
    await world.owner.query('set session_replication_role = default');
    const query = { by: 'units' as const, from: '2026-04-01', to: '2026-04-01', category: '0105' };
    const flow = await patterns.handlers.flow({ ...ask, query }, as('chief'));
    const names = new Map(flow.nodes.map(({ key, name }) => [key, name]));
    const way = flow.edges.map(({ from, to, count }) => `${names.get(from)} → ${names.get(to)} ${count}`);
    expect(way.toSorted()).toEqual(
      [
        '街道中心 → 城市管理岗 1',
        '城市管理岗 → 街道中心 1',
        '街道中心 → 供电公司 1',
        '供电公司 → 核查结案 1',
      ].toSorted(),
    );
    expect(flow.returned).toBe(1);
    expect(flow.hops).toEqual([0, 0, 0, 0, 1]);
  });

  test('ports answer for briefs and the screen', async () => {
    const { queries } = patterns;
    const path = ['500000', district, street];
    await world.database.read(systemScope, async (tx) => {
      expect((await queries.hotSpots(tx, { path })).spots.length).toBeGreaterThan(0);
      expect((await queries.forecast(tx, { path })).items.length).toBeGreaterThan(0);
      expect((await queries.recurrences(tx, { path, category: '0105' })).total).toBe(1);
      expect((await queries.bottlenecks(tx, { path })).nodes[0]!.key).toBe('handle');
      expect(Array.isArray(await queries.openAnomalies(tx, { path }))).toBe(true);
    });
  });
});
