import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './cruise.ts';

const generated = new Set(['src/server/db/tables.ts']);

/** Files with more lines than a reader can hold: 400, tests 600. */
function tooLong(files: { path: string; text: string }[]): string[] {
  return files
    .filter(({ path }) => /\.(ts|tsx|mjs|cjs)$/.test(path) && !generated.has(path))
    .filter(({ path, text }) => text.split('\n').length - 1 > (/\.test\.tsx?$/.test(path) ? 600 : 400))
    .map(({ path }) => path);
}

describe('the length of files', () => {
  it('stays within what a reader can hold', () => {
    const paths = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split(
      '\n',
    );
    const files = paths
      .filter((path) => path !== '' && existsSync(join(root, path)))
      .map((path) => ({ path, text: /\.(ts|tsx|mjs|cjs)$/.test(path) ? readFileSync(join(root, path), 'utf8') : '' }));
    expect(files.length).toBeGreaterThan(50);
    expect(tooLong(files)).toEqual([]);
  });

  it('is measured: a long file is found, a long test has more room', () => {
    const long = '\n'.repeat(401);
    expect(
      tooLong([
        { path: 'src/a.ts', text: long },
        { path: 'src/a.test.ts', text: long },
      ]),
    ).toEqual(['src/a.ts']);
  });
});
