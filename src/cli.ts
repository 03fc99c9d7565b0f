/** The command `huangge`. What it can do stands in cli/commands.ts. */
import { runCli } from './cli/run.ts';

const terminal = process.stderr.isTTY;
/** A bar is wiped away before anything else is said. */
const wipe = (): boolean => terminal && process.stderr.write('\r\x1b[K');

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  out: (line) => void (wipe(), process.stdout.write(`${line}\n`)),
  err: (line) => void (wipe(), process.stderr.write(`${line}\n`)),
  bar: terminal ? (text) => void process.stderr.write(`\r\x1b[K${text}`) : undefined,
});
