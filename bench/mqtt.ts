/**
 * QoS 1 messages a second into our own broker, each acknowledged after its commit to disk; beside mosquitto alone, which
 * relays the same messages from the same clients to one subscriber and keeps nothing.
 *   node bench/mqtt.ts [seconds] [devices] [window]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { startMosquitto } from '#test/helpers/mosquitto.ts';
import { count, ms, quantile, tell, times } from './lib/figures.ts';
import { settle } from './lib/kill-rounds.ts';
import { addBenchDevices, pushReadings, type LoadResult } from './lib/mqtt-load.ts';
import { databaseUrl, findPort, makeFolder, removeFolder, startServer } from './lib/server.ts';

const [seconds = 15, devices = 50, window = 20] = process.argv.slice(2).map(Number);
const secret = 'secret-of-the-bench';
const folder = await makeFolder();
const rate = ({ messages, seconds: took }: LoadResult): number => messages / took;

async function ours(): Promise<LoadResult & { cpuMs: number }> {
  const [port, mqttPort] = [await findPort(), await findPort()];
  const env = { HUANGGE_DEMO: 'off', MQTT_PORT: String(mqttPort) };
  const first = await startServer({ dataDir: folder, port, env });
  await settle(databaseUrl(folder));
  const codes = await addBenchDevices(databaseUrl(folder), devices, 'B', secret);
  await first.stop();
  const running = await startServer({ dataDir: folder, port, env });
  try {
    const cpuBefore = running.cpuMs();
    const result = await pushReadings({ port: mqttPort, codes, secret, window, seconds });
    const cpuMs = running.cpuMs() - cpuBefore;
    await assertKept(databaseUrl(folder), result.messages);
    return { ...result, cpuMs };
  } finally {
    await running.stop();
  }
}

/** At least what was acknowledged while it counted; the start and the last few come on top. */
async function assertKept(url: string, atLeast: number): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const { rows } = await owner.query<{ n: number }>('select count(*)::int as n from device_message');
  await owner.end();
  if ((rows[0]?.n ?? 0) < atLeast) throw new Error(`${atLeast} acknowledged, but ${rows[0]?.n} in the database.`);
}

async function peer(): Promise<LoadResult> {
  const mosquitto = await startMosquitto();
  const args = ['-h', '127.0.0.1', '-p', String(mosquitto.port), '-q', '1', '-t', 'hg/v1/#'];
  const subscriber = spawn('mosquitto_sub', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(subscriber, 'spawn');
  try {
    const codes = Array.from({ length: devices }, (_, n) => `B-${n}`);
    return await pushReadings({ port: mosquitto.port, codes, secret, window, seconds });
  } finally {
    subscriber.kill();
    await mosquitto.end();
  }
}

try {
  const mine = await ours();
  const other = await peer();
  const load = `${devices} devices, ${window} messages under way each`;
  tell(
    `MQTT QoS 1, committed before PUBACK: messages a second (${load})`,
    count(rate(mine)),
    `mosquitto alone, relaying to one subscriber: ${count(rate(other))}`,
    times(rate(mine) / rate(other)),
  );
  tell('MQTT: sent to PUBACK, p50', ms(quantile(mine.ackMs, 0.5)), `mosquitto ${ms(quantile(other.ackMs, 0.5))}`);
  tell('MQTT: sent to PUBACK, p99', ms(quantile(mine.ackMs, 0.99)), `mosquitto ${ms(quantile(other.ackMs, 0.99))}`);
  tell('MQTT: processor time of the program for 1,000 messages', ms((mine.cpuMs / mine.messages) * 1000));
} finally {
  await removeFolder(folder);
}
