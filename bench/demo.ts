/** First start of the program on an empty folder: cluster, migration, the demo district with its year. Run: node bench/demo.ts */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tell, tellLimit } from './lib/figures.ts';
import { findPort, makeFolder, removeFolder, startServer } from './lib/server.ts';

const folder = await makeFolder();
try {
  const running = await startServer({ dataDir: folder, port: await findPort() });
  const said = readFileSync(join(folder, 'server.log'), 'utf8');
  const line = /Demo town loaded in ([\d.]+) s: (.*)/.exec(said);
  tellLimit(`demo district: ${line?.[2] ?? ''}`, Number(line?.[1]), 30, 's');
  tell('first start until it answers, cluster and demo included', `${(running.readyMs / 1000).toFixed(1)} s`);
  await running.stop();
  const again = await startServer({ dataDir: folder, port: await findPort() });
  tell('every later start until it answers', `${(again.readyMs / 1000).toFixed(1)} s`);
  await again.stop();
} finally {
  await removeFolder(folder);
}
