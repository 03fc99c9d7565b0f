/** npm run simulate: residents and workers of the demo town keep acting on a running server. */
import { parseArgs } from 'node:util';
import { simulate } from '../src/demo/simulate/simulate.ts';

const help = `Usage: npm run simulate -- [--url http://localhost:8141] [--speed 60] [--seed 1] [--minutes 60]

  --url      address of a running server with the demo
  --speed    60 makes an hour of the town in a minute (1 to 3600)
  --seed     the same seed acts alike
  --minutes  ends by itself after so many minutes; Ctrl-C ends it at once`;

function readNumber(name: string, text: string, from: number, to: number): number {
  const value = Number(text);
  if (value >= from && value <= to) return value;
  throw new Error(`--${name}: expected a number from ${from} to ${to}, found "${text}".\n\n${help}`);
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'http://localhost:8141' },
      speed: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '60' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${help}\n`);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const print = (line: string) => process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
  const counts = await simulate({
    url: values.url,
    speed: readNumber('speed', values.speed, 1, 3600),
    seed: readNumber('seed', values.seed, 0, 2 ** 32 - 1),
    minutes: readNumber('minutes', values.minutes, 0.01, 100_000),
    signal: stop.signal,
    print,
  });
  print(`Stopped: ${counts.reports} reports, ${counts.acts} acts, ${counts.refusals} refusals.`);
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
