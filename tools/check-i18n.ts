/**
 * All words a reader sees live in src/web/i18n. Fails on Chinese characters in strings, on literal text between tags or
 * in spoken attributes elsewhere in src/web, and on keys no screen uses. That zh and en have the same keys is the
 * compiler's matter (SameWords); words.ts is complete by type and may be ahead of the screens; what the ledger says is looked
 * up by its action (test/architecture/ledger-actions).
 */
import { globSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { keysOf, literalWords, namesRead } from './words-in-code.ts';

async function main(): Promise<void> {
  const files = globSync('src/web/**/*.{ts,tsx}').filter(
    (file) => !/\.test\.tsx?$|src\/web\/i18n\/(zh|en)\//.test(file),
  );
  const problems: string[] = [];
  const names = new Set<string>();
  for (const file of files) {
    const source = readFileSync(file, 'utf8');
    for (const name of namesRead(file, source)) names.add(name);
    for (const text of literalWords(file, source))
      problems.push(`${file}: literal words "${text}"; put them into src/web/i18n`);
  }
  for (const file of globSync('src/web/i18n/zh/*.ts').filter(
    (path) => !/\/(errors|words|ledger-actions)\.ts$/.test(path),
  )) {
    const words = Object.values((await import(pathToFileURL(file).href)) as Record<string, object>);
    const unused = words
      .flatMap((area) => keysOf(area))
      .filter((key) => !key.split('.').some((part) => names.has(part)));
    for (const key of unused) problems.push(`${file}: no screen uses "${key}"; remove it`);
  }
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
