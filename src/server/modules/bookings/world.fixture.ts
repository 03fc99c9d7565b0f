/** Two stations in the small city of events, with heads and counters, and what they offer. */
import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { bookingPublicRoutes } from '#contract/bookings-public.ts';
import { bookingRoutes } from '#contract/bookings.ts';
import type { offerWish } from '#contract/bookings-views.ts';
import type { Route } from '#contract/route.ts';
import { rolePermissions, type Actor, type Role } from '#server/modules/identity/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { createEventsWorld } from '#test/helpers/events-world.ts';
import { createBookings } from './index.ts';
import { dayMs } from '#kit/shanghai-days.ts';
import { type Span } from './rules-slots.ts';

/** Monday 15 June 2026 in Shanghai: midnight, epoch milliseconds. */
export const mondayMs = Date.parse('2026-06-15T00:00:00+08:00');
export const hour = 3_600_000;
/** `days` after Monday at `hh:mm`. */
export const at = (days: number, time: string): string =>
  new Date(Date.parse(`2026-06-15T${time}:00+08:00`) + days * dayMs).toISOString();

type In<R extends Route> = {
  params?: z.input<R['params']>;
  query?: z.input<R['query']>;
  body?: Omit<z.input<R['body']> & object, 'opId'> & { opId?: string };
};
type Out<R extends Route> = z.output<R['response']>;

const stations = {
  river: {
    id: randomUUID(),
    unit: randomUUID(),
    area: '500103004001001',
    lon: 106.505,
    lat: 29.505,
    name: '江边小红伞驿站',
  },
  hill: { id: randomUUID(), unit: randomUUID(), area: '500103005', lon: 106.57, lat: 29.57, name: '山上小红伞驿站' },
} as const;
export type StationKey = keyof typeof stations;

const paths: Record<StationKey, string[]> = {
  river: ['500000', '500103', '500103004', '500103004001', '500103004001001'],
  hill: ['500000', '500103', '500103005'],
};

