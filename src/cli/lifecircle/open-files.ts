import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { UsageError, type Io } from '../command.ts';

/** Files above this are not read into memory: a country's map has no place here. */
const largestBytes = 2 * 1024 ** 3 - 1;

/** Where a name the person gave points to: from where they stand, then from the project's folder. */
export function pathOf(io: Io, name: string): string {
  const folders = [io.env['INIT_CWD'], io.env['PWD'], '.'].flatMap((folder) => folder ?? []);
  return (
    folders.map((folder) => resolve(folder, name)).find((path) => existsSync(path)) ?? resolve(folders[0] ?? '.', name)
  );
}

/** The bytes of a file the person named. @throws UsageError: none there, or too large */
export function readNamed(io: Io, name: string): Uint8Array {
  const path = pathOf(io, name);
  if (!existsSync(path)) throw new UsageError(`There is no file ${name}.`);
  const { size } = statSync(path);
  if (!statSync(path).isFile() || size > largestBytes) throw new UsageError(`${name} is no file of at most 2 GiB.`);
  return new Uint8Array(readFileSync(path));
}

/** A file and what it is called inside its packing (.gz, .zip); of a zip the first file that ends so. */
export function unpacked(
  name: string,
  bytes: Uint8Array,
  wanted: readonly string[],
): { name: string; bytes: Uint8Array } {
  const plain = basename(name);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    return { name: plain.replace(/\.gz$/i, ''), bytes: new Uint8Array(gunzipSync(bytes)) };
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return { name: plain, bytes };
  const ends = (file: string): boolean => wanted.some((end) => file.toLowerCase().endsWith(end));
  const [found] = Object.entries(unzipSync(bytes, { filter: (file) => ends(file.name) }));
  if (found === undefined) throw new UsageError(`Expected a file ${wanted.join(' or ')} in ${name}, found none.`);
  return { name: basename(found[0]), bytes: found[1] };
}
