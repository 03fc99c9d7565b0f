import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, realpath, rmdir, stat, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { SHARED_HOME, makeSharedFolder } from './embedded-binaries.ts';
import { canReach, type RunAs } from './embedded-identity.ts';
import { StartRefused } from './embedded-refusal.ts';

const run = promisify(execFile);

/**
 * The folder PostgreSQL really uses for the wished one. They differ only when root runs the program below a folder
 * that is closed to PostgreSQL's user: then the wished folder becomes a link to a new one in /var/lib/huangge.
 */
export async function placeFolder(
  wished: string,
  runAs: RunAs | undefined,
  log: (line: string) => void,
): Promise<string> {
  const path = resolve(wished);
  await mkdir(dirname(path), { recursive: true });
  const exists = (await lstat(path).catch(() => undefined)) !== undefined;
  if (!exists) await mkdir(path, { mode: 0o700 });
  const real = await realpath(path).catch(() => {
    throw new StartRefused(
      `${path} is a link to a folder that is gone. Bring that folder back, or remove the link to begin anew.`,
    );
  });
  await handOver(real, runAs);
  if (canReach(real, ['r', 'w', 'x'], runAs)) return real;
  if (runAs === undefined || (await readdir(real)).length > 0) throw unreachable(real, runAs);
  await rmdir(real);
  await makeSharedFolder(SHARED_HOME);
  const elsewhere = join(SHARED_HOME, `pg-${randomBytes(6).toString('hex')}`);
  await mkdir(elsewhere, { mode: 0o700 });
  await handOver(elsewhere, runAs);
  await symlink(elsewhere, path);
  log(
    `The database lives in ${elsewhere} (linked from ${path}), because its user "${runAs.name}" may not enter ${dirname(path)}.`,
  );
  return elsewhere;
}

/** Gives a folder that root owns to the account PostgreSQL runs as; nothing outside the data folder is touched. */
export async function handOver(folder: string, runAs: RunAs | undefined): Promise<void> {
  if (runAs && (await stat(folder)).uid !== runAs.uid) await run('chown', ['-R', `${runAs.uid}:${runAs.gid}`, folder]);
}

function unreachable(folder: string, runAs: RunAs | undefined): StartRefused {
  const who = runAs ? `the unprivileged user "${runAs.name}" PostgreSQL runs as` : 'you';
  return new StartRefused(
    `The data folder ${folder} cannot be entered and written by ${who}. Open its parent folders (chmod o+x), or move it to a place that user can reach.`,
  );
}