export async function buildBookings() {
  const world = await createEventsWorld();
  const { database, territory, clock, events, owner } = world;
  const vault = createVault([new Uint8Array(32).fill(7)]);
  for (const key of ['river', 'hill'] as const) {
    const { id, unit, area, lon, lat, name } = stations[key];
    await owner.query(
      `insert into unit (id, code, kind, role_code, name, tier, area_code) values ($1, $2, 'station', 'station', $3, 'street', $4)`,
      [unit, `station-${key}`, name, area.slice(0, 9)],
    );
    await owner.query(
      `insert into station (id, code, unit_id, name, area_code, path, district, lon, lat, address, opened_on, created_at)
       values ($1, $2, $3, $4, $5, $6, '500103', $7, $8, '石板路1号', '2023-03-05', now())`,
      [id, key, unit, name, area, paths[key], lon, lat],
    );
  }
  const partnerId = randomUUID();
  await owner.query(
    `insert into partner (id, code, name, kind, area_code, path, district, created_at)
     values ($1, 'law', '黄桷法律服务所', 'law_firm', '500103004', '{500000,500103,500103004}', '500103', now())`,
    [partnerId],
  );
  await territory.reload();
  /** When stations are open: 08:00 to 22:00 of every day, unless a test says otherwise. */
  let open: readonly Span[] = Array.from({ length: 120 }, (_, k) => ({
    fromMs: mondayMs + (k - 30) * dayMs + 8 * hour,
    untilMs: mondayMs + (k - 30) * dayMs + 22 * hour,
  }));
  const bookings = createBookings({
    database,
    territory,
    vault,
    clock,
    events,
    publicUrl: 'https://huangge.example',
    openings: async (ids, fromMs, untilMs) =>
      new Map(ids.map((id) => [id, open.filter((one) => one.fromMs < untilMs && one.untilMs > fromMs)])),
  });
  const staff = async (login: string, role: Role, unitId: string): Promise<Actor> => {
    const accountId = randomUUID();
    await owner.query('insert into account (id, login, display_name) values ($1, $2, $2)', [accountId, login]);
    const grants = [{ role, unitId, areaCode: null, permissions: new Set(rolePermissions[role]) }];
    return { kind: 'account', accountId, name: login, adminKind: null, limitedTo: null, grants };
  };
  const people = {
    head: await staff('head', 'station_head', stations.river.unit),
    counter: await staff('counter', 'volunteer', stations.river.unit),
    hillHead: await staff('hillHead', 'station_head', stations.hill.unit),
    chief: world.as.chief,
    secretary: world.as.secretary,
    gridWorker: world.as.gridWorker,
    northIntake: world.as.northIntake,
    handler: world.as.postHandler,
  };
  type Who = keyof typeof people;

  /** A request as the door passes it on: parsed by the contract, the answer too. */
  async function through<R extends Route>(route: R, handler: unknown, ctx: unknown, input: In<R>): Promise<Out<R>> {
    const wantsOp = 'shape' in route.body && 'opId' in (route.body.shape as object);
    const parsed = {
      params: route.params.parse(input.params ?? {}),
      query: route.query.parse(input.query ?? {}),
      body:
        route.method === 'GET' ? {} : route.body.parse({ ...(wantsOp ? { opId: randomUUID() } : {}), ...input.body }),
    };
    const answer = await (handler as (input: unknown, ctx: unknown) => Promise<unknown>)(parsed, ctx);
    return route.response.parse(answer) as Out<R>;
  }
  type Staff = typeof bookingRoutes;
  type Public = Omit<typeof bookingPublicRoutes, 'calendar'>;
  const ask = <K extends keyof Staff>(who: Who, key: K, input: In<Staff[K]> = {}): Promise<Out<Staff[K]>> =>
    through(bookingRoutes[key], bookings.handlers[key], { actor: people[who] }, input);
  const resident = <K extends keyof Public>(key: K, input: In<Public[K]> = {}): Promise<Out<Public[K]>> =>
    through(bookingPublicRoutes[key], bookings.linkHandlers[key], {}, input);

  const wish = (change: Partial<z.input<typeof offerWish>> = {}) => ({
    area: 'legal',
    title: '法律咨询',
    titleEn: 'Legal advice',
    providerPartnerId: partnerId,
    way: 'place' as const,
    weekly: [2, 4].map((weekday) => ({ weekday, fromMinute: 14 * 60, untilMinute: 17 * 60 })),
    slotMinutes: 30,
    capacity: 1,
    walkIn: true,
    bring: ['身份证'],
    bringEn: ['Identity card'],
    firstDay: '2026-01-01',
    ...change,
  });
  return {
    ...world,
    vault,
    bookings,
    people,
    partnerId,
    stations,
    ask,
    resident,
    wish,
    setOpen: (spans: readonly Span[]) => void (open = spans),
    /** Adds an offer at the river station, as its head; answers its id. */
    offer: async (change: Partial<z.input<typeof offerWish>> = {}): Promise<string> =>
      (await ask('head', 'addOffer', { body: { stationId: stations.river.id, offer: wish(change) } })).id,
    /** Books as a resident; answers secret and code. */
    book: async (offerId: string, startsAt: string, phone: string, name = '') => {
      const { path, code } = await resident('book', { body: { offerId, startsAt, phone, name } });
      return { secret: path.slice('/b/'.length), code };
    },
    idOf: async (code: string): Promise<string> => {
      const { rows } = await owner.query<{ id: string }>('select id from booking where code = $1', [code]);
      return rows[0]?.id ?? '';
    },
    lines: async (action: string) => {
      const { rows } = await owner.query<{ data: Record<string, unknown>; audience: string[] }>(
        'select data, audience from ledger_entry where action = $1 order by at, id',
        [action],
      );
      return rows;
    },
  };
}
export type BookingsWorld = Awaited<ReturnType<typeof buildBookings>>;
