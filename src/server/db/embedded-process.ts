import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, readdirSync } from 'node:fs';

/**
 * Facts about processes of this machine. A zombie counts as gone: below a container's first process that collects no
 * children, a killed program stays in the list for ever.
 */

/** When a living process began, in the system's own words; undefined if there is none with this number. */
export function processStart(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return linuxStart(pid);
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Fields of /proc/<pid>/stat counted after the name in brackets, which may itself hold spaces: state, then the 20th. */
function linuxStart(pid: number): string | undefined {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ') ?? [];
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

export function isAlive(pid: number): boolean {
  return processStart(pid) !== undefined;
}

/** Whether the process is the server of this very folder, not a later process that got the same number. */
export function isServerOf(pid: number, dataDir: string): boolean {
  if (!isAlive(pid)) return false;
  try {
    if (process.platform === 'linux') return workingFolder(pid) === dataDir;
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(dataDir);
  } catch {
    return false;
  }
}

/** Whether any process of the server still works on the folder; PostgreSQL's processes make it their working folder. */
export function isFolderInUse(dataDir: string): boolean {
  if (process.platform !== 'linux') return false;
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && workingFolder(Number(name)) === dataDir);
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** True when the program file of a process was replaced since it began (an upgrade): such a server must be restarted. */
export function isReplaced(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`).endsWith(' (deleted)');
  } catch {
    return false;
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone: that is what was wanted.
  }
}
