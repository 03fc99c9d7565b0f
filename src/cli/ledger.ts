/**
 * huangge ledger verify <export.ndjson> [--key public.pem]… [--previous head.json] [--json]   needs no database
 * huangge ledger export <export.ndjson> [--from 1] [--to n] [--database url] [--tenant main]
 * huangge ledger check [--database url] [--tenant main] [--json]                             the nightly check, now
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { signedHead } from '#contract/ledger.ts';
import { isAppError } from '#kit/errors.ts';
import { systemClock } from '#kit/clock.ts';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { exportLedger, publicKeyFromPem, verifyExport, verifyStored } from '#server/modules/ledger/index.ts';
import { tellExport, tellStored } from './ledger-words.ts';

/** Where a command writes, and what it may know of its surroundings. */
export interface CommandIo {
  out(text: string): void;
  err(text: string): void;
  env: Readonly<Record<string, string | undefined>>;
}

const usage = `huangge ledger verify <export.ndjson> [--key public.pem] [--previous head.json] [--json]
huangge ledger export <export.ndjson> [--from 1] [--to n] [--database url] [--tenant main]
huangge ledger check [--database url] [--tenant main] [--json]`;

/** Something the caller typed or a file they named is not as expected. */
class Misuse extends Error {}

/** Runs `huangge ledger …` (`args`: what follows "ledger"). Answers the exit code: 0 good, 1 not good, 2 misused. */
export async function ledgerCommands(args: readonly string[], io: CommandIo): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === 'verify') return await verifyFile(rest, io);
    if (name === 'export') return await exportToFile(rest, io);
    if (name === 'check') return await checkStored(rest, io);
    throw new Misuse(name === undefined ? 'Expected a command.' : `Unknown command "ledger ${name}".`);
  } catch (error) {
    if (!(error instanceof Misuse) && !isAppError(error)) throw error;
    io.err(error instanceof Misuse ? `${error.message}\n${usage}` : error.message);
    return error instanceof Misuse ? 2 : 1;
  }
}

async function verifyFile(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parse(args, {
    key: { type: 'string', multiple: true },
    previous: { type: 'string' },
    json: { type: 'boolean' },
  });
  const file = onlyFile(positionals);
  const keys = await Promise.all(textsOf(values['key']).map(readPublicKey));
  const [previousFile] = textsOf(values['previous']);
  const previous = previousFile === undefined ? undefined : await readHead(previousFile);
  await readFileStart(file);
  const verdict = await verifyExport(createReadStream(file, 'utf8'), { keys, previous });
  io.out(values['json'] === true ? JSON.stringify(verdict) : tellExport(verdict));
  return verdict.ok ? 0 : 1;
}

async function exportToFile(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parse(args, {
    from: { type: 'string' },
    to: { type: 'string' },
    database: { type: 'string' },
    tenant: { type: 'string' },
  });
  const file = onlyFile(positionals);
  const from = toSeq('from', textsOf(values['from'])[0]) ?? 1;
  const to = toSeq('to', textsOf(values['to'])[0]);
  await withDatabase(values, io, async (database, tenant) => {
    const pieces = exportLedger({ database, tenant, clock: systemClock, from, to });
    // A refused or broken export must not take the place of a good one.
    await pipeline(Readable.from(pieces), createWriteStream(`${file}.part`)).catch(async (error: unknown) => {
      await rm(`${file}.part`, { force: true });
      throw error;
    });
    await rename(`${file}.part`, file);
  });
  io.out(`The ledger was exported to ${file}. Check it with: huangge ledger verify ${file}`);
  return 0;
}

async function checkStored(args: string[], io: CommandIo): Promise<number> {
  const { values } = parse(args, {
    database: { type: 'string' },
    tenant: { type: 'string' },
    json: { type: 'boolean' },
  });
  const verdict = await withDatabase(values, io, (database, tenant) => verifyStored(database, tenant));
  io.out(values['json'] === true ? JSON.stringify(verdict) : tellStored(verdict));
  return verdict.ok ? 0 : 1;
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

function parse(
  args: string[],
  options: Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>,
): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

function textsOf(value: Values[string]): string[] {
  return [value].flat().filter((one) => typeof one === 'string');
}

function onlyFile(positionals: readonly string[]): string {
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Misuse(`Expected one file, found ${positionals.length}.`);
  return file;
}

function toSeq(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,15}$/.test(text)) throw new Misuse(`Expected a whole number from 1 for --${name}, found "${text}".`);
  return Number(text);
}

async function withDatabase<T>(
  values: Values,
  io: CommandIo,
  work: (database: Database, tenant: string) => Promise<T>,
): Promise<T> {
  const url = textsOf(values['database'])[0] ?? io.env['DATABASE_URL'];
  if (url === undefined) throw new Misuse('Expected a database: give --database or set DATABASE_URL.');
  const database = openDatabase(url, { max: 2 });
  try {
    return await work(database, textsOf(values['tenant'])[0] ?? 'main');
  } finally {
    await database.close();
  }
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new Misuse(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  });
}

/** Says early, in words, that a file cannot be read. */
async function readFileStart(file: string): Promise<void> {
  const stream = createReadStream(file, { end: 0 });
  await stream.toArray().catch((error: unknown) => {
    throw new Misuse(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  });
}

async function readPublicKey(file: string): Promise<Buffer> {
  const pem = await readText(file);
  try {
    return publicKeyFromPem(pem);
  } catch {
    throw new Misuse(`${file} holds no public key. Expected PEM, as GET /api/ledger/key gives it.`);
  }
}

async function readHead(file: string): Promise<ReturnType<typeof signedHead.parse>> {
  const text = await readText(file);
  try {
    return signedHead.parse(JSON.parse(text));
  } catch {
    throw new Misuse(`${file} holds no signed tree head. Expected the JSON of GET /api/ledger/head.`);
  }
}
