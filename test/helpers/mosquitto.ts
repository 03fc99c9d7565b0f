import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from './postgres.ts';

const folders = [
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/opt/homebrew/bin',
  '/opt/homebrew/sbin',
];

/** @throws Error saying what to install */
function programAt(name: string): string {
  const folder = folders.find((one) => existsSync(join(one, name)));
  if (folder === undefined)
    throw new Error(`${name} is not installed. Debian: sudo apt-get install mosquitto mosquitto-clients.`);
  return join(folder, name);
}

export interface Publication {
  port: number;
  name: string;
  secret: string;
  topic: string;
  /** One message, or several: one a line. */
  text: string;
  qos?: 0 | 1 | 2;
  lines?: boolean;
  patienceS?: number;
}

/** What the stranger's own client said: exit code 0 means that everything was acknowledged. */
export function mosquittoPub(wish: Publication): Promise<{ code: number; err: string }> {
  const { port, name, secret, topic, text, qos = 1, lines = false, patienceS = 5 } = wish;
  const args = ['-h', '127.0.0.1', '-p', String(port), '-u', name, '-P', secret, '-t', topic, '-q', String(qos)];
  const child = spawn('timeout', [String(patienceS), programAt('mosquitto_pub'), ...args, lines ? '-l' : '-s'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.on('error', () => undefined); // refused before it has read everything
  child.stdin.end(text);
  return new Promise((done) => child.once('close', (code) => done({ code: code ?? -1, err })));
}

export interface Mosquitto {
  port: number;
  stop(): Promise<void>;
  /** After a stop: the same broker with what it had kept. */
  start(): Promise<void>;
  /** Writes new password and access files and has them read. */
  reload(files: { passwords: string; acl: string }): Promise<void>;
}

/** A broker of its own in a temporary folder; without files everybody may do everything. */
export async function startMosquitto(files?: {
  passwords: string;
  acl: string;
}): Promise<Mosquitto & { end(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'huangge-mosquitto-'));
  await chmod(folder, 0o777);
  const port = await findFreePort();
  const guarded = `allow_anonymous false\npassword_file ${folder}/passwords\nacl_file ${folder}/acl\n`;
  await writeFile(
    join(folder, 'conf'),
    `listener ${port} 127.0.0.1\n${files === undefined ? 'allow_anonymous true\n' : guarded}persistence true\npersistence_location ${folder}/\nmax_inflight_messages 1000\nmax_queued_messages 100000\nset_tcp_nodelay true\n`,
  );
  async function write(next: { passwords: string; acl: string }): Promise<void> {
    for (const name of ['passwords', 'acl'] as const) {
      await writeFile(join(folder, name), next[name]);
      await chmod(join(folder, name), 0o644);
    }
  }
  if (files !== undefined) await write(files);
  let child: ChildProcess | undefined;
  async function start(): Promise<void> {
    let said = '';
    const started = spawn(programAt('mosquitto'), ['-c', join(folder, 'conf')], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child = started;
    for (let tries = 0; !(await answers(port)); tries++) {
      if (tries > 100 || started.exitCode !== null) throw new Error(`mosquitto did not start: ${said}`);
      await sleep(50);
    }
  }
  async function stop(): Promise<void> {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const gone = new Promise((done) => running.once('close', done));
    running.kill('SIGTERM');
    await gone;
  }
  await start();
  return {
    port,
    start,
    stop,
    async reload(next) {
      await write(next);
      child?.kill('SIGHUP');
      await sleep(200);
    },
    async end() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = connect(port, '127.0.0.1', () => {
      probe.destroy();
      done(true);
    });
    probe.once('error', () => done(false));
  });
}
