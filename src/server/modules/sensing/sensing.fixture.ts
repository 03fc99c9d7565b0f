import { randomUUID } from 'node:crypto';
import type { DeviceTopic } from '#contract/device-messages.ts';
import { createIdentity, rolePermissions, type Actor } from '#server/modules/identity/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { createEventsWorld, type World } from '#test/helpers/events-world.ts';
import { createDeviceHandlers } from './device-handlers.ts';
import type { Verdict } from './intake.ts';
import type { SensingDeps } from './kit.ts';
import { seedThresholds } from './seed.ts';
import { createSensing, type Sensing } from './sensing.ts';

/** Devices of the small city, and this module over it. */
export interface SensingWorld extends World {
  sensing: Sensing;
  deps: SensingDeps;
  /** Keeps devices and rules of the whole city. */
  admin: Actor;
  /** A new device; by default a smoke sensor in the first grid of the eastern community. */
  addDevice(over?: Record<string, unknown>): Promise<{ id: string; code: string }>;
  /** Sends one message and answers the verdict; `seq` counts by itself. */
  say(device: { id: string; code: string }, topic: DeviceTopic, body: Record<string, unknown>): Promise<Verdict>;
  /** Ledger lines of a subject. */
  linesOf(id: string): Promise<{ action: string; data: Record<string, unknown>; audience: string[] }[]>;
}

export async function createSensingWorld(over: Partial<SensingDeps> = {}): Promise<SensingWorld> {
  const world = await createEventsWorld({ sampleShare: 0 });
  const vault = createVault([new Uint8Array(32).fill(7)]);
  const { database, territory, clock, events } = world;
  await seedThresholds(database, clock);
  const people = createIdentity({ database, vault, clock, secure: false }).queries;
  const deps: SensingDeps = {
    database,
    territory,
    vault,
    clock,
    events,
    people,
    publicUrl: 'http://localhost',
    ...over,
  };
  const sensing = createSensing(deps);
  await sensing.jobs.makePartitions();
  const register = createDeviceHandlers({ database, territory, vault, clock });
  const admin: Actor = {
    ...world.as.chief,
    grants: [
      {
        role: 'system_admin',
        unitId: world.unit.cityCentre,
        areaCode: '500000',
        permissions: new Set(rolePermissions.system_admin),
      },
    ],
  };
  let seq = 0;
  return {
    ...world,
    sensing,
    deps,
    admin,
    async addDevice(wish = {}) {
      const body = {
        opId: randomUUID(),
        code: `S-${randomUUID().slice(0, 8)}`,
        name: '楼道烟感',
        kind: 'smoke' as const,
        metrics: [{ name: 'smoke_ppm', unit: 'ppm' }],
        lon: 106.505,
        lat: 29.505,
        unitId: null,
        riskPoint: null,
        heartbeatS: null,
        ...wish,
      };
      const { device } = await register.createDevice({ params: {}, query: {}, body }, { actor: admin });
      return { id: device.id, code: device.code };
    },
    async say(device, topic, body) {
      seq += 1;
      const message = {
        deviceId: device.id,
        deviceCode: device.code,
        topic,
        body: Buffer.from(JSON.stringify({ boot: 'b1', seq, ...body })),
        receivedMs: clock.now(),
      };
      const [verdict] = await sensing.intake.receive([message]);
      return verdict ?? 'refused';
    },
    async linesOf(id) {
      const { rows } = await world.owner.query<{
        action: string;
        data: Record<string, unknown>;
        audience: string[];
      }>('select action, data, audience from ledger_entry where subject_id = $1 order by at, id', [id]);
      return rows;
    },
    async close() {
      await sensing.settle();
      await world.close();
    },
  };
}
