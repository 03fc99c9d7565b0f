/** A question as it is kept: canonical JSON under its hash, so that anybody may reckon it again. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import canonicalize from 'canonicalize';
import { AppError } from '#kit/errors.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { SitingData } from './siting-data.ts';
import { findQuestion } from './store-scenario.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** sha256 over the canonical JSON (RFC 8785), and that JSON as gzip. The same data give the same hash. */
export async function packQuestion(data: SitingData): Promise<{ hash: string; bytes: Uint8Array }> {
  const text = canonicalize(data) ?? '';
  return {
    hash: createHash('sha256').update(text, 'utf8').digest('hex'),
    bytes: await pack(Buffer.from(text, 'utf8')),
  };
}

/** Questions of answered scenarios; they never change, so the last few stay in memory for trying one's own choices. */
export interface Questions {
  /** @throws AppError transition_not_allowed when the scenario has no answer yet */
  of(scenarioId: string): Promise<SitingData>;
}

const heldAtMost = 8;

export function createQuestions(database: Database): Questions {
  const held = new Map<string, Promise<SitingData>>();
  async function read(id: string): Promise<SitingData> {
    const bytes = await database.read(systemScope, (tx) => findQuestion(tx, id));
    if (bytes === undefined)
      throw new AppError('transition_not_allowed', 'This scenario has not been reckoned yet. Run it first.');
    return JSON.parse((await unpack(bytes)).toString('utf8')) as SitingData;
  }
  return {
    of(id) {
      const known = held.get(id);
      if (known !== undefined) return known;
      const found = read(id);
      held.set(id, found);
      found.catch(() => held.delete(id));
      const oldest = held.keys().next().value;
      if (held.size > heldAtMost && oldest !== undefined) held.delete(oldest);
      return found;
    },
  };
}
