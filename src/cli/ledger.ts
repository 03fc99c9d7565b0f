import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { signedHead } from '#contract/ledger.ts';
import { systemClock } from '#kit/clock.ts';
import { exportLedger, publicKeyFromPem, verifyExport, verifyStored } from '#server/modules/ledger/index.ts';
import { exitCodes, textOption, UsageError, type Command, type Options } from './command.ts';
import { withDatabase } from './database.ts';
import { tellExport, tellStored } from './ledger-words.ts';

const verifyCommand: Command = {
  name: 'ledger verify',
  summary: 'Checks an export of the ledger: complete, unchanged, signed. Needs no database.',
  usage: '<export.ndjson> [--key <public.pem>]… [--previous <head.json>] [--json]',
  help: [
    '  --key <public.pem>      a published key you trust (GET /api/ledger/key); without it the key in the file is used',
    '  --previous <head.json>  a head kept from earlier (GET /api/ledger/head): the export must continue it',
    '  --json                  the answer for programs',
  ].join('\n'),
  options: { key: { type: 'string', multiple: true }, previous: { type: 'string' }, json: { type: 'boolean' } },
  async run(io, { positionals, options }) {
    const file = onlyFile(positionals);
    const keys = await Promise.all(textsOption(options, 'key').map(readPublicKey));
    const headFile = textOption(options, 'previous');
    const previous = headFile === undefined ? undefined : await readHead(headFile);
    const verdict = await verifyExport(readPieces(file), { keys, previous });
    io.out(options['json'] === true ? JSON.stringify(verdict) : tellExport(verdict));
    return verdict.ok ? exitCodes.done : exitCodes.refused;
  },
};

const exportCommand: Command = {
  name: 'ledger export',
  summary: 'Writes the signed part of the ledger, without the words people wrote, for anybody to verify.',
  usage: '<export.ndjson> [--from <seq>] [--to <seq>]',
  help: ['  --from <seq>  first line, from 1', '  --to <seq>    last line; by default the last one signed'].join('\n'),
  options: { from: { type: 'string' }, to: { type: 'string' } },
  async run(io, { positionals, options }) {
    const file = onlyFile(positionals);
    const [from = 1, to] = [seqOption(options, 'from'), seqOption(options, 'to')];
    await withDatabase(io, (database, tenant) =>
      writeWhole(file, exportLedger({ database, tenant, clock: systemClock, from, to })),
    );
    io.out(`The ledger was exported to ${file}. Check it with: huangge ledger verify ${file}`);
    return exitCodes.done;
  },
};

const checkCommand: Command = {
  name: 'ledger check',
  summary: 'Recomputes the whole stored ledger and compares: what the nightly check does, now.',
  usage: '[--json]',
  help: '  --json  the answer for programs',
  options: { json: { type: 'boolean' } },
  async run(io, { options }) {
    const verdict = await withDatabase(io, verifyStored);
    io.out(options['json'] === true ? JSON.stringify(verdict) : tellStored(verdict));
    return verdict.ok ? exitCodes.done : exitCodes.refused;
  },
};

export const ledgerCommands: readonly Command[] = [verifyCommand, exportCommand, checkCommand];

function onlyFile(positionals: readonly string[]): string {
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError(`Expected one file, found ${positionals.length}.`);
  return file;
}

function textsOption(options: Options, name: string): string[] {
  return [options[name]].flat().filter((one) => typeof one === 'string');
}

function seqOption(options: Options, name: string): number | undefined {
  const text = textOption(options, name);
  if (text === undefined || /^[1-9]\d{0,14}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new UsageError(`Expected a whole number from 1 for --${name}, found "${text}".`);
}

/** A refused or broken export must not take the place of a good one. */
async function writeWhole(file: string, pieces: AsyncIterable<string>): Promise<void> {
  const part = `${file}.part`;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(part));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function* readPieces(file: string): AsyncGenerator<string, void> {
  try {
    for await (const piece of createReadStream(file, 'utf8')) yield String(piece);
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });
}

function unreadable(file: string, error: unknown): UsageError {
  return new UsageError(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
}

async function readPublicKey(file: string): Promise<Buffer> {
  const pem = await readText(file);
  try {
    return publicKeyFromPem(pem);
  } catch {
    throw new UsageError(`${file} holds no public key. Expected PEM, as GET /api/ledger/key gives it.`);
  }
}

async function readHead(file: string): Promise<ReturnType<typeof signedHead.parse>> {
  const text = await readText(file);
  try {
    return signedHead.parse(JSON.parse(text));
  } catch {
    throw new UsageError(`${file} holds no signed tree head. Expected the JSON of GET /api/ledger/head.`);
  }
}
