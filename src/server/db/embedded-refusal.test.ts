import { expect, test } from 'vitest';
import { StartRefused, explainError, explainFailure } from './embedded-refusal.ts';

test.each([
  ['FATAL:  could not write lock file "postmaster.pid": No space left on device', /disk that holds \/d is full/],
  ['initdb: error: could not write file: Disk quota exceeded', /disk that holds \/d is full/],
  ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', /port for PostgreSQL is already used/],
  ['EROFS: read-only file system, mkdir', /read-only disk/],
  ['FATAL:  data directory "/d" has wrong ownership', /may not be read or written by the user/],
  ['EACCES: permission denied, mkdir', /may not be read or written by the user/],
  ['FATAL:  database files are incompatible with server', /another version of PostgreSQL/],
  ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', /not enough free memory/],
  ['PANIC:  could not locate a valid checkpoint record', /is damaged/],
])('%s becomes a sentence', (output, sentence) => {
  expect(explainFailure(`some other line\n${output}\n`, '/d').message).toMatch(sentence);
});

test('what is not known is quoted, the last lines only', () => {
  const lines = Array.from({ length: 20 }, (_, n) => `line ${n + 1}.`);
  const { message } = explainFailure(lines.join('\n'), '/d');
  expect(message).toContain('line 20.');
  expect(message).not.toContain('line 12.');
});

test('a refusal that is a sentence already stays as it is', () => {
  const refusal = new StartRefused('Please stop the other one.');
  expect(explainError(refusal, '/d')).toBe(refusal);
});
