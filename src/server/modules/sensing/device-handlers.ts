import type { z } from 'zod';
import type { deviceRoutes, DeviceView } from '#contract/devices.ts';
import type { Handlers } from '#contract/route.ts';
import { toIso, type Clock } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope, type Scope } from '#server/db/scope.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import { createDevice, editDevice, retireDevice, rotateSecret, type DeviceWork } from './device-commands.ts';
import { importDevices } from './device-import.ts';
import { deviceScope } from './device-rules.ts';
import { secretOf } from './device-secret.ts';
import { countDevices, findDevice, listDeviceRows, type DeviceFilter, type DeviceRow } from './device-store.ts';

export interface DeviceParts {
  database: Database;
  territory: LiveTerritory;
  vault: Vault;
  clock: Clock;
}

/** What these handlers need to know of a request. */
export interface DeviceCtx {
  actor: Actor;
}

/** The register of devices: list, page, keep, import. Commands run as the program and check the actor's appointments. */
export function createDeviceHandlers(parts: DeviceParts): Handlers<typeof deviceRoutes, DeviceCtx> {
  const { database, territory, vault, clock } = parts;

  function run<T>(
    route: string,
    { actor }: DeviceCtx,
    opId: string,
    request: unknown,
    command: (work: DeviceWork) => Promise<T>,
  ): Promise<T & { at: string }> {
    const op = { opId, actor: actor.accountId ?? actor.kind, route, request };
    return once(database, systemScope, op, async (tx) => {
      const atMs = clock.now();
      return { ...(await command({ tx, territory, vault, actor, atMs, opId })), at: toIso(atMs) };
    });
  }

  /** The device after a command, seen as the program: whoever gave it away still gets the answer. */
  async function answer(id: string, { at, ledgerId }: { at: string; ledgerId: string }) {
    return { device: await show(systemScope, id), at, ledgerId };
  }

  async function show(scope: Scope, id: string): Promise<DeviceView> {
    const row = await database.read(scope, (tx) => findDevice(tx, id));
    if (row === undefined) throw new AppError('not_found', 'There is no such device.', { id });
    return toDeviceView(territory, row);
  }

  async function list(actor: Actor, query: z.output<(typeof deviceRoutes.devices)['query']>) {
    const { cursor, limit, q, kinds, states, area, unitId } = query;
    const filter: DeviceFilter = {
      states: states === undefined || states.length === 0 ? ['active', 'muted'] : states,
      ...(q === undefined ? {} : { q }),
      ...(kinds === undefined ? {} : { kinds }),
      ...(area === undefined ? {} : { area }),
      ...(unitId === undefined ? {} : { unitId }),
    };
    return database.read(deviceScope(actor, 'device.edit'), async (tx) => {
      const rows = await listDeviceRows(tx, filter, cursor, limit + 1);
      const items = rows.slice(0, limit).map((row) => toDeviceView(territory, row));
      return {
        items,
        total: await countDevices(tx, filter),
        next: rows.length > limit ? (items.at(-1)?.code ?? null) : null,
      };
    });
  }

  return {
    devices: ({ query }, { actor }) => list(actor, query),
    device: ({ params }, { actor }) => show(deviceScope(actor, 'device.edit'), params.id),
    createDevice: async ({ body }, ctx) => {
      const made = await run('createDevice', ctx, body.opId, body, (work) => createDevice(work, body));
      return { ...(await answer(made.id, made)), secret: secretOf(vault, made.id, 1) };
    },
    editDevice: async ({ params, body }, ctx) =>
      answer(
        params.id,
        await run('editDevice', ctx, body.opId, { params, body }, (work) => editDevice(work, params.id, body)),
      ),
    retireDevice: async ({ params, body }, ctx) =>
      answer(
        params.id,
        await run('retireDevice', ctx, body.opId, { params, body }, (work) => retireDevice(work, params.id, body)),
      ),
    rotateDeviceSecret: async ({ params, body }, ctx) => {
      const done = await run('rotateDeviceSecret', ctx, body.opId, { params, body }, (work) =>
        rotateSecret(work, params.id, body.version),
      );
      return { ...(await answer(params.id, done)), secret: secretOf(vault, params.id, done.secretVersion) };
    },
    importDevices: async ({ body }, ctx) => {
      const { opId, text, base64, ...wish } = body;
      const bytes = base64 === undefined ? Buffer.from(text ?? '', 'utf8') : Buffer.from(base64, 'base64');
      const { added, ...done } = wish.dryRun
        ? await attempt(ctx, (work) => importDevices(work, { ...wish, bytes }))
        : await run('importDevices', ctx, opId, body, (work) => importDevices(work, { ...wish, bytes }));
      return { ...done, secrets: added.map(({ id, code }) => ({ code, secret: secretOf(vault, id, 1) })) };
    },
  };

  /** A trial keeps no opId and writes nothing. */
  function attempt<T>({ actor }: DeviceCtx, command: (work: DeviceWork) => Promise<T>): Promise<T & { at: string }> {
    const atMs = clock.now();
    return database.inTx(systemScope, async (tx) => ({
      ...(await command({ tx, territory, vault, actor, atMs, opId: null })),
      at: toIso(atMs),
    }));
  }
}

function toDeviceView(territory: LiveTerritory, row: DeviceRow): DeviceView {
  const { path: _path, secretVersion: _secret, createdAt, retiredAt, lastSeenAt, ...rest } = row;
  return {
    ...rest,
    areaName: territory.area(row.areaCode)?.name ?? row.areaCode,
    unitName: row.unitId === null ? null : (territory.unit(row.unitId)?.name ?? null),
    createdAt: createdAt.toISOString(),
    retiredAt: retiredAt?.toISOString() ?? null,
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
  };
}
