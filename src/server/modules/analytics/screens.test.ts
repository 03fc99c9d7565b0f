import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { screenRoutes } from '#contract/screens.ts';
import { widgetCodes, layoutProblem, type Placement } from '#contract/screens-layout.ts';
import { isAppError, type ErrorCode } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { tiers } from '#kit/tiers.ts';
import { rolePermissions, type Actor } from '#server/modules/identity/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { createEventsWorld, startMs, type World } from '../../../../test/helpers/events-world.ts';
import { systemScope } from '#server/db/scope.ts';
import { countFacts } from './store-cases.ts';
import { firstLayout } from './screen-defaults.ts';
import type { ScreenAsk } from './screen-parts.ts';
import { createScreens, type Screens } from './screens.ts';

let world: World;
let screens: Screens;
const asked: ScreenAsk[] = [];
const failures: string[] = [];
const street = '500103004';
const layout: Placement[] = [
  { code: 'today', x: 0, y: 0, w: 6, h: 4 },
  { code: 'gaps', x: 6, y: 0, w: 6, h: 4 },
];

beforeAll(async () => {
  world = await createEventsWorld();
  const { database, territory, clock } = world;
  screens = createScreens({
    database,
    territory,
    clock,
    vault: createVault([new Uint8Array(32).fill(7)]),
    sources: {
      gaps: async (ask) => {
        asked.push(ask);
        return { problems: 3, demands: 2 };
      },
      force: () => Promise.reject(new Error('The module is away.')),
    },
    report: (widget) => void failures.push(widget),
  });
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance(120_000));

const refused = async (work: Promise<unknown>): Promise<ErrorCode | 'done'> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
};
const nothing = { params: {}, query: {}, body: {} };
const list = (actor: Actor) => screens.handlers.list(nothing, { actor });
const wish = (over: object = {}) => ({ opId: randomUUID(), name: '指挥大厅', look: 'auto' as const, layout, ...over });
const create = (actor: Actor, over: object = {}) =>
  screens.handlers.create({ ...nothing, body: { areaCode: street, ...wish(over) } }, { actor });
const arrange = (actor: Actor, id: string, version: number, over: object = {}) =>
  screens.handlers.arrange({ ...nothing, params: { id }, body: { version, ...wish(over) } }, { actor });
const issue = (actor: Actor, id: string, over: object = {}) =>
  screens.handlers.issueLink(
    { ...nothing, params: { id }, body: { opId: randomUUID(), name: '东墙', days: 30, ...over } },
    { actor },
  );
const secretOf = (path: string): string => path.split('/').at(-1) ?? '';
const open = (path: string) => screens.kioskHandlers.screen({ ...nothing, params: { secret: secretOf(path) } }, {});
const dataOf = (actor: Actor, area: string, codes: readonly string[]) =>
  screens.handlers.data({ ...nothing, query: { area, codes: [...codes] as never } }, { actor });

describe('an arrangement', () => {
  test('is made by whoever may, seen by whoever reads figures there, and absent for the street next door', async () => {
    const { chief, inspector, northIntake, districtChief } = world.as;
    const { id } = await create(chief);
    expect((await list(inspector)).items).toMatchObject([{ id, name: '指挥大厅', mayEdit: false, links: 0, layout }]);
    expect((await list(districtChief)).items.map((one) => one.id)).toContain(id);
    expect((await list(northIntake)).items).toEqual([]);
    expect(await refused(arrange(inspector, id, 1))).toBe('not_allowed');
    expect(await refused(arrange(northIntake, id, 1))).toBe('not_found');
    expect(await refused(create(inspector))).toBe('not_allowed');
    expect(await refused(create(world.as.northIntake))).toBe('not_found');
  });

  test('is never overwritten unseen, and one intention counts once', async () => {
    const { chief } = world.as;
    const { id } = await create(chief);
    const opId = randomUUID();
    const first = await arrange(chief, id, 1, { opId, name: '东厅' });
    expect(await arrange(chief, id, 1, { opId, name: '东厅' })).toEqual(first);
    expect(await refused(arrange(chief, id, 1, { name: '西厅' }))).toBe('version_conflict');
    expect((await list(chief)).items.find((one) => one.id === id)).toMatchObject({ name: '东厅', version: 2 });
    const { rows } = await world.owner.query(
      'select action, count(*)::int as n from ledger_entry where subject_id = $1 group by 1 order by 1',
      [id],
    );
    expect(rows).toEqual([
      { action: 'screen.arrange', n: 1 },
      { action: 'screen.create', n: 1 },
    ]);
  });

  test('that would cover itself or leave the wall is refused at the door', () => {
    const parse = (placed: unknown[]) =>
      screenRoutes.create.body.safeParse({ areaCode: street, ...wish({ layout: placed }) });
    expect(parse(layout).success).toBe(true);
    expect(parse([layout[0], { ...layout[1], x: 5 }]).success).toBe(false);
    expect(parse([layout[0], { ...layout[0], x: 12 }]).success).toBe(false);
    expect(parse([{ ...layout[0], x: 20 }]).success).toBe(false);
    expect(parse([{ ...layout[0], w: 2 }]).success).toBe(false);
  });

  test('begins for every tier without gaps, from data', () => {
    for (const tier of tiers) {
      const first = firstLayout(tier, widgetCodes);
      expect(layoutProblem(first), tier).toBeUndefined();
      expect(
        first.reduce((cells, { w, h }) => cells + w * h, 0),
        tier,
      ).toBe(24 * 12);
    }
    expect(firstLayout('street', ['today']).map(({ code }) => code)).toEqual(['today']);
  });
});

