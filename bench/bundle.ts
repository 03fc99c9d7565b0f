/** What a resident downloads before the map. Needs the built pages (`npm run build`). Run: node bench/bundle.ts */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { limitBytes, weigh } from '../tools/check-bundle.ts';
import { tell, times } from './lib/figures.ts';

const built = join(import.meta.dirname, '../dist/web');
if (existsSync(join(built, '.vite/manifest.json'))) {
  const bytes = weigh(built).reduce((sum, file) => sum + file.bytes, 0);
  tell(
    'JavaScript of the resident page before the map, gzip',
    `${(bytes / 1000).toFixed(1)} kB`,
    `≤ ${limitBytes / 1000} kB`,
    times(bytes / limitBytes),
  );
  if (bytes > limitBytes) process.exitCode = 1;
} else console.log('The pages are not built: run "npm run build" first.');
