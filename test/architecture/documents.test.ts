import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorTable } from '#kit/errors.ts';
import { root } from './cruise.ts';

/** Codes and statuses of the table in docs/errors.md. */
function documented(text: string): Record<string, number> {
  return Object.fromEntries(
    [...text.matchAll(/^\| `([a-z_]+)` +\| (\d{3}) +\| \S.{9,} \| \S.{4,} \|$/gm)].map((m) => [
      m[1] ?? '',
      Number(m[2]),
    ]),
  );
}

const real = Object.fromEntries(Object.entries(errorTable).map(([code, { status }]) => [code, status]));

describe('the table of errors', () => {
  it('says the same in the manual and in the program', () => {
    expect(documented(readFileSync(join(root, 'docs/errors.md'), 'utf8'))).toEqual(real);
  });

  it('would notice an undocumented error and a documented ghost', () => {
    expect(documented('| `ghost_error` | 409 | Something that is not. | Do nothing. |\n')).toEqual({
      ghost_error: 409,
    });
    expect(documented('| `too_thin` | 400 |  |  |\n')).toEqual({});
  });
});