describe('the link of a wall', () => {
  test('opens its screen and nothing besides, until it is taken back', async () => {
    const { chief, inspector } = world.as;
    const { id } = await create(chief);
    const opId = randomUUID();
    const { link, path } = await issue(chief, id, { opId });
    expect(await issue(chief, id, { opId })).toEqual({ link, path });
    expect(await open(path)).toMatchObject({ id, areaCode: street, layout });
    const { widgets } = await screens.kioskHandlers.data(
      { ...nothing, params: { secret: secretOf(path) }, query: { codes: ['gaps', 'force'] } },
      {},
    );
    expect(widgets).toMatchObject({ gaps: { data: { problems: 3, demands: 2 } } });
    expect(widgets).not.toHaveProperty('force');

    const links = await screens.handlers.links({ ...nothing, params: { id } }, { actor: chief });
    expect(links.items).toMatchObject([{ id: link.id, name: '东墙', revokedAt: null }]);
    expect(links.items[0]?.seenAt).not.toBeNull();
    expect(await refused(screens.handlers.links({ ...nothing, params: { id } }, { actor: inspector }))).toBe(
      'not_allowed',
    );

    const { rows } = await world.owner.query('select * from kiosk_link where id = $1', [link.id]);
    expect(JSON.stringify(rows)).not.toContain(secretOf(path));
    const told = await world.owner.query('select e::text from ledger_entry e where subject_id = $1', [id]);
    expect(JSON.stringify(told.rows)).not.toContain(secretOf(path));

    const revoke = () =>
      screens.handlers.revokeLink(
        { ...nothing, params: { id, linkId: link.id }, body: { opId: randomUUID() } },
        { actor: chief },
      );
    await revoke();
    expect(await refused(open(path))).toBe('link_ended');
    expect(await refused(revoke())).toBe('not_found');
    expect(await refused(open(`/screen/k/${'x'.repeat(32)}`))).toBe('not_found');
  });

  test('ends with its days, and with its screen', async () => {
    const { chief } = world.as;
    const { id, version } = await create(chief);
    const [short, long] = [await issue(chief, id, { days: 1 }), await issue(chief, id, { days: 300 })];
    world.clock.advance(86_400_000);
    expect(await refused(open(short.path))).toBe('link_ended');
    expect((await open(long.path)).id).toBe(id);
    await screens.handlers.end({ ...nothing, params: { id }, body: { opId: randomUUID(), version } }, { actor: chief });
    expect(await refused(open(long.path))).toBe('link_ended');
    expect((await list(chief)).items.map((one) => one.id)).not.toContain(id);
  });

  test('hears of its area only, and can change nothing', async () => {
    const { id } = await create(world.as.chief);
    const { path } = await issue(world.as.chief, id);
    const actor = await screens.kioskActor(secretOf(path));
    expect(actor.grants.map(({ areaCode }) => areaCode)).toEqual([street]);
    const words = [...(actor.grants[0]?.permissions ?? [])];
    // A visit plan is read under its own word; every other word only reads.
    expect(words.filter((word) => !word.endsWith('.read'))).toEqual(['visit.plan']);
    expect(rolePermissions.commander).toContain('analytics.edit');
    expect(words).not.toContain('analytics.edit');
  });
});

