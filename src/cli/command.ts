import type { ParseArgsConfig } from 'node:util';

/** Where a command speaks and what surrounds it. */
export interface Io {
  env: Record<string, string | undefined>;
  out(line: string): void;
  err(line: string): void;
  /** Draws a line that the next one replaces; only on a terminal. */
  bar?: ((text: string) => void) | undefined;
}

export type Options = Record<string, string | boolean | (string | boolean)[] | undefined>;

export interface Command {
  /** Its words, such as 'import areas'. */
  name: string;
  summary: string;
  /** What follows the name, such as '<file.csv> [--dry-run]'. */
  usage: string;
  /** Each option in a line; '' when there is none. */
  help: string;
  options: NonNullable<ParseArgsConfig['options']>;
  /** Returns the exit code. */
  run(io: Io, args: { positionals: string[]; options: Options }): Promise<number>;
}

/** Exit codes of every command. */
export const exitCodes = { done: 0, refused: 1, usage: 2, noDatabase: 3 } as const;

/** The command was called wrongly: shown with its usage. */
export class UsageError extends Error {}

/** The database cannot be reached or is not prepared. */
export class NoDatabase extends Error {}

/** The value of an option that takes one. */
export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** One of the allowed words. @throws UsageError naming them */
export function choice<T extends string>(value: string | undefined, allowed: readonly T[], what: string): T {
  const found = allowed.find((word) => word === value);
  if (found === undefined)
    throw new UsageError(
      `${what} must be one of ${allowed.join(', ')}${value === undefined ? '' : `, found "${value}"`}.`,
    );
  return found;
}
