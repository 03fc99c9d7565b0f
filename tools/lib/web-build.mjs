/** Builds the web pages into dist/web, only when their sources changed since the last build. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { inRoot, Refusal } from './paths.mjs';
import { runQuietly } from './run.mjs';

const pages = ['index.html', 'desk.html', 'field.html', 'public'];
const sources = [
  ...pages,
  'src/web',
  'src/contract',
  'src/engine',
  'src/kit',
  'vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
];
const stampFile = inRoot('dist', 'web', '.sources');

/** @param {string} node @returns {Promise<void>} */
export async function ensureWebBuilt(node) {
  const wanted = sourceHash();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  console.log('Building the web pages …');
  const { code, output } = await runQuietly(node, [inRoot('node_modules', 'vite', 'bin', 'vite.js'), 'build']);
  if (code !== 0) throw new Refusal(`${output.trim()}\n\nThe web pages could not be built; the cause is above.`);
  mkdirSync(inRoot('dist', 'web'), { recursive: true });
  writeFileSync(stampFile, wanted);
}

function sourceHash() {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => listFiles(inRoot(source))))
    hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

/** Files below a path in a fixed order; tests do not reach the pages. @param {string} path @returns {string[]} */
function listFiles(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return /\.test\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => listFiles(`${path}/${name}`));
}
