import { execFile, spawnSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The account PostgreSQL runs as; `undefined` wherever one is expected means "the same as this program". */
export interface RunAs {
  uid: number;
  gid: number;
  name: string;
}

const ACCOUNT = 'huangge';
/** The conventional `nobody` of Linux, used by number when a system has no account list at all. */
const NOBODY = { uid: 65_534, gid: 65_534, name: 'nobody' };

/**
 * PostgreSQL refuses to run as root, so root must choose somebody else: the owner of an existing data folder, the
 * system account `huangge` (made on first need), or `nobody` when no account can be made.
 * @returns undefined when this program is not root: then PostgreSQL simply runs as ourselves
 */
export async function chooseRunAs(dataDir: string): Promise<RunAs | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const cluster = await stat(join(dataDir, 'PG_VERSION')).catch(() => undefined);
  if (cluster && cluster.uid !== 0) return { uid: cluster.uid, gid: cluster.gid, name: `user ${cluster.uid}` };
  return (await findAccount(ACCOUNT)) ?? (await createAccount()) ?? (await findAccount('nobody')) ?? NOBODY;
}

async function findAccount(name: string): Promise<RunAs | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout), name };
  } catch {
    return undefined;
  }
}

/** useradd is GNU's, adduser -S is BusyBox's; whichever is there makes an account without home, shell or password. */
async function createAccount(): Promise<RunAs | undefined> {
  const ways: [string, string[]][] = [
    [
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/bin/false', ACCOUNT],
    ],
    ['adduser', ['-S', '-D', '-H', '-s', '/bin/false', ACCOUNT]],
  ];
  for (const [command, args] of ways) {
    await run(command, args).catch(() => undefined);
    const account = await findAccount(ACCOUNT);
    if (account) return account;
  }
  return undefined;
}

/** spawn options that make a child run as `runAs`, from a folder everybody may enter, with none of our environment. */
export function childOptions(runAs: RunAs | undefined) {
  return {
    cwd: '/',
    // No PG* variable of the operator may change how the embedded server behaves.
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    ...(runAs ? { uid: runAs.uid, gid: runAs.gid } : {}),
  };
}

/**
 * Whether `runAs` can really do `test -<mode>` on the path: asked of the operating system as that user, because mode
 * bits alone know nothing of closed parent folders, ACLs or mount options.
 */
export function canReach(path: string, modes: readonly ('r' | 'w' | 'x')[], runAs: RunAs | undefined): boolean {
  const question = modes.map((mode) => `test -${mode} "$1"`).join(' && ');
  return spawnSync('/bin/sh', ['-c', question, 'sh', path], childOptions(runAs)).status === 0;
}
