import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './embedded-binaries.ts';
import { handOver } from './embedded-folder.ts';
import { childOptions, type RunAs } from './embedded-identity.ts';
import { StartRefused, explainError, explainFailure } from './embedded-refusal.ts';

const run = promisify(execFile);
const MAJOR = '18';
/** The one superuser of the embedded cluster, and the name of its database. */
export const OWNER = 'huangge';

/** Password required from everybody; nothing outside this machine is listened to. */
const HBA = [
  '# Written by Huangge.',
  'local all all scram-sha-256',
  'host all all 127.0.0.1/32 scram-sha-256',
  '',
].join('\n');

export interface ClusterPlace {
  /** the real folder */
  dataDir: string;
  passwordFile: string;
}

/** Makes the cluster on first use and returns the owner's password; a lost password file is replaced by a new one. */
export async function ensureCluster(
  place: ClusterPlace,
  binaries: Binaries,
  runAs: RunAs | undefined,
): Promise<string> {
  try {
    const version = await readFile(join(place.dataDir, 'PG_VERSION'), 'utf8').catch(() => undefined);
    if (version === undefined) return await createCluster(place, binaries, runAs);
    if (version.trim() !== MAJOR) throw explainFailure('database files are incompatible with server', place.dataDir);
    const known = await readFile(place.passwordFile, 'utf8').catch(() => undefined);
    if (known) return known.trim();
    const password = newPassword();
    await runSingleUser(place.dataDir, binaries, runAs, [`ALTER ROLE ${OWNER} PASSWORD '${password}'`]);
    await savePassword(place.passwordFile, password);
    return password;
  } catch (error) {
    throw explainError(error, place.dataDir);
  }
}

/** Built aside and renamed at the end, so that a start interrupted halfway leaves no half-made cluster. */
async function createCluster(place: ClusterPlace, binaries: Binaries, runAs: RunAs | undefined): Promise<string> {
  const { dataDir } = place;
  if ((await readdir(dataDir)).length > 0) {
    throw new StartRefused(`${dataDir} holds files but no PostgreSQL database. Choose an empty or new data folder.`);
  }
  await removeLeftovers(dataDir);
  const draft = `${dataDir}.initdb-${randomBytes(4).toString('hex')}`;
  const password = newPassword();
  try {
    await mkdir(draft, { mode: 0o700 });
    await handOver(draft, runAs);
    // The builtin provider sorts by code point and knows Unicode case, alike on every machine and without OS locales.
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    await run(binaries.initdb, ['-D', draft, `--username=${OWNER}`, '--auth=trust', ...locale], childOptions(runAs));
    await writeFile(join(draft, 'pg_hba.conf'), HBA);
    await runSingleUser(draft, binaries, runAs, [
      `ALTER ROLE ${OWNER} PASSWORD '${password}'`,
      `CREATE DATABASE ${OWNER}`,
    ]);
    await savePassword(place.passwordFile, password);
    await rename(draft, dataDir);
    return password;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function removeLeftovers(dataDir: string): Promise<void> {
  const parent = dirname(dataDir);
  const names = (await readdir(parent)).filter((name) => name.startsWith(`${basename(dataDir)}.initdb-`));
  for (const name of names) await rm(join(parent, name), { recursive: true, force: true });
}

function newPassword(): string {
  return randomBytes(24).toString('hex');
}

async function savePassword(file: string, password: string): Promise<void> {
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${password}\n`, { mode: 0o600, flush: true });
  await rename(draft, file);
}

/** Runs statements without a server, as only the owner of the files can: no password is asked. One statement a line. */
async function runSingleUser(
  dataDir: string,
  binaries: Binaries,
  runAs: RunAs | undefined,
  statements: string[],
): Promise<void> {
  const child = spawn(
    binaries.postgres,
    ['--single', '-D', dataDir, '-c', 'log_min_messages=error', 'template1'],
    childOptions(runAs),
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${statements.join(';\n')};\n`);
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done));
  if (code !== 0 || /ERROR:|FATAL:/.test(said)) throw explainFailure(said, dataDir);
}
