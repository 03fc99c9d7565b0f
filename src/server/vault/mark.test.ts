import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { fixedClock } from '#kit/clock.ts';
import { openDatabase } from '#server/db/pool.ts';
import { createTestDatabase } from '../../../test/helpers/db.ts';
import { assertSameVault } from './mark.ts';
import { createVault } from './vault.ts';

test('a database stays with the digest and the first key it began with; new keys and ciphers may come', async () => {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase(url, { max: 2 });
  const [old, fresh] = [randomBytes(32), randomBytes(32)];
  const start = (ring: Buffer[], index: 'sha256' | 'sm3', cipher: 'aes' | 'sm4' = 'aes') =>
    assertSameVault({ database, vault: createVault(ring, { index, cipher }), clock: fixedClock(0) }, index);
  try {
    await Promise.all([start([old], 'sm3'), start([old], 'sm3')]);
    await start([old, fresh], 'sm3', 'sm4');
    await expect(start([old], 'sha256')).rejects.toThrow('Set HUANGGE_INDEX=sm3');
    await expect(start([fresh, old], 'sm3')).rejects.toThrow('Put the old key first');
    await start([old], 'sm3');
  } finally {
    await database.close();
    await drop();
  }
});
