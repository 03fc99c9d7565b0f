import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const root = join(import.meta.dirname, '../..');

/** Where a program keeps its data and listens, and how many minutes its clock is ahead. */
export interface Place {
  dataDir: string;
  port: number;
  mqttPort: number;
  ahead: number;
}

export interface Started {
  url: string;
  /** Ends it as a person would, and waits until it is gone. */
  stop(): Promise<void>;
}

/** The program as "npm start" runs it. @throws Error with what it said, when it ends or is not ready in time */
export async function startIn({ dataDir, port, mqttPort, ahead }: Place): Promise<Started> {
  const url = `http://localhost:${port}`;
  const program = spawn(process.execPath, [join(root, 'src/main.ts')], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      MQTT_PORT: String(mqttPort),
      HUANGGE_DATA: dataDir,
      HUANGGE_PUBLIC_URL: url,
      HUANGGE_CLOCK_AHEAD: String(ahead),
      NODE_ENV: 'development',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = collect(program);
  await ready(url, program, said);
  return {
    url,
    async stop() {
      program.kill('SIGTERM');
      await Promise.race([
        new Promise((done) => program.once('exit', done)),
        sleep(15_000).then(() => program.kill('SIGKILL')),
      ]);
    },
  };
}

function collect(program: ChildProcess): { text: string } {
  const said = { text: '' };
  const keep = (piece: Buffer): void => {
    said.text = `${said.text}${piece.toString()}`.slice(-20_000);
  };
  program.stdout?.on('data', keep);
  program.stderr?.on('data', keep);
  return said;
}

const patienceMs = 300_000;

async function ready(url: string, program: ChildProcess, said: { text: string }): Promise<void> {
  for (const until = performance.now() + patienceMs; performance.now() < until; await sleep(100)) {
    if (program.exitCode !== null) throw new Error(`The program ended before it was ready:\n${said.text}`);
    const answer = await fetch(`${url}/api/public/health`).catch(() => undefined);
    if (answer?.ok === true) return;
  }
  program.kill('SIGKILL');
  throw new Error(`The program was not ready within five minutes:\n${said.text}`);
}

/** Waits until all lines of the ledger have their numbers: what happens from then on is told at once. */
export async function numbered(url: string): Promise<void> {
  const size = async (): Promise<number> =>
    ((await (await fetch(`${url}/api/ledger/head`)).json()) as { size: number }).size;
  for (let before = -1, now = await size(); before !== now;) {
    before = now;
    await sleep(2_000);
    now = await size();
  }
}
