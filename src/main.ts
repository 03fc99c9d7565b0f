import { join } from 'node:path';
import { aheadClock } from '#kit/clock.ts';
import { startEmbedded } from '#server/db/embedded.ts';
import { migrate } from '#server/db/migrate.ts';
import { readConfig, type Config } from './config.ts';
import { demoLogins, demoPassword } from './demo/index.ts';
import { wire } from './wire.ts';

const say = (line: string): void => console.log(line);
const webDir = join(import.meta.dirname, '../dist/web');

/** The database to use: the configured one, or our own in the data folder. */
async function openGround(
  config: Config,
  onLost: (reason: Error) => void,
): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.databaseUrl !== null) return { url: config.databaseUrl, stop: async () => undefined };
  return startEmbedded({ dataDir: join(config.dataDir, 'pg'), log: say, onLost });
}

async function run(): Promise<void> {
  const config = readConfig(process.env);
  const ground = await openGround(config, (reason) => {
    console.error(reason.message);
    process.exit(1);
  });
  const applied = await migrate(ground.url);
  if (applied.length > 0) say(`Database: ${applied.length} migration(s) applied.`);
  const clock = aheadClock(config.clockAheadMs);
  const program = await wire({ config, ownerUrl: ground.url, webDir, clock, log: say });
  await program.app.listen({ port: config.port, host: config.host });
  greet(config, program.mqttPort);

  let stopping = false;
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    say('Stopping …');
    await program.stop();
    await ground.stop();
    process.exit(0);
  }
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}

function greet(config: Config, mqttPort: number | null): void {
  say(`\n  黄葛 Huangge is ready at ${config.publicUrl}\n`);
  if (mqttPort !== null) say(`  Devices (MQTT)        port ${mqttPort}`);
  if (!config.demo) return;
  say(`  Residents report at   ${config.publicUrl}/report     (no sign-in)`);
  say(`  Command desk          ${config.publicUrl}/desk`);
  say(`  Grid workers (phone)  ${config.publicUrl}/field\n`);
  for (const { login, title, titleEn } of demoLogins) say(`    ${login.padEnd(12)} ${title} · ${titleEn}`);
  say(`\n  Password of all demo accounts: ${demoPassword}`);
  say(
    '  Try: report the leaning 黄葛树 of 重庆村 as a resident, then follow it through wangge → jieshou → jiepai → quzhong → quchengguan → hecha.\n',
  );
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
