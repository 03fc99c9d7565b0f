import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError, isAppError, type ErrorCode } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { buildStations, type StationsWorld } from './activities.fixture.ts';
import { createActivities, type Activities, type ActivityParts } from './index.ts';

let world: StationsWorld;
let activities: Activities;
const deliveries: Parameters<ActivityParts['noteDelivery']>[1][] = [];
let partner: { id: string; pledge: string };
let failHeads = false;

beforeAll(async () => {
  world = await buildStations();
  const { database, clock, events, station, listFor } = world;
  partner = { id: world.partnerId, pledge: randomUUID() };
  const find: ActivityParts['stations']['find'] = async (actor, idOrCode, word) => {
    const found = (await listFor(actor, word)).find(({ id, code }) => id === idOrCode || code === idOrCode);
    if (found === undefined) throw new AppError('not_found', 'There is no such station.');
    return found;
  };
  const parts: ActivityParts = {
    database,
    clock,
    photos: events.photos,
    stations: { find, listFor, findOpen: async (code) => Object.values(station).find((one) => one.code === code) },
    partnersAt: async (_tx, stationId) =>
      stationId === station.north.id
        ? []
        : [{ id: partner.id, name: '药房', nameEn: 'Pharmacy', pledges: [{ id: partner.pledge, what: '义诊', whatEn: 'Clinic', quantity: 2, unit: 'session' }] }], // prettier-ignore
    partnerNames: async (_tx, ids) => new Map(ids.map((id) => [id, { name: '药房', nameEn: 'Pharmacy' }])),
    async recordHeads(tx, { activityId, station: at, partnerId, persons, atMs, accountId }) {
      await sql`insert into service_record (id, station_id, district, activity_id, partner_id, kind, persons, at, recorded_at, account_id)
        values (${uuidV7()}, ${at.id}, ${at.district}, ${activityId}, ${partnerId}, 'activity', ${persons}, ${new Date(atMs)},
          ${new Date(clock.now())}, ${accountId})`.execute(tx.db);
      if (failHeads) throw new Error('The machine stopped here.');
    },
    async countHeads(tx, ids) {
      const { rows } = await sql<{ id: string; n: number }>`select activity_id as id, sum(persons)::int as n
        from service_record where activity_id = any (${[...ids]}::uuid[]) group by 1`.execute(tx.db);
      return new Map(rows.map(({ id, n }) => [id, n]));
    },
    noteDelivery: async (_tx, delivery) => void deliveries.push(delivery),
  };
  activities = createActivities(parts, async (id) => Object.values(station).find((one) => one.id === id));
});
afterAll(() => world.close());

const hourMs = 3_600_000;
const at = (hours: number): string => new Date(world.clock.now() + hours * hourMs).toISOString();

type PlanBody = Parameters<Activities['handlers']['plan']>[0]['body'];
const plan = (actor: Actor, over: Partial<PlanBody> = {}) =>
  activities.handlers.plan(
    {
      params: {},
      query: {},
      body: {
        opId: randomUUID(),
        stationId: world.station.east.id,
        kind: 'clinic',
        title: '周六义诊',
        about: '',
        startsAt: at(24),
        endsAt: at(26),
        places: null,
        partnerId: null,
        pledgeId: null,
        ...over,
      },
    },
    { actor },
  );
const hold = (
  actor: Actor,
  id: string,
  body: { version: number; persons: number; delivered?: number; opId?: string },
) =>
  activities.handlers.hold(
    { params: { id }, query: {}, body: { opId: randomUUID(), delivered: 0, attachments: [], ...body } },
    { actor },
  );
const list = (actor: Actor, query: Record<string, unknown> = {}) =>
  activities.handlers.list({ params: {}, query: { limit: 50, ...query }, body: {} }, { actor });
const coming = (code: string) => activities.publicHandlers.coming({ params: { code }, query: {}, body: {} }, {});
const lines = async (id: string): Promise<string[]> =>
  (await world.owner.query<{ action: string }>('select action from ledger_entry where subject_id = $1', [id])).rows.map(({ action }) => action).toSorted(); // prettier-ignore

