import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { unzipSync, strFromU8 } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemScope } from '#server/db/scope.ts';
import { isAppError, type ErrorCode } from '#kit/errors.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { hoursIn, tallyAll, tallySteps } from './figures-store.ts';
import { buildFigures, type FiguresWorld, type GivenRecord } from './figures.fixture.ts';

let world: FiguresWorld;
beforeAll(async () => {
  world = await buildFigures();
});
afterAll(() => world.close());

type Query = Partial<Parameters<FiguresWorld['figures']['handlers']['records']>[0]['query']>;
const get = (actor: Actor, query: Query = {}) =>
  world.figures.handlers.get({ params: {}, query: { period: 'month', ...query }, body: {} }, { actor });
const records = (actor: Actor, query: Query = {}) =>
  world.figures.handlers.records({ params: {}, query: { period: 'month', limit: 50, ...query }, body: {} }, { actor });
const demand = (actor: Actor, query: Query = {}) =>
  world.figures.handlers.demand({ params: {}, query: { period: 'month', ...query }, body: {} }, { actor });
const street = (): Actor => world.as.chief;
const head = (): Actor => world.staff['east head'];

async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
}

const recount = `select d.station_id, d.day, d.what, d.value, count(*)::int as records, sum(r.persons)::int as persons
  from service_record r, service_tally_of(r.station_id, r.at, r.kind, r.visitor, r.weather, r.partner_id) d
  where not exists (select from service_correction c where c.record_id = r.id) group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
const kept = `select station_id, day, what, value, records, persons from service_tally
  where records <> 0 or persons <> 0 order by 1, 2, 3, 4`;

const months = `select station_id, date_trunc('month', day::timestamp)::date as month, what,
    service_tally_weekly(what, day, value) as value, sum(records)::int as records, sum(persons)::int as persons
  from (${recount}) d group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
const keptMonths = `select station_id, month, what, value, records, persons from service_tally_month
  where records <> 0 or persons <> 0 order by 1, 2, 3, 4`;

describe('the tally', () => {
  test('is what recounting all records from scratch gives, whatever was recorded and corrected, one by one or many at once', async () => {
    const record = fc.record({
      station: fc.constantFrom('east' as const, 'west' as const, 'north' as const),
      at: fc
        .integer({ min: 0, max: 40 * 24 * 60 })
        .map((m) => new Date(Date.parse('2026-05-01T00:00:00Z') + m * 60_000).toISOString()),
      kind: fc.constantFrom('water', 'rest', 'medicine'),
      persons: fc.integer({ min: 1, max: 30 }),
      visitor: fc.constantFrom(null, 'tourist', 'resident'),
      weather: fc.constantFrom(null, 'heat.orange'),
    });
    const story = fc.array(fc.tuple(record, fc.boolean()), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(story, async (list) => {
        const ids = await Promise.all(list.map(([one]) => world.give(one)));
        for (const [k, [, wrong]] of list.entries()) if (wrong) await world.correct(ids[k] ?? '');
        const [tally, again] = [await world.owner.query(kept), await world.owner.query(recount)];
        expect(tally.rows).toEqual(again.rows);
        const [inMonths, monthsAgain] = [await world.owner.query(keptMonths), await world.owner.query(months)];
        expect(inMonths.rows).toEqual(monthsAgain.rows);
      }),
      { numRuns: 12 },
    );
  });

  test('cannot be written by the program itself', async () => {
    const write = world.database.pool.query('update service_tally set persons = 1');
    await expect(write).rejects.toThrow(/permission denied/);
  });

  test('of any span is the same from whole months and the days beside them as from the records', async () => {
    const day = fc.integer({ min: 0, max: 60 }).map((n) => Math.floor(Date.parse('2026-04-20') / 86_400_000) + n);
    const ids = [world.station.east.id, world.station.west.id];
    const sumOf = async ({ first, last }: { first: number; last: number }) =>
      (
        await world.owner.query<{ weekday: number; hour: number; persons: number }>(
          `select extract(isodow from at)::int - 1 as weekday, extract(hour from at)::int as hour, sum(persons)::int as persons
           from (select r.at at time zone 'Asia/Shanghai' as at, persons from service_record r where station_id = any ($1)
             and not exists (select from service_correction c where c.record_id = r.id)) r
           where at::date - date '1970-01-01' between $2 and $3 group by 1, 2 order by 1, 2`,
          [ids, first, last],
        )
      ).rows;
    await fc.assert(
      fc.asyncProperty(day, day, async (a, b) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        const before = { first: first - 31, last: first - 1 };
        await world.database.read(systemScope, async (tx) => {
          const tally = await tallyAll(tx, ids, { first, last, whole: true, before });
          const hours = hoursIn(tally).filter(({ persons }) => persons > 0).toSorted((x, y) => x.weekday - y.weekday || x.hour - y.hour); // prettier-ignore
          expect(hours).toEqual(await sumOf({ first, last }));
          const sum = (rows: readonly { persons: number }[]) => rows.reduce((n, { persons }) => n + persons, 0);
          const told = tally.byStation.reduce((n, { personsBefore }) => n + personsBefore, 0);
          expect([told, sum(tally.byStation)]).toEqual([sum(await sumOf(before)), sum(hours)]);
          for (const step of ['day', 'month'] as const)
            expect(sum([...(await tallySteps(tx, ids, { first, last }, step)).values()].map((persons) => ({ persons })))).toBe(sum(hours)); // prettier-ignore
        });
      }),
      { numRuns: 25 },
    );
  });
});

