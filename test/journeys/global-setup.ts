import { mkdtempSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findFreePort } from '#test/helpers/postgres.ts';
import { minutesToBegin } from './clock.ts';
import { numbered, startIn } from './program.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** folder of this run in which the demo lies that every journey begins with */
    stageFolder: string;
  }
}

/** Set by whichever project of journeys comes first: the others begin with the same demo. */
const folderName = 'HUANGGE_STAGE_FOLDER';

/**
 * Loads the demo once for all journeys of a run. Where PostgreSQL's user may not enter the folder, its cluster is a link to one
 * elsewhere, and copies would share it: then none is kept, and each journey loads its own.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env[folderName];
  const folder = given ?? mkdtempSync(join(tmpdir(), 'huangge-stage-'));
  process.env[folderName] = folder;
  project.provide('stageFolder', folder);
  if (given !== undefined) return undefined;
  await chmod(folder, 0o711);
  if (process.env['HUANGGE_JOURNEY_URL'] === undefined) await keepDemo(folder);
  return () => rm(folder, { recursive: true, force: true });
}

/**
 * PostgreSQL keeps half a gigabyte of old segments of its log for the next ones. After a clean stop it needs only the one it
 * wrote last; the rest would be copied for every journey.
 */
async function dropSpareLog(folder: string): Promise<void> {
  const segments = (await readdir(folder)).filter((name) => /^[0-9A-F]{24}$/.test(name));
  const times = await Promise.all(segments.map(async (name) => (await stat(join(folder, name))).mtimeMs));
  const inOrder = segments.map((name, k) => ({ name, ms: times[k] ?? 0 })).toSorted((a, b) => b.ms - a.ms);
  for (const { name } of inOrder.slice(1)) await rm(join(folder, name));
}

async function keepDemo(folder: string): Promise<void> {
  const dataDir = await mkdtemp(join(folder, 'draft-'));
  await chmod(dataDir, 0o711);
  // Where every journey begins at one moment, the demo lies a little before it.
  const ahead = Math.max(0, minutesToBegin(false) - 10);
  const program = await startIn({ dataDir, port: await findFreePort(), mqttPort: await findFreePort(), ahead });
  await numbered(program.url);
  await program.stop();
  await dropSpareLog(join(dataDir, 'pg/pg_wal'));
  const isShared = (await readdir(dataDir, { withFileTypes: true })).some((entry) => entry.isSymbolicLink());
  if (isShared) await rm(dataDir, { recursive: true, force: true });
  else await rename(dataDir, join(folder, 'demo'));
}
