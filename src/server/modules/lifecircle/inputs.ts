/** What a run is measured on, frozen: canonical JSON under its own hash, so that the same inputs are the same run. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import canonicalize from 'canonicalize';
import type { Tx } from '#server/db/pool.ts';
import type { CellIn, PlaceIn, StandardIn } from './parts.ts';
import { findInput, insertInput } from './store-run.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

export interface Inputs {
  facilities: readonly PlaceIn[];
  cells: readonly CellIn[];
  standards: readonly StandardIn[];
}
export type InputKind = keyof Inputs;
export type InputHashes = Record<InputKind, string>;

/** SHA-256 over canonical JSON (RFC 8785), hexadecimal. */
export function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? 'null', 'utf8')
    .digest('hex');
}

export function hashInputs(inputs: Inputs): InputHashes {
  return { facilities: hashOf(inputs.facilities), cells: hashOf(inputs.cells), standards: hashOf(inputs.standards) };
}

/** Stores those that are not there yet. */
export async function keepInputs(tx: Tx, inputs: Inputs, hashes: InputHashes): Promise<void> {
  for (const kind of ['facilities', 'cells', 'standards'] as const) {
    const items = inputs[kind];
    const body = await pack(Buffer.from(canonicalize(items) ?? '[]', 'utf8'));
    await insertInput(tx, { hash: hashes[kind], kind, items: items.length, body });
  }
}

/** Inputs never change under their hash: the last ones read are kept in memory. */
export function createInputReader() {
  const held = new Map<string, unknown>();
  async function read<T>(tx: Tx, hash: string): Promise<T> {
    const known = held.get(hash);
    if (known !== undefined) return known as T;
    const row = await findInput(tx, hash);
    if (row === undefined) throw new Error(`The input ${hash} of a run is not there.`);
    const value = JSON.parse((await unpack(row.body)).toString('utf8')) as T;
    held.set(hash, value);
    for (const old of [...held.keys()].slice(0, -12)) held.delete(old);
    return value;
  }
  return async (tx: Tx, hashes: InputHashes): Promise<Inputs> => ({
    facilities: await read<PlaceIn[]>(tx, hashes.facilities),
    cells: await read<CellIn[]>(tx, hashes.cells),
    standards: await read<StandardIn[]>(tx, hashes.standards),
  });
}
export type ReadInputs = ReturnType<typeof createInputReader>;