describe('figures of a month', () => {
  const june = (day: number, hour: number): string =>
    new Date(Date.parse('2026-06-01T00:00:00+08:00') + ((day - 1) * 24 + hour) * 3_600_000).toISOString();
  beforeAll(async () => {
    await world.owner.query(
      'delete from service_correction; delete from service_record; delete from service_tally; delete from service_tally_month',
    );
    const given: GivenRecord[] = [
      { at: june(1, 9), persons: 12, visitor: 'tourist', weather: 'heat.orange' },
      { at: june(1, 23.9), persons: 3, visitor: 'outdoor_worker' }, // just before midnight in Shanghai
      { at: june(2, 0.1), persons: 7, visitor: 'resident', kind: 'rest' },
      { at: june(14, 14), persons: 40, partnerId: world.partnerId, kind: 'medicine' },
      { at: june(6, 14), persons: 30, station: 'west', visitor: 'tourist' },
      { at: june(7, 14), persons: 100, station: 'north' },
      { at: june(-20, 9), persons: 20 }, // 11 May
      { at: june(-10, 9), persons: 5 }, // 21 May: past the day that June has reached
    ];
    for (const one of given) await world.give(one);
    const wrong = await world.give({ at: june(3, 9), persons: 999 });
    await world.correct(wrong);
  });

  test('count what the actor sees, corrected records left out, beside as many days of the month before', async () => {
    const own = await get(head());
    expect(own.span).toEqual({ from: '2026-06-01', to: '2026-06-15', whole: false, before: { from: '2026-05-01', to: '2026-05-15' } }); // prettier-ignore
    expect(own.persons).toEqual({ now: 62, before: 20 });
    expect(own.records).toEqual({ now: 4, before: 1 });
    const all = await get(street());
    expect(all.persons).toEqual({ now: 92, before: 20 });
    expect(all.byStation.map(({ name, persons }) => [name, persons.now])).toEqual([
      ['east驿站', 62],
      ['west驿站', 30],
    ]);
    expect((await get(world.as.districtChief)).persons.now).toBe(192);
    await refusal(get(head(), { station: world.station.west.id }), 'not_found');
    await refusal(get(street(), { area: '500103005' }), 'not_found');
  });

  test('a day is a day of Shanghai', async () => {
    expect((await get(head(), { period: 'day', day: '2026-06-01' })).persons.now).toBe(15);
    expect((await get(head(), { period: 'day', day: '2026-06-02' })).persons).toEqual({ now: 7, before: 15 });
  });

  test('every part adds up to the whole', async () => {
    const all = await get(street());
    const sum = (rows: readonly { persons: { now: number } }[]) => rows.reduce((n, { persons }) => n + persons.now, 0);
    expect([sum(all.byKind), sum(all.byWeather), sum(all.byStation)]).toEqual([92, 92, 92]);
    expect(all.hours.flat().reduce((n, m) => n + m, 0)).toBe(92);
    expect(all.trend.items.reduce((n, { persons }) => n + persons, 0)).toBe(92);
    expect(all.byPartner.map(({ name, persons }) => [name, persons.now])).toEqual([['药房', 40]]);
    expect(all.byWeather.map(({ name }) => name)).toEqual(['无预警', '高温橙色']);
    expect(all.days.reduce((n, m) => n + m, 0)).toBe(15);
  });

  test('what few people said of themselves is not told, nor to be had by subtracting or by opening it', async () => {
    const { visitors } = await get(head());
    const of = new Map(visitors.items.map(({ code, persons }) => [code, persons]));
    expect(of.get('outdoor_worker')).toBeNull(); // 3 persons
    expect([of.get('resident'), of.get('tourist')]).toContain(null); // another one hidden beside it
    expect(await records(head(), { visitor: 'outdoor_worker' })).toMatchObject({ few: true, items: [], total: null, persons: null }); // prettier-ignore
    const open = ['resident', 'tourist'] as const;
    const hidden = open.find((code) => of.get(code) === null) ?? 'resident';
    expect((await records(head(), { visitor: hidden })).few).toBe(true);
    const told = open.find((code) => of.get(code) !== null) ?? 'tourist';
    expect((await records(head(), { visitor: told })).persons).toBe(of.get(told));
    expect(JSON.stringify(await records(head()))).not.toContain('outdoor_worker');
  });

  test('every number opens the records it counts', async () => {
    const all = await get(street());
    const opens = async (query: Query, persons: number): Promise<void> => {
      const page = await records(street(), query);
      expect(page.persons).toBe(persons);
      expect(page.items.reduce((n, row) => n + row.persons, 0)).toBe(persons);
      expect(page.total).toBe(page.items.length);
    };
    await opens({}, all.persons.now);
    for (const { code, persons } of all.byKind) await opens({ kind: code }, persons.now);
    for (const { code, persons } of all.byWeather) await opens({ weather: code }, persons.now);
    for (const { code, persons } of all.byStation) await opens({ station: code }, persons.now);
    for (const { code, persons } of all.byPartner) await opens({ partner: code }, persons.now);
    for (const { from, persons } of all.trend.items) await opens({ period: 'day', day: from }, persons);
    for (const [weekday, row] of all.hours.entries())
      for (const [hour, persons] of row.entries()) if (persons > 0) await opens({ weekday, hour }, persons);
    await opens({ kind: 'medicine', hour: 14 }, 40); // two at once: counted from the records
  });

  test('pages of records join without gap or double', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const page: Awaited<ReturnType<typeof records>> = await records(street(), { limit: 2, ...(cursor === null ? {} : { cursor }) }); // prettier-ignore
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(seen).toEqual((await records(street())).items.map(({ id }) => id));
    expect(new Set(seen).size).toBe(5);
  });
});

