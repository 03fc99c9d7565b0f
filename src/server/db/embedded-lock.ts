import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { processStart } from './embedded-process.ts';
import { StartRefused } from './embedded-refusal.ts';

interface Holder {
  pid: number;
  /** When the holder began, in whatever words the system uses; tells a living holder from a later process with its number. */
  started: string;
  token: string;
}

/** A data folder held by this process. */
export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes the exclusive lock of a data folder: a file beside it naming our process. A lock whose process is gone
 * (kill -9, power cut) is taken over.
 * @throws StartRefused when a living program holds it
 */
export async function lockFolder(dataDir: string): Promise<FolderLock> {
  const file = `${dataDir}.lock`;
  const token = randomBytes(8).toString('hex');
  const mine = JSON.stringify({ pid: process.pid, started: processStart(process.pid) ?? '', token } satisfies Holder);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (await tryCreate(file, mine)) return { release: () => release(file, token) };
    const holder = await readHolder(file);
    if (holder && processStart(holder.pid) === holder.started) throw heldBy(holder, dataDir);
    await removeStale(file, holder, token);
  }
  throw new StartRefused(`The lock ${file} could not be taken: several programs want the same data folder. Start one.`);
}

/** Written aside and linked into place, so that nobody ever reads half a lock. */
async function tryCreate(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Moves a dead holder's lock away; if somebody else took it over in between, theirs is put back. */
async function removeStale(file: string, dead: Holder | undefined, token: string): Promise<void> {
  const aside = `${file}.stale-${token}`;
  await rename(file, aside).catch(() => undefined);
  const moved = await readHolder(aside);
  if (moved && moved.token !== dead?.token) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function release(file: string, token: string): Promise<void> {
  if ((await readHolder(file))?.token === token) await rm(file, { force: true });
}

function heldBy(holder: Holder, dataDir: string): StartRefused {
  const who = holder.pid === process.pid ? 'this program itself' : `another Huangge (process ${holder.pid})`;
  return new StartRefused(
    `The data folder ${dataDir} is already in use by ${who}. Stop that one first, or start this one with another data folder.`,
  );
}
