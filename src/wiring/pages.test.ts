import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstNeeds } from './pages.ts';

const root = join(import.meta.dirname, '../..');

test('what pages need first is fetched by the app under the same address, and is there', () => {
  const app = readFileSync(join(root, 'src/web/app/resident.tsx'), 'utf8');
  const bookings = readFileSync(join(root, 'src/web/features/bookings/public/pages.ts'), 'utf8');
  for (const { code } of firstNeeds) {
    if (code === undefined || code === 'stations') continue;
    expect(existsSync(join(root, code)), code).toBe(true);
    const named = code.replace('src/web/features/', '');
    const [, file = ''] = /([^/]+)$/.exec(named) ?? [];
    expect(app.includes(`#web/features/${named}`) || bookings.includes(`./${file}`), code).toBe(true);
  }
  expect(readFileSync(join(root, 'vite.config.ts'), 'utf8')).toContain(`name: 'stations'`);
});

test.each([
  ['/stations', '/api/public/stations'],
  ['/s/chaotianmen', '/api/public/stations/chaotianmen'],
  ['/report', '/api/public/categories'],
  ['/r/abcdefghijklmnopqrstuvwxyz', '/api/public/receipts/abcdefghijklmnopqrstuvwxyz'],
  ['/s/"><script>', undefined],
  ['/book', undefined],
])('the first question of %s', (path, answer) => {
  const need = firstNeeds.find((one) => one.path.test(path));
  expect(need?.answer?.(need.path.exec(path)?.[1] ?? '')).toBe(answer);
});
