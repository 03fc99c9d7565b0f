import { randomUUID } from 'node:crypto';
import { rolePermissions, type Actor, type Role } from '#server/modules/identity/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { createEventsWorld, type World } from '../../../../test/helpers/events-world.ts';
import { createVolunteers, type Volunteers } from './index.ts';
import type { Span } from './rules.ts';

/** Two stations of one street and one of another, a head and a counter at each; Monday 2026-06-15, 10:00 in Shanghai. */
export interface VolunteersWorld extends World {
  volunteers: Volunteers;
  stations: Record<'east' | 'west' | 'north', { id: string; code: string; unitId: string }>;
  head: Actor;
  otherHead: Actor;
  counter: Actor;
  northHead: Actor;
  partnerId: string;
  /** Telephones of accounts, as the settings of notices would tell them. */
  phones: Map<string, string>;
  /** Days on which the stations are open otherwise than from 8 to 20. */
  hours: Map<string, readonly Span[]>;
  /** A shift at the east station; hours of the local day. */
  shift(
    wish?: Partial<{ day: string; from: number; until: number; needed: number; most: number; post: string }>,
  ): Promise<string>;
  /** Somebody who came by the page of the east station; answers the secret of their link. */
  register(wish?: { name?: string; phone?: string; shiftId?: string }): Promise<string>;
  signUp(secret: string, shiftId: string): Promise<unknown>;
  page(secret: string): ReturnType<Volunteers['publicHandlers']['view']>;
  /** Goes to an hour of a day in Shanghai. */
  at(day: string, hour: number): void;
}

const openHours: readonly Span[] = [{ fromMinute: 8 * 60, untilMinute: 20 * 60 }];

/** An hour of a local day as ISO in UTC; 9.5 is half past nine. */
export function isoAt(day: string, hour: number): string {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + hour * 3_600_000).toISOString();
}

export async function createVolunteersWorld(): Promise<VolunteersWorld> {
  const world = await createEventsWorld();
  const { owner, database, clock, territory } = world;
  const place = async (code: string, areaCode: string, parentId: string) => {
    const [id, unitId] = [randomUUID(), randomUUID()];
    const path = ['500000', '500103', areaCode.slice(0, 9), areaCode].filter((one, k, all) => all.indexOf(one) === k);
    await owner.query(
      `insert into unit (id, code, kind, role_code, name, name_en, tier, area_code, parent_id)
       values ($1, $2, 'station', 'station', $3, $2, 'street', $4, $5)`,
      [unitId, `station-${code}`, `${code}驿站`, areaCode.slice(0, 9), parentId],
    );
    await owner.query(
      `insert into station (id, code, unit_id, name, area_code, path, district, lon, lat, address, opened_on, created_at)
       values ($1, $2, $3, $4, $5, $6, '500103', 106.5, 29.5, '码头路1号', '2025-01-01', now())`,
      [id, code, unitId, `${code}驿站`, areaCode, path],
    );
    return { id, code, unitId };
  };
  const stations = {
    east: await place('east', '500103004001', world.unit.streetCentre),
    west: await place('west', '500103004002', world.unit.streetCentre),
    north: await place('north', '500103005', world.unit.northCentre),
  };
  await territory.reload();
  const partnerId = randomUUID();
  await owner.query(
    `insert into partner (id, code, name, kind, area_code, path, district, created_at)
     values ($1, 'college', '学院志愿者协会', 'school', '500103004', '{500000,500103,500103004}', '500103', now())`,
    [partnerId],
  );
  const person = async (login: string, role: Role, unitId: string): Promise<Actor> => {
    const accountId = randomUUID();
    await owner.query('insert into account (id, login, display_name) values ($1, $2, $2)', [accountId, login]);
    const grants = [{ role, unitId, areaCode: null, permissions: new Set(rolePermissions[role]) }];
    return { kind: 'account', accountId, name: login, adminKind: null, limitedTo: null, grants };
  };
  const phones = new Map<string, string>();
  const hours = new Map<string, readonly Span[]>();
  const volunteers = createVolunteers({
    database,
    territory,
    clock,
    vault: createVault([new Uint8Array(32).fill(7)]),
    hoursOn: async (_stationId, days) => days.map((day) => hours.get(day) ?? openHours),
    phoneOf: async (accountId) => phones.get(accountId) ?? null,
    publicUrl: 'http://127.0.0.1',
  });
  const head = await person('head', 'station_head', stations.east.unitId);
  return {
    ...world,
    volunteers,
    stations,
    head,
    otherHead: await person('otherHead', 'station_head', stations.west.unitId),
    counter: await person('counter', 'volunteer', stations.east.unitId),
    northHead: await person('northHead', 'station_head', stations.north.unitId),
    partnerId,
    phones,
    hours,
    async shift({ day = '2026-06-16', from = 9, until = 12, needed = 1, most = 2, post = 'guide' } = {}) {
      const body = { opId: randomUUID(), post, day, startMinute: from * 60, minutes: (until - from) * 60 };
      const places = { needed, most, partnerId: null, partnerPlaces: 0 };
      const input = { params: { id: stations.east.id }, query: {}, body: { ...body, ...places } };
      return (await volunteers.handlers.add(input, { actor: head })).id;
    },
    async register({ name = '王小红', phone = '13800001111', shiftId } = {}) {
      const body = {
        opId: randomUUID(),
        name,
        phone,
        consent: true as const,
        ...(shiftId === undefined ? {} : { shiftId }),
      };
      const { path } = await volunteers.publicHandlers.register({ params: { code: 'east' }, query: {}, body }, {});
      return path.slice('/v/'.length);
    },
    signUp: (secret, shiftId) =>
      volunteers.publicHandlers.signUp({ params: { secret }, query: {}, body: { opId: randomUUID(), shiftId } }, {}),
    page: (secret) => volunteers.publicHandlers.view({ params: { secret }, query: {}, body: {} }, {}),
    at: (day, hour) => clock.set(Date.parse(isoAt(day, hour))),
  };
}
