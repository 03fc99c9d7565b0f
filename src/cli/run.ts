import { parseArgs } from 'node:util';
import { NetworkError } from '#engine/network/network-error.ts';
import { AppError } from '#kit/errors.ts';
import { StartRefused } from '#server/db/embedded-refusal.ts';
import { exitCodes, NoDatabase, UsageError, type Command, type Io } from './command.ts';
import { commands } from './commands.ts';
import { showRefusal } from './report.ts';

/** Runs one command line; returns its exit code. Expected failures are sentences, never stacks. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  const command = findCommand(argv);
  if (command === undefined) {
    const wantsHelp = argv.length === 0 || ['help', '--help', '-h'].includes(argv[0] ?? '');
    (wantsHelp ? io.out : io.err)(wantsHelp ? overview() : `Unknown command "${argv.join(' ')}".\n\n${overview()}`);
    return wantsHelp && argv.length > 0 ? exitCodes.done : exitCodes.usage;
  }
  const rest = argv.slice(command.name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(describe(command));
    return exitCodes.done;
  }
  try {
    return await command.run(io, parse(command, rest));
  } catch (error) {
    return explain(error, command, io);
  }
}

function findCommand(argv: readonly string[]): Command | undefined {
  return commands.find(({ name }) => name.split(' ').every((word, k) => argv[k] === word));
}

function parse(command: Command, args: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: command.options,
      allowPositionals: true,
      strict: true,
    });
    return { positionals, options: values };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function explain(error: unknown, command: Command, io: Io): number {
  if (error instanceof UsageError) {
    io.err(`${error.message}\n\n${describe(command)}`);
    return exitCodes.usage;
  }
  if (error instanceof AppError) {
    showRefusal(io, error);
    return exitCodes.refused;
  }
  if (error instanceof NetworkError) {
    io.err(`Refused (${error.code}): ${error.message}`);
    return exitCodes.refused;
  }
  if (error instanceof NoDatabase || error instanceof StartRefused) {
    io.err(error.message);
    return exitCodes.noDatabase;
  }
  throw error;
}

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  huangge ${name.padEnd(width)}  ${summary}`);
  return [
    'huangge: commands for those who run Huangge 黄葛',
    '',
    ...lines,
    '',
    'huangge <command> --help tells the rest. Database: DATABASE_URL, else the embedded one in HUANGGE_DATA (./data).',
    'Exit codes: 0 done, 1 refused (nothing changed), 2 called wrongly, 3 no database.',
  ].join('\n');
}

function describe({ name, usage, summary, help }: Command): string {
  return [`huangge ${name} ${usage}`, `  ${summary}`, ...(help === '' ? [] : ['', help])].join('\n');
}
