/**
 * A long, ordinary day in short: residents report, devices measure, for half an hour.
 *   node bench/soak.ts [minutes] [reports a second] [messages a second]     (minutes also by HUANGGE_SOAK_MINUTES)
 * Goal: the 99th percentiles stay, and the memory of the server grows by no more than 5 % once it is warm (the mean of
 * the last fifth beside the mean of the second fifth).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { addDevices, publishReadings } from './lib/devices.ts';
import { count, ms, quantile, tell, tellLimit } from './lib/figures.ts';
import { readNeighbourhood, sendReports } from './lib/residents.ts';
import { databaseUrl, findPort, makeDemoFolder, removeFolder, startServer } from './lib/server.ts';

const minutes = Number(process.argv[2] ?? process.env['HUANGGE_SOAK_MINUTES'] ?? 30);
const reportsPerSecond = Number(process.argv[3] ?? 50);
const messagesPerSecond = Number(process.argv[4] ?? 200);
const seconds = minutes * 60;

const folder = await makeDemoFolder();
const mqttPort = await findPort();
const running = await startServer({
  dataDir: folder,
  port: await findPort(),
  env: { MQTT_PORT: String(mqttPort) },
});
try {
  const url = databaseUrl(folder);
  const neighbourhood = await readNeighbourhood(url, '500103004');
  const devices = await addDevices(url, 100, 'soak');
  const weights: number[] = [];
  const weigh = setInterval(() => weights.push(running.rssMib()), 1_000);
  const endMs = performance.now() + seconds * 1_000;
  const [reports, readings] = await Promise.all([
    sendReports({
      port: running.port,
      clients: 20,
      seconds,
      perSecond: reportsPerSecond,
      neighbourhood,
      seed: 5,
    }),
    publishReadings({
      port: mqttPort,
      devices,
      perSecond: messagesPerSecond,
      until: () => performance.now() >= endMs,
      seed: 6,
    }),
    progress(endMs, weights),
  ]);
  clearInterval(weigh);
  tell(
    `soak of ${minutes} min: reports and messages accepted`,
    `${count(reports.timesMs.length)} + ${count(readings.ackMs.length)}`,
    `${count(reportsPerSecond * seconds)} + ${count(messagesPerSecond * seconds)} offered, ${reports.failed} + ${readings.failed} failed`,
  );
  const half = (values: readonly number[], second: boolean) =>
    values.slice(second ? values.length / 2 : 0, second ? values.length : values.length / 2);
  for (const [what, values] of [
    ['report committed', reports.timesMs],
    ['message acknowledged', readings.ackMs],
  ] as const)
    tell(
      `soak: ${what}, p50 / p99`,
      `${ms(quantile(values, 0.5))} / ${ms(quantile(values, 0.99))}`,
      `p99 of the first half ${ms(quantile(half(values, false), 0.99))}, of the second ${ms(quantile(half(values, true), 0.99))}`,
    );
  const early = mean(weights.slice(weights.length * 0.2, weights.length * 0.4));
  const late = mean(weights.slice(weights.length * 0.8));
  tell('soak: memory of the server, second fifth → last fifth', `${early.toFixed(0)} → ${late.toFixed(0)} MiB`);
  tellLimit('soak: growth of memory', ((late - early) / early) * 100, 5, '%');
} finally {
  await running.stop();
  await removeFolder(folder);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function progress(endMs: number, weights: readonly number[]): Promise<void> {
  while (performance.now() < endMs) {
    await sleep(Math.min(60_000, endMs - performance.now()));
    console.log(`${((endMs - performance.now()) / 60_000).toFixed(1)} min left, ${weights.at(-1)?.toFixed(0)} MiB`);
  }
}
