/**
 * `huangge import areas` with a real table of communities. The file is not part of this repository:
 *   node bench/import.ts [communities.csv]      (else HUANGGE_COMMUNITIES, else ../shared/data/chongqing/communities.csv)
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEmbedded } from '#server/db/embedded.ts';
import { migrate } from '#server/db/migrate.ts';
import { tellLimit } from './lib/figures.ts';
import { findPort, makeFolder, removeFolder } from './lib/server.ts';

const root = join(import.meta.dirname, '..');
const file =
  process.argv[2] ?? process.env['HUANGGE_COMMUNITIES'] ?? join(root, '../shared/data/chongqing/communities.csv');
if (existsSync(file)) await bench();
else console.log('No table of communities: name one, or set HUANGGE_COMMUNITIES.');

async function bench(): Promise<void> {
  const folder = await makeFolder();
  const ground = await startEmbedded({ dataDir: join(folder, 'pg'), port: await findPort() });
  try {
    await migrate(ground.url);
    const startMs = performance.now();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(root, 'src/cli.ts'), 'import', 'areas', file, '--city-name', '重庆市'],
      { env: { ...process.env, DATABASE_URL: ground.url, HUANGGE_DATA: folder }, maxBuffer: 1e8 },
    );
    const seconds = (performance.now() - startMs) / 1000;
    console.log(stdout.trim().split('\n').slice(0, 6).join('\n'));
    const areas = Math.max(
      ...(stdout.match(/\d[\d,]*/g) ?? []).map((text) => Number(text.replaceAll(',', ''))).filter((n) => n < 100_000),
    );
    tellLimit(
      `import of a city's communities (${areas.toLocaleString('en')} named in the answer), start of the command included`,
      seconds,
      20,
      's',
    );
  } finally {
    await ground.stop();
    await removeFolder(folder);
  }
}
