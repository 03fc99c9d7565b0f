/**
 * Makes every generated file anew: db/schema.sql, src/server/db/tables.ts, docs/openapi.json, docs/mqtt-schema.json,
 * db/data/calendar-cn.csv.
 * With --check nothing is written: it fails, naming the stale files. Needs a PostgreSQL: DATABASE_URL (its owner may
 * create databases), else an embedded one in a temporary folder.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import * as prettier from 'prettier';
import * as z from 'zod';
import { alarmMessage, readingMessage, statusMessage } from '../src/contract/device-messages.ts';
import { openApiOf } from '../src/server/http/openapi.ts';
import { startEmbedded } from '../src/server/db/embedded.ts';
import { migrate } from '../src/server/db/migrate.ts';
import { contracts } from '../src/contracts.ts';
import { dumpSchema } from './dump-schema.ts';

const root = join(import.meta.dirname, '..');

/** path → fresh text, made from a scratch database at `url`. */
export async function generate(url: string): Promise<Record<string, string>> {
  await migrate(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return {
      'db/schema.sql': await dumpSchema(client),
      'src/server/db/tables.ts': await tableTypes(url),
      'docs/openapi.json': await prettier.format(JSON.stringify(openApiOf(contracts)), {
        parser: 'json',
        printWidth: 120,
      }),
      'docs/mqtt-schema.json': await prettier.format(JSON.stringify(mqttSchema()), { parser: 'json', printWidth: 120 }),
    };
  } finally {
    await client.end();
  }
}

/** JSON Schema of what a device may say, by topic. */
function mqttSchema(): Record<string, unknown> {
  const messages = { readings: readingMessage, alarm: alarmMessage, status: statusMessage };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Huangge device messages: hg/v1/<device code>/<topic>',
    $defs: Object.fromEntries(
      Object.entries(messages).map(([topic, message]) => {
        const { $schema: _, ...schema } = z.toJSONSchema(message, { io: 'input' });
        return [topic, schema];
      }),
    ),
  };
}

async function tableTypes(url: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'huangge-gen-'));
  const out = join(folder, 'tables.ts');
  const options = [
    '--dialect',
    'postgres',
    '--url',
    url,
    '--out-file',
    out,
    '--date-parser',
    'string',
    '--numeric-parser',
    'number',
  ];
  const shape = [
    '--type-mapping',
    '{"int8":"number"}',
    '--default-schema',
    'public',
    '--exclude-pattern',
    'pgboss.*',
    '--log-level',
    'error',
  ];
  await promisify(execFile)(
    process.execPath,
    [join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'), ...options, ...shape],
    { cwd: root },
  );
  const text = await readFile(out, 'utf8');
  await rm(folder, { recursive: true });
  return text;
}

/** Names of files whose committed text is not what `generate` makes. */
export async function staleFiles(
  fresh: Record<string, string>,
  read: (path: string) => Promise<string>,
): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, text] of Object.entries(fresh)) if ((await read(path).catch(() => '')) !== text) stale.push(path);
  return stale;
}

const readCommitted = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'huangge-gen-pg-'));
  const server = await startEmbedded({ dataDir: join(folder, 'pg'), settings: { fsync: 'off' } });
  try {
    const fresh = await generate(server.url);
    if (!process.argv.includes('--check')) {
      for (const [path, text] of Object.entries(fresh)) await writeFile(join(root, path), text);
      return;
    }
    const stale = await staleFiles(fresh, readCommitted);
    if (stale.length > 0) throw new Error(`Not fresh: ${stale.join(', ')}. Run "npm run gen" and commit the result.`);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) await main();
