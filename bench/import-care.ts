/** 100,000 people in care from a table, one row in a hundred wrong: tried, sealed, written; beside a raw COPY of the same rows. */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { systemClock } from '#kit/clock.ts';
import { seededRandom } from '#kit/random.ts';
import { startEmbedded } from '#server/db/embedded.ts';
import { migrate } from '#server/db/migrate.ts';
import { openDatabase } from '#server/db/pool.ts';
import { createTerritory } from '#server/modules/grids/index.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { createPeople } from '#server/modules/people/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { count, tell, tellLimit, times } from './lib/figures.ts';
import { findPort, makeFolder, removeFolder } from './lib/server.ts';

const rows = Number(process.argv[2] ?? 100_000);
const wrongEvery = 100;
const folder = await makeFolder();
const ground = await startEmbedded({ dataDir: join(folder, 'pg'), port: await findPort() });
try {
  await migrate(ground.url);
  await makeArea(ground.url);
  const database = openDatabase(ground.url, { max: 5 });
  const territory = await createTerritory(database);
  const vault = createVault([randomBytes(32)]);
  const people = createPeople({ database, territory, vault, clock: systemClock });
  const base64 = Buffer.from(makeTable()).toString('base64');
  const body = { opId: randomUUID(), base64, map: {}, crs: 'wgs84', skipWrong: true, dryRun: false } as const;
  const startMs = performance.now();
  const answer = await people.importHandlers.import({ params: {}, query: {}, body }, { actor: systemActor });
  const seconds = (performance.now() - startMs) / 1000;
  await database.close();
  const expected = rows / wrongEvery;
  if (answer.wrongCount !== expected || answer.wrong.length !== expected || answer.created !== rows - expected)
    throw new Error(
      `Expected ${expected} wrong rows, each told; found ${answer.wrongCount}, ${answer.wrong.length} told.`,
    );
  tellLimit(`import of ${count(rows)} people in care, 1 % of the rows wrong, every one told`, seconds, 60, 's');
  const rawSeconds = await copyAgain(ground.url);
  tell(
    'the same against INSERT … SELECT of the sealed rows',
    `${seconds.toFixed(1)} s`,
    `${rawSeconds.toFixed(1)} s`,
    times(seconds / rawSeconds),
  );
} finally {
  await ground.stop();
  await removeFolder(folder);
}

/** One street with its path; no outlines, since each row names its area. */
async function makeArea(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const outline = JSON.stringify({ type: 'Polygon', coordinates: [[[104, 30], [105, 30], [105, 31], [104, 31], [104, 30]]] }); // prettier-ignore
  for (const [code, tier, parent, path] of [
    ['510100', 'city', null, ['510100']],
    ['510104', 'district', '510100', ['510100', '510104']],
  ] as const)
    await client.query(
      'insert into area (code, tier, name, parent_code, path, geometry) values ($1, $2, $1, $3, $4, $5)',
      [code, tier, parent, path, outline],
    );
  await client.end();
}

function makeTable(): string {
  const rng = seededRandom(20260601);
  const lines = ['姓名,电话,类别,地址,门牌,紧急联系人,网格,经度,纬度'];
  for (let k = 0; k < rows; k++) {
    const tag = k % wrongEvery === 0 ? '不在目录里' : '独居老人、居家吸氧';
    const at = [104 + rng(), 30 + rng()].map((degrees) => degrees.toFixed(6));
    lines.push(
      `样${k},139${String(k).padStart(8, '0')},${tag},样街${k % 500}号,${k % 30}-${k % 4},女儿 138${k},510104,${at.join(',')}`,
    );
  }
  return lines.join('\n');
}

/** Writes the sealed rows once more into an empty table with the same indexes: what the database alone needs. */
async function copyAgain(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create table care_again (like care_person including all)');
  const startMs = performance.now();
  await client.query('insert into care_again select * from care_person');
  const seconds = (performance.now() - startMs) / 1000;
  await client.end();
  return seconds;
}
