/**
 * kill -9 of the program while devices publish: whatever was acknowledged must be in the database. Devices do as docs/mqtt.md
 * says: they keep a message until its PUBACK and send it again after a break.
 *   node bench/broker-kill.ts [rounds]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { randomBetween, seededRandom } from '#kit/random.ts';
import { count, ms, quantile, tell } from './lib/figures.ts';
import { settle } from './lib/kill-rounds.ts';
import { addBenchDevices, openLink, type DeviceLink } from './lib/mqtt-load.ts';
import { databaseUrl, findPort, makeFolder, removeFolder, startServer } from './lib/server.ts';

const rounds = Number(process.argv[2] ?? 20);
const secret = 'secret-of-the-bench';
const window = 10;

interface Load {
  acknowledged: Set<string>;
  resent: () => number;
  finish(): Promise<void>;
  abandon(): void;
}

/** Ten devices with ten messages under way each. */
function openLoad(port: number, codes: readonly string[]): Load {
  const acknowledged = new Set<string>();
  let [resent, ending, abandoned] = [0, false, false];

  async function one(code: string): Promise<void> {
    let link: Promise<DeviceLink | undefined> = reach(code);
    async function lane(first: number): Promise<void> {
      for (let seq = first; !ending && !abandoned; seq += window) {
        const body = JSON.stringify({ boot: 'b', seq, values: { temp_c: 20 } });
        for (let tries = 0; !abandoned; tries++) {
          if (tries > 0) resent++;
          const now = link;
          const said = await (await now)?.publish(`hg/v1/${code}/readings`, body).then(
            () => true,
            () => false,
          );
          if (said === true) {
            acknowledged.add(`${code} ${seq}`);
            break;
          }
          if (link === now) link = reach(code); // the first lane to notice connects for all
        }
      }
    }
    await Promise.all(Array.from({ length: window }, (_, n) => lane(n)));
    (await link)?.close();
  }

  async function reach(code: string): Promise<DeviceLink | undefined> {
    while (!abandoned) {
      const opened = await openLink(port, code, secret).catch(() => undefined);
      if (opened !== undefined) return opened;
      await sleep(50);
    }
    return undefined;
  }

  const all = Promise.all(codes.map(one));
  return {
    acknowledged,
    resent: () => resent,
    async finish() {
      ending = true;
      await all;
    },
    abandon: () => void (abandoned = true),
  };
}

async function readKept(url: string): Promise<{ kept: Set<string>; wrong: number }> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const { rows } = await owner.query<{ name: string; readings: number }>(
    `select d.code || ' ' || m.seq as name,
       (select count(*)::int from reading r where r.device_id = m.device_id and r.boot = m.boot and r.seq = m.seq) as readings
     from device_message m join device d on d.id = m.device_id`,
  );
  await owner.end();
  return { kept: new Set(rows.map(({ name }) => name)), wrong: rows.filter(({ readings }) => readings !== 1).length };
}

const folder = await makeFolder();
const [port, mqttPort] = [await findPort(), await findPort()];
const start = () => startServer({ dataDir: folder, port, env: { HUANGGE_DEMO: 'off', MQTT_PORT: String(mqttPort) } });
let running = await start();
let load: Load | undefined;
try {
  await settle(databaseUrl(folder));
  const codes = await addBenchDevices(databaseUrl(folder), 10, 'K', secret);
  await running.stop();
  running = await start();
  load = openLoad(mqttPort, codes);
  const rng = seededRandom(1883);
  const readyMs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await sleep(randomBetween(rng, 300, 1_500));
    await running.kill();
    running = await start();
    readyMs.push(running.readyMs);
  }
  await sleep(500);
  await load.finish();
  const { kept, wrong } = await readKept(databaseUrl(folder));
  const lost = [...load.acknowledged].filter((name) => !kept.has(name)).length;
  tell(
    `kill -9 of the program while devices publish, ${rounds} rounds: acknowledged and lost / not exactly once`,
    `${lost} / ${wrong}`,
    `${count(load.acknowledged.size)} acknowledged, ${count(load.resent())} sent again`,
  );
  tell('kill -9 while devices publish: ready again, p50', ms(quantile(readyMs, 0.5)));
  if (lost + wrong > 0 || load.acknowledged.size < rounds) process.exitCode = 1;
} finally {
  load?.abandon();
  await running.stop();
  await removeFolder(folder);
}