async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
}

describe('planning', () => {
  test('a head announces at the own station; the public page and the calendar show it, with the partner', async () => {
    const made = await plan(world.staff['east head'], { partnerId: partner.id, pledgeId: partner.pledge, places: 30 });
    expect(made.activity).toMatchObject({
      state: 'planned',
      partnerName: '药房',
      places: 30,
      persons: 0,
      mayManage: true,
    });
    const page = await coming('east');
    expect(page.items.map(({ id, kindName }) => [id, kindName])).toEqual([[made.activity.id, '义诊']]);
    expect(JSON.stringify(page)).not.toContain(world.staff['east head'].accountId);
    const file = await activities.calendar(`${made.activity.id}.ics`);
    expect(file.bytes.toString()).toMatch(/SUMMARY:周六义诊/);
    expect(await lines(made.activity.id)).toEqual(['activity.plan']);
  });

  test('the same opId announces once', async () => {
    const opId = randomUUID();
    const [one, two] = await Promise.all([
      plan(world.staff['west head'], { opId, stationId: world.station.west.id }),
      plan(world.staff['west head'], { opId, stationId: world.station.west.id }),
    ]);
    expect(two?.activity.id).toBe(one?.activity.id);
    expect((await list(world.staff['west head'])).total).toBe(1);
  });

  test('a foreign station looks absent; a volunteer may look but not announce; the street sees all of its own', async () => {
    await refusal(plan(world.staff['north head']), 'not_found');
    await refusal(plan(world.staff['east volunteer']), 'not_found');
    expect((await list(world.staff['north head'])).total).toBe(0);
    const street = await list(world.as.chief);
    expect(new Set(street.items.map(({ stationCode }) => stationCode))).toEqual(new Set(['east', 'west']));
    const seen = street.items.find(({ stationCode }) => stationCode === 'east');
    if (seen === undefined) throw new Error('The street sees an activity.');
    await refusal(
      activities.handlers.get({ params: { id: seen.id }, query: {}, body: {} }, { actor: world.staff['north head'] }),
      'not_found',
    );
    expect((await activities.handlers.get({ params: { id: seen.id }, query: {}, body: {} }, { actor: world.staff['east volunteer'] })).mayManage).toBe(false); // prettier-ignore
  });

  test.each([
    ['a kind nobody knows', { kind: 'circus' }],
    ['an end before the beginning', { endsAt: '2026-06-16T01:00:00Z', startsAt: '2026-06-16T02:00:00Z' }],
    ['a day and more', { startsAt: '2026-06-16T01:00:00Z', endsAt: '2026-06-17T01:00:01Z' }],
    ['what is over', { startsAt: '2026-06-14T01:00:00Z', endsAt: '2026-06-14T02:00:00Z' }],
    ['years ahead', { startsAt: '2028-06-14T01:00:00Z', endsAt: '2028-06-14T02:00:00Z' }],
    ['a partner without agreement', { partnerId: '0197a000-0000-7000-8000-000000000000' }],
  ])('refuses %s', async (_what, over) => {
    await refusal(plan(world.staff['east head'], over), 'bad_input');
  });

  test("refuses a pledge that is not the partner's", async () => {
    await refusal(plan(world.staff['east head'], { partnerId: partner.id, pledgeId: randomUUID() }), 'bad_input');
  });
});

