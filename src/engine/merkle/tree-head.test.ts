import fc from 'fast-check';
import { expect, test } from 'vitest';
import { treeHeadBytes } from './tree-head.ts';
import type { TreeHead } from './tree-head.ts';

const HEAD: TreeHead = {
  tenant: '云岭市',
  size: 4096,
  rootHex: '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  atIso: '2026-01-31T08:00:00.000Z',
};

test('the bytes are the five documented lines', () => {
  expect(new TextDecoder().decode(treeHeadBytes(HEAD))).toBe(
    'huangge-tree-head/v1\n云岭市\n4096\n5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328\n2026-01-31T08:00:00.000Z\n',
  );
});

test.each<{ why: string; change: Partial<TreeHead> }>([
  { why: 'a line feed in the tenant', change: { tenant: 'a\n1' } },
  { why: 'a carriage return in the tenant', change: { tenant: 'a\r' } },
  { why: 'a next-line character in the tenant', change: { tenant: 'a\u0085' } },
  { why: 'no tenant', change: { tenant: '' } },
  { why: 'half a character in the tenant', change: { tenant: 'a\ud800' } },
  { why: 'a negative size', change: { size: -1 } },
  { why: 'a size of 2^53', change: { size: 2 ** 53 } },
  { why: 'an upper-case root', change: { rootHex: HEAD.rootHex.toUpperCase() } },
  { why: 'a short root', change: { rootHex: HEAD.rootHex.slice(2) } },
  { why: 'a root with a line feed', change: { rootHex: `${HEAD.rootHex}\n` } },
  { why: 'a local time', change: { atIso: '2026-01-31T16:00:00.000+08:00' } },
  { why: 'a time without milliseconds', change: { atIso: '2026-01-31T08:00:00Z' } },
  { why: 'a day that does not exist', change: { atIso: '2026-02-30T08:00:00.000Z' } },
  { why: 'a month that does not exist', change: { atIso: '2026-13-01T08:00:00.000Z' } },
])('refuses $why', ({ change }) => {
  expect(() => treeHeadBytes({ ...HEAD, ...change })).toThrow(RangeError);
});

test('two different heads never give the same bytes', () => {
  const head = fc.record({
    tenant: fc.constantFrom('a', 'b', 'a1', '1'),
    size: fc.constantFrom(0, 1, 11, Number.MAX_SAFE_INTEGER),
    rootHex: fc.constantFrom('0'.repeat(64), '1'.repeat(64)),
    atIso: fc.constantFrom('2026-01-31T08:00:00.000Z', '2026-01-31T08:00:00.001Z'),
  });
  fc.assert(
    fc.property(head, head, (a, b) => {
      const isSame = JSON.stringify(Object.values(a)) === JSON.stringify(Object.values(b));
      expect(Buffer.compare(treeHeadBytes(a), treeHeadBytes(b)) === 0).toBe(isSame);
    }),
    { numRuns: 500 },
  );
});
