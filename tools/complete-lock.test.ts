import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingOptional } from './complete-lock.ts';

test('the lock names every optional package, so that npm ci accepts it on every platform', () => {
  const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as {
    packages: Parameters<typeof missingOptional>[0];
  };
  expect(Object.keys(missingOptional(lock.packages)), 'run: node_modules/.bin/node tools/complete-lock.ts').toEqual([]);
});

test('a platform package left out is added with its version and platform', () => {
  const packages = {
    'node_modules/tool': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: { '@tool/linux-x64-musl': '2.0.0', '@tool/win32-arm64': '2.0.0' },
    },
    'node_modules/@tool/win32-arm64': { version: '2.0.0', optional: true },
  };
  expect(missingOptional(packages)).toEqual({
    'node_modules/@tool/linux-x64-musl': {
      version: '2.0.0',
      cpu: ['x64'],
      libc: ['musl'],
      os: ['linux'],
      dev: true,
      optional: true,
    },
  });
});
