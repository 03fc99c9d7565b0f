// Builds the field app's service worker after the pages: one self-contained file that knows which hashed files the app needs.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';

interface Chunk {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
  assets?: string[];
}

/** `now`: without these the app does not open; `later`: fetched on demand (the map), kept as soon as possible. */
export interface Shell {
  version: string;
  now: string[];
  later: string[];
}

const publicFiles = ['/field.webmanifest', '/icons/field-192.png', '/icons/field-512.png'];

/** The files of one page, from Vite's manifest. `others`: built files the manifest does not name (workers of the map). */
export function shellOf(
  manifest: Record<string, Chunk>,
  entry: string,
  html: string,
  others: readonly string[],
): Shell {
  const now = filesOf(manifest, closure(manifest, [entry], false));
  const later = filesOf(manifest, closure(manifest, [entry], true)).filter((file) => !now.includes(file));
  const workers = others.filter((file) => /worker/.test(file) && !now.includes(file) && !later.includes(file));
  const all = { now: [...now, ...publicFiles], later: [...later, ...workers] };
  const version = createHash('sha256').update(JSON.stringify(all)).update(html).digest('hex').slice(0, 12);
  return { version, ...all };
}

function closure(manifest: Record<string, Chunk>, from: readonly string[], dynamic: boolean): Set<string> {
  const seen = new Set<string>();
  const rest = [...from];
  for (let key = rest.pop(); key !== undefined; key = rest.pop()) {
    const chunk = manifest[key];
    if (chunk === undefined || seen.has(key)) continue;
    seen.add(key);
    rest.push(...(chunk.imports ?? []), ...(dynamic ? (chunk.dynamicImports ?? []) : []));
  }
  return seen;
}

function filesOf(manifest: Record<string, Chunk>, keys: ReadonlySet<string>): string[] {
  const files = [...keys].flatMap((key) => {
    const chunk = manifest[key];
    return chunk === undefined ? [] : [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])];
  });
  return [...new Set(files)].map((file) => `/${file}`).toSorted();
}

export function fieldShell(source: string, entry = 'field.html'): Plugin {
  return {
    name: 'field-shell',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      if (dir === undefined || bundle[entry] === undefined) return;
      const manifest = JSON.parse(readFileSync(join(dir, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
      const assets = readdirSync(join(dir, 'assets')).map((file) => `/assets/${file}`);
      const shell = shellOf(manifest, entry, readFileSync(join(dir, entry), 'utf8'), assets);
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: { __SHELL__: JSON.stringify(shell), 'import.meta.env.PROD': 'true' },
        build: {
          outDir: dir,
          emptyOutDir: false,
          target: 'es2022',
          rolldownOptions: { input: source, output: { format: 'iife', entryFileNames: 'field-sw.js' } },
        },
      });
    },
  };
}
