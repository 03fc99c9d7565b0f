import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cipherNames } from './ciphers.ts';
import { createVault } from './vault.ts';

const [old, fresh] = [randomBytes(32), randomBytes(32)];
const vaultOf = (cipher: (typeof cipherNames)[number], ring = [old]) => createVault(ring, { cipher });

describe.each(cipherNames)('a vault that seals with %s', (cipher) => {
  const vault = vaultOf(cipher);

  it('opens what it sealed, where it was put, and nothing that was changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), fc.integer({ min: 1, max: 255 }), (text, place, flip) => {
        const sealed = vault.seal(text, 'a.b');
        expect(vault.open(sealed, 'a.b')).toBe(text);
        expect(() => vault.open(sealed, 'a.c')).toThrow();
        const changed = Buffer.from(sealed);
        const at = place % changed.length;
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(() => vault.open(changed, 'a.b')).toThrow();
        expect(() => vault.open(sealed.subarray(0, place % sealed.length), 'a.b')).toThrow();
      }),
    );
  });

  it('never seals the same text to the same bytes, and says how it seals', () => {
    const [one, two] = [vault.seal('x', 'a.b'), vault.seal('x', 'a.b')];
    expect(one.equals(two)).toBe(false);
    expect(one.subarray(0, 2)).toEqual(vault.head);
    const nonces = Array.from({ length: 2000 }, () => vault.seal('', 'a.b').subarray(2, 14).toString('hex'));
    expect(new Set(nonces).size).toBe(nonces.length);
  });
});

describe('rings and ciphers', () => {
  it('every vault of a ring opens what any before it sealed, by either cipher', () => {
    const both = cipherNames.map((cipher) => vaultOf(cipher, [old, fresh]));
    for (const sealed of cipherNames.map((cipher) => vaultOf(cipher).seal('张三', 'a.b')))
      for (const vault of both) expect(vault.open(sealed, 'a.b')).toBe('张三');
    const [aes, sm4] = both;
    expect([aes?.head, sm4?.head]).toEqual([Buffer.from([1, 1]), Buffer.from([2, 1])]);
    expect(() => vaultOf('aes').open(aes?.seal('x', 'a.b') ?? Buffer.alloc(0), 'a.b')).toThrow(
      'unknown version or key',
    );
  });

  it('blind indexes outlive a new key and a new cipher, not another digest', () => {
    const index = (vault: ReturnType<typeof createVault>) => vault.blindIndex('张三', 'a.b').toString('hex');
    expect(index(vaultOf('sm4', [old, fresh]))).toBe(index(vaultOf('aes')));
    expect(index(createVault([old], { index: 'sm3' }))).not.toBe(index(vaultOf('aes')));
  });

  it('the national algorithms are those of the standards: the printed examples of GB/T 32907 and GB/T 32905', () => {
    const cipher = createCipheriv('sm4-ecb', Buffer.from('0123456789abcdeffedcba9876543210', 'hex'), null);
    cipher.setAutoPadding(false);
    const sealed = cipher.update('0123456789abcdeffedcba9876543210', 'hex', 'hex');
    expect(sealed).toBe('681edf34d206965e86b3e94f536e4246');
    expect(createHash('sm3').update('abc').digest('hex')).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
  });
});
