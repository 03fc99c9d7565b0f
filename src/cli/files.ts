import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError, type Io } from './command.ts';

/** Files above this are not read into memory. */
const largestBytes = 512 * 1024 * 1024;

/** The one file a command works on; '-' is standard input. @throws UsageError */
export function readFileArgument(io: Io, positionals: readonly string[]): Uint8Array {
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) throw new UsageError(`Expected one file, found ${positionals.length}.`);
  if (name === '-') return readFileSync(0);
  // npm runs the command in the project's folder; where the person stands is told by these two.
  const folders = [io.env['INIT_CWD'], io.env['PWD'], '.'].flatMap((folder) => folder ?? []);
  const path = folders.map((folder) => resolve(folder, name)).find((candidate) => existsSync(candidate));
  if (path === undefined) throw new UsageError(`There is no file ${name}.`);
  const { size } = statSync(path);
  if (!statSync(path).isFile() || size > largestBytes) throw new UsageError(`${name} is no file of at most 512 MiB.`);
  return readFileSync(path);
}

/** Options of the form field=header, several allowed. @throws UsageError */
export function readMap(values: unknown): Record<string, string> {
  const list = Array.isArray(values) ? values : [];
  return Object.fromEntries(
    list.map((text): [string, string] => {
      const cut = String(text).indexOf('=');
      if (cut < 1) throw new UsageError(`--map expects field=header, found "${String(text)}".`);
      return [String(text).slice(0, cut), String(text).slice(cut + 1)];
    }),
  );
}