describe('demand beside the roster', () => {
  test('tells when many came and nobody was on duty, as a fact; nothing where there is no roster', async () => {
    const sunday = Date.parse('2026-06-14T14:00:00+08:00');
    const without = await demand(head(), { period: 'day', day: '2026-06-14' });
    expect([without.rosterDays, without.gaps]).toEqual([0, []]);
    world.roster.push({ fromMs: sunday, untilMs: sunday + 3_600_000, needed: 2, onDuty: 1 });
    const told = await demand(head(), { period: 'day', day: '2026-06-14' });
    expect(told.cells).toEqual([{ weekday: 6, hour: 14, persons: 40, onDuty: 1, needed: 2 }]);
    expect(told.gaps).toEqual([{ weekday: 6, fromHour: 14, toHour: 15, persons: 40, onDuty: 1 }]);
    world.roster.push({ fromMs: sunday, untilMs: sunday + 3_600_000, needed: 2, onDuty: 1 });
    expect((await demand(head(), { period: 'day', day: '2026-06-14' })).gaps).toEqual([]); // two for forty is enough
  });
});

test('today stands beside the mean of the same weekday up to this time of day', async () => {
  const now = world.clock.now(); // Monday 10:00
  const ago = (weeks: number, hours: number): string =>
    new Date(now - weeks * 7 * 86_400_000 + hours * 3_600_000).toISOString();
  const before = await world.figures.handlers.today(
    { params: {}, query: {}, body: {} },
    { actor: world.staff['north head'] },
  );
  expect(before.items).toMatchObject([{ persons: 0, usual: null }]); // too few weeks to say what is usual
  for (let weeks = 1; weeks <= 4; weeks++)
    await world.give({ station: 'north', at: ago(weeks, -1), persons: 10 * weeks });
  await world.give({ station: 'north', at: ago(1, 1), persons: 500 }); // later in that day
  await world.give({ station: 'north', at: ago(0, -1), persons: 8 });
  const after = await world.figures.handlers.today(
    { params: {}, query: {}, body: {} },
    { actor: world.staff['north head'] },
  );
  expect(after).toMatchObject({ persons: 8, usual: 25, items: [{ persons: 8, usual: 25 }] });
});

