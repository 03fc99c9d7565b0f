/**
 * Weighs the resident's page: all JavaScript that index.html loads before anything is asked for (its module and what
 * that imports statically), each file gzipped as a server would. Fails above the limit. Run after `npm run build`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

export const limitBytes = 150_000;

interface ManifestEntry {
  file: string;
  imports?: string[];
  isEntry?: boolean;
}

/** Files a page loads at once and their gzip sizes in bytes, the largest first. Throws when the page was not built. */
export function weigh(folder: string, page = 'index.html'): { file: string; bytes: number }[] {
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    ManifestEntry
  >;
  if (manifest[page] === undefined) throw new Error(`${page} is not among the built pages of ${folder}.`);
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const entry = manifest[key];
    if (entry === undefined || seen.has(entry.file)) return;
    seen.add(entry.file);
    for (const imported of entry.imports ?? []) visit(imported);
  };
  visit(page);
  const scripts = [...seen].filter((file) => file.endsWith('.js'));
  return scripts
    .map((file) => ({ file, bytes: gzipSync(readFileSync(join(folder, file)), { level: 6 }).length }))
    .toSorted((a, b) => b.bytes - a.bytes);
}

function main(): void {
  const folder = process.argv[2] ?? 'dist/web';
  if (!existsSync(join(folder, '.vite/manifest.json')))
    throw new Error(`Nothing is built in ${folder}. Run "npm run build" first.`);
  const files = weigh(folder);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { file, bytes } of files) console.log(`${String(bytes).padStart(8)}  ${file}`);
  console.log(`${String(total).padStart(8)}  bytes of JavaScript (gzip) before the map; the limit is ${limitBytes}`);
  if (total > limitBytes) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
