import { connectAsync, type MqttClient } from 'mqtt';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { uuidV7 } from '#kit/ids.ts';
import { randomBetween, seededRandom } from '#kit/random.ts';
import { hashSecret } from '#server/modules/sensing/device-secret.ts';

/** A device of the bench, and what it proves itself with. */
export interface BenchDevice {
  id: string;
  code: string;
  secret: string;
}

/** Puts smoke detectors beside known places of the demo, as an administrator's import would. */
export async function addDevices(ownerUrl: string, many: number, prefix: string): Promise<BenchDevice[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ lon: number; lat: number; area: string; path: string[] }>(
      `select p.lon, p.lat, p.area_code as area, a.path from place p join area a on a.code = p.area_code
       where p.area_code like '500103004%' order by p.id limit 200`,
    );
    const secret = `${prefix}-secret-of-the-bench`;
    const hash = await hashSecret(secret); // one for all: hashing thousands would measure the hash
    const devices = Array.from({ length: many }, (_, n) => ({ id: uuidV7(), code: `${prefix}-${n}`, secret }));
    for (const [n, { id, code }] of devices.entries()) {
      const spot = rows[n % rows.length];
      if (spot === undefined) throw new Error('The demo has no places in the street of the bench.');
      await owner.query(
        `insert into device (id, code, name, kind, metrics, lon, lat, path, area_code, district, secret_hash, created_at)
         values ($1, $2, $2, 'smoke', '[{"name": "smoke_ppm", "unit": "ppm"}]', $3, $4, $5, $6, $7, $8, now())`,
        [id, code, spot.lon, spot.lat, spot.path, spot.area, spot.path[1], hash],
      );
    }
    return devices;
  } finally {
    await owner.end();
  }
}

/** A device at the broker; QoS 1, a session of its own. */
export function connectDevice(port: number, { code, secret }: BenchDevice): Promise<MqttClient> {
  return connectAsync({
    host: '127.0.0.1',
    port,
    username: code,
    password: secret,
    clientId: code,
    reconnectPeriod: 200,
  });
}

export interface Publishing {
  /** From when a message should have been sent to its acknowledgement, ms. */
  ackMs: number[];
  failed: number;
}

/**
 * Ordinary readings, `perSecond` messages a second over all devices together, until the time is over. Each message
 * counts from when it should have been sent, so that waiting in line shows.
 */
export async function publishReadings(load: {
  port: number;
  devices: readonly BenchDevice[];
  perSecond: number;
  until: () => boolean;
  seed: number;
}): Promise<Publishing> {
  const { port, devices, perSecond } = load;
  const clients = await Promise.all(devices.map((device) => connectDevice(port, device)));
  const rng = seededRandom(load.seed);
  const result: Publishing = { ackMs: [], failed: 0 };
  const boot = `bench-${Date.now()}`;
  const startMs = performance.now();
  const open = new Set<Promise<void>>();
  for (let n = 0; !load.until(); n++) {
    const dueMs = startMs + (n * 1000) / perSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    const at = n % clients.length;
    const [client, device] = [clients[at], devices[at]];
    if (client === undefined || device === undefined) continue;
    const body = { boot, seq: n, at: new Date().toISOString(), values: { smoke_ppm: randomBetween(rng, 0, 5) } };
    const sent: Promise<void> = client
      .publishAsync(`hg/v1/${device.code}/readings`, JSON.stringify(body), { qos: 1 })
      .then(
        () => void result.ackMs.push(performance.now() - dueMs),
        () => void result.failed++,
      )
      .finally(() => open.delete(sent));
    open.add(sent);
  }
  await Promise.all(open);
  await Promise.all(clients.map((client) => client.endAsync(true)));
  return result;
}