describe('the monthly report', () => {
  const report = (format: 'docx' | 'pdf' | 'xlsx', over: object = {}) =>
    world.figures.report(street(), { month: '2026-06', format, ...over });
  const textOf = (bytes: Uint8Array, file: RegExp): string =>
    Object.entries(unzipSync(bytes)).filter(([name]) => file.test(name)).map(([, part]) => strFromU8(part).replaceAll(/<w:[^>]*>|<\/w:[^>]*>/g, ' ')).join('\n'); // prettier-ignore

  test('holds the figures, the partners, what was short and the activities, in Word and as a workbook', async () => {
    const id = randomUUID();
    await world.owner.query(
      `insert into activity (id, station_id, district, kind, title, starts_at, ends_at, state, created_at, settled_at)
       values ($1, $2, '500103', 'clinic', '端午义诊', '2026-06-05T01:00Z', '2026-06-05T03:00Z', 'held', now(), now())`,
      [id, world.station.east.id],
    );
    await world.give({ at: '2026-06-05T02:00:00Z', persons: 25, activityId: id, kind: 'activity' });
    const word = textOf((await report('docx')).bytes, /document\.xml$/);
    for (const words of ['服务月报', '服务人次', '117', '端午义诊', '25 人次', '应急药品', '藿香正气水', '说明了身份', '周六']) expect(word).toContain(words); // prettier-ignore
    const book = textOf((await report('xlsx')).bytes, /(sheet\d+|sharedStrings)\.xml$/);
    for (const words of ['服务人次', '<v>117</v>', '端午义诊']) expect(book).toContain(words);
    const { bytes, name } = await report('pdf', { station: world.station.east.id });
    expect(strFromU8(bytes.slice(0, 5))).toBe('%PDF-');
    expect(name).toBe('east驿站服务月报 2026-06.pdf');
    expect((await report('pdf', { station: world.station.east.id })).bytes).toEqual(bytes);
  });

  test("says so where there is nothing, and is refused where it is not one's own or has not begun", async () => {
    const word = textOf(
      (await world.figures.report(head(), { month: '2026-01', format: 'docx' })).bytes,
      /document\.xml$/,
    );
    for (const words of ['本期没有记录', '本期没有活动']) expect(word).toContain(words);
    await refusal(world.figures.report(head(), { month: '2026-06', format: 'pdf', station: world.station.north.id }), 'not_found'); // prettier-ignore
    await refusal(report('pdf', { month: '2026-07' }), 'bad_input');
  });

  test('on the first of a month each station that gave anything is told once, nobody else', async () => {
    await world.give({ station: 'west', at: '2026-05-20T02:00:00Z', persons: 4 });
    expect(await world.figures.tellMonths()).toBe(3);
    const lines = await world.owner.query<{ data: object; audience: string[] }>("select data, audience from ledger_entry where action = 'service.month'"); // prettier-ignore
    expect(lines.rows.map(({ data }) => data)).toContainEqual({ firstDay: '2026-05-01', records: 1, persons: 4 });
    expect(lines.rows.some(({ audience }) => audience.includes(`u:${world.station.west.unitId}`))).toBe(true);
  });
});