describe('what a screen shows', () => {
  const fact = async (over: Record<string, unknown> = {}) => {
    const id = uuidV7();
    const reportedAt = new Date(startMs - 3_600_000);
    await world.owner.query("set session_replication_role = 'replica'");
    const row = {
      event_id: id, number: id.slice(-12), path: ['500000', '500103', street], district: '500103', street, category_code: '01',
      priority: 2, channel: 'resident', status: 'filed', tier: 'street', owner_unit_id: world.unit.streetCentre,
      reported_at: reportedAt, reported_day: '2026-06-15', late: false, hops: 0, returns: 0, reworks: 0, reopens: 0, urges: 0,
      extensions: 0, shelved: false, supervised: false, report_count: 1, as_of: reportedAt, ...over,
    }; // prettier-ignore
    const keys = Object.keys(row);
    await world.owner.query(
      `insert into event_fact (${keys.join()}) values (${keys.map((_, k) => `$${k + 1}`).join()})`,
      Object.values(row),
    );
    await world.owner.query("set session_replication_role = 'origin'");
  };

  test('counts what lies in its area today: open, late, waiting, and the wait of those taken on', async () => {
    world.clock.set(startMs);
    const hour = (h: number): Date => new Date(startMs + h * 3_600_000);
    await fact();
    await fact({ late: true, status: 'handling', accepted_at: hour(-0.5) });
    await fact({ status: 'closed', accepted_at: hour(-0.25), closed_at: hour(-0.1), ended_at: hour(-0.1) });
    await fact({
      reported_day: '2026-06-10',
      reported_at: hour(-120),
      status: 'closed',
      closed_at: hour(-100),
      ended_at: hour(-100),
    });
    await fact({ path: ['500000', '500103', '500103005'], street: '500103005' });
    const { widgets } = await dataOf(world.as.inspector, street, ['today', 'flow']);
    expect(widgets.today?.data).toEqual({
      day: '2026-06-15',
      reported: 3,
      closed: 1,
      open: 2,
      late: 1,
      waiting: 1,
      medianWaitMinutes: 38,
      before: { reported: 0, closed: 0 },
      byHour: expect.anything(),
    });
    const listed = await world.database.read(systemScope, async (tx) => ({
      closed: await countFacts(tx, { area: street, closedOn: '2026-06-15' }),
      accepted: await countFacts(tx, { area: street, acceptedOn: '2026-06-15' }),
      before: await countFacts(tx, { area: street, closedOn: '2026-06-14' }),
    }));
    expect(listed).toEqual({ closed: 1, accepted: 2, before: 0 });
    const hours = widgets.today?.data.byHour.filter(({ count }) => count > 0);
    expect(hours).toEqual([{ from: new Date(startMs - 3_600_000).toISOString(), count: 3 }]);
    expect(widgets.today?.data.byHour).toHaveLength(24);
    expect(widgets.flow?.data.open.map(({ status, count, late }) => [status, count, late]).toSorted()).toEqual([
      ['filed', 1, 0],
      ['handling', 1, 1],
    ]);
    expect((await dataOf(world.as.districtChief, '500103', ['today'])).widgets.today?.data).toMatchObject({
      reported: 4,
    });
  });

  test('shows no rate that may be pleased without what pleasing it would hide', async () => {
    const { widgets } = await dataOf(world.as.inspector, street, ['indicators']);
    const rate = widgets.indicators?.data.items.find(({ code }) => code === 'closed_on_time_rate');
    expect(rate?.beside.map(({ code }) => code)).toEqual(expect.arrayContaining(['rework_rate', 'reopen_rate']));
    expect(rate?.beside.some(({ unit }) => unit === 'minutes')).toBe(true);
    expect(rate).toMatchObject({ denominator: expect.any(Number), numerator: expect.any(Number) });
  });

  test('goes on when one widget cannot be told, and says so', async () => {
    const { widgets } = await dataOf(world.as.inspector, street, ['gaps', 'force', 'alarms']);
    expect(widgets).toMatchObject({ gaps: { data: { problems: 3 } }, force: null, alarms: null });
    expect(failures).toContain('force');
  });

  test('is asked once for all walls of an area, by nobody in person', async () => {
    world.clock.advance(3_600_000);
    asked.length = 0;
    await Promise.all(
      [world.as.inspector, world.as.chief, world.as.intake].map((one) => dataOf(one, street, ['gaps'])),
    );
    expect(asked).toHaveLength(1);
    expect(asked[0]?.actor).toMatchObject({ accountId: null, name: 'screen' });
  });

  test('is told only where one reads figures', async () => {
    expect(await refused(dataOf(world.as.northIntake, street, ['today']))).toBe('not_found');
    expect(await refused(dataOf(world.as.inspector, '500103', ['today']))).toBe('not_found');
    expect((await screens.handlers.first({ ...nothing, query: {} }, { actor: world.as.inspector })).areaCode).toBe(
      street,
    );
    expect(await refused(screens.handlers.first({ ...nothing, query: {} }, { actor: world.as.bureauLead }))).toBe(
      'not_found',
    );
  });
});