describe('holding', () => {
  async function running() {
    const made = await plan(world.staff['east head'], {
      startsAt: at(-1),
      endsAt: at(1),
      partnerId: partner.id,
      pledgeId: partner.pledge,
    });
    return made.activity;
  }

  test("makes one service record of the heads and tells the partner's delivery; twice sent counts once", async () => {
    const { id, version } = await running();
    const opId = randomUUID();
    const before = deliveries.length;
    const first = await hold(world.staff['east head'], id, { version, persons: 42, delivered: 1, opId });
    const again = await hold(world.staff['east head'], id, { version, persons: 42, delivered: 1, opId });
    expect(again.activity).toEqual(first.activity);
    expect(first.activity).toMatchObject({ state: 'held', persons: 42 });
    expect(deliveries.slice(before)).toMatchObject([{ partnerId: partner.id, pledgeId: partner.pledge, quantity: 1, source: { type: 'activity', id } }]); // prettier-ignore
    expect(await lines(id)).toEqual(['activity.hold', 'activity.plan']);
    await refusal(hold(world.staff['east head'], id, { version: version + 1, persons: 1 }), 'transition_not_allowed');
  });

  test('stands or falls with its record', async () => {
    const { id, version } = await running();
    failHeads = true;
    await expect(hold(world.staff['east head'], id, { version, persons: 5 })).rejects.toThrow(/stopped here/);
    failHeads = false;
    const seen = await activities.handlers.get({ params: { id }, query: {}, body: {} }, { actor: world.staff['east head'] }); // prettier-ignore
    expect(seen).toMatchObject({ state: 'planned', persons: 0 });
    expect(await lines(id)).toEqual(['activity.plan']);
  });

  test('cannot be before it began, nor over a version that somebody changed', async () => {
    const { activity } = await plan(world.staff['east head']);
    await refusal(hold(world.staff['east head'], activity.id, { version: activity.version, persons: 5 }), 'transition_not_allowed'); // prettier-ignore
    const now = await running();
    await refusal(hold(world.staff['east head'], now.id, { version: now.version + 7, persons: 5 }), 'version_conflict');
    await refusal(hold(world.staff['east volunteer'], now.id, { version: now.version, persons: 5 }), 'not_found');
  });
});

describe('changing and cancelling', () => {
  test('what is changed is changed; the calendar entry stays the same one with a higher sequence', async () => {
    const { activity } = await plan(world.staff['east head'], { title: '磨刀', kind: 'sharpening' });
    const body = { opId: randomUUID(), version: activity.version, title: '磨刀和修伞', places: 12 };
    const { activity: next } = await activities.handlers.change(
      { params: { id: activity.id }, query: {}, body },
      { actor: world.as.chief },
    );
    expect(next).toMatchObject({
      title: '磨刀和修伞',
      places: 12,
      startsAt: activity.startsAt,
      version: activity.version + 1,
    });
    const text = (await activities.calendar(`${activity.id}.ics`)).bytes.toString();
    expect(text).toContain(`UID:activity-${activity.id}@huangge`);
    expect(text).toContain('SEQUENCE:1');
  });

  test('a cancelled one stays on the page with its reason, and in the calendar as cancelled', async () => {
    const { activity } = await plan(world.staff['east head'], { title: '露天电影' });
    const body = { opId: randomUUID(), version: activity.version, reason: '有暴雨预警' };
    await activities.handlers.cancel(
      { params: { id: activity.id }, query: {}, body },
      { actor: world.staff['east head'] },
    );
    const told = (await coming('east')).items.find(({ id }) => id === activity.id);
    expect(told).toMatchObject({ state: 'cancelled', reason: '有暴雨预警' });
    expect((await activities.calendar(`${activity.id}.ics`)).bytes.toString()).toContain('STATUS:CANCELLED');
    const data = await world.owner.query<{ data: object }>("select data from ledger_entry where subject_id = $1 and action = 'activity.cancel'", [activity.id]); // prettier-ignore
    expect(JSON.stringify(data.rows)).not.toContain('暴雨');
  });
});

test('pages of a list join without gap or double, planned ones first and the nearest first', async () => {
  const actor = world.as.chief;
  const all = await list(actor, { limit: 200 });
  const seen: string[] = [];
  for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
    const page: Awaited<ReturnType<typeof list>> = await list(actor, {
      limit: 2,
      ...(cursor === null ? {} : { cursor }),
    });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  expect(seen).toEqual(all.items.map(({ id }) => id));
  expect(seen).toHaveLength(all.total);
  const planned = all.items.filter(({ state }) => state === 'planned').map(({ startsAt }) => startsAt);
  expect(planned).toEqual(planned.toSorted());
  expect(all.items.slice(0, planned.length).every(({ state }) => state === 'planned')).toBe(true);
});
