import { expect, it } from 'vitest';
import { piecesOf } from './Marked.tsx';

const cut = (text: string, spans: [number, number][]) =>
  piecesOf(
    text,
    spans.map(([from, to]) => ({ from, to })),
  )
    .map(({ words, marked }) => (marked ? `[${words}]` : words))
    .join('');

it('marks the words that decided and keeps what lies beside', () => {
  expect(cut('健康路路灯不亮', [[3, 5]])).toBe('健康路[路灯]不亮 ');
  expect(cut('健康路路灯不亮', [])).toBe('');
});

it('joins marks that overlap and leaves out what lies far from any', () => {
  expect(cut('路灯不亮', [[0, 2], [1, 4]])).toBe('[路灯不亮] '); // prettier-ignore
  const text = `${'甲'.repeat(40)}路灯${'乙'.repeat(40)}`;
  expect(cut(text, [[40, 42]])).toBe(`…${'甲'.repeat(12)}[路灯]${'乙'.repeat(12)}… `);
});

it('a mark beyond the text is cut', () => {
  expect(cut('路灯', [[1, 9]])).toBe('路[灯] ');
  expect(cut('路灯', [[5, 9]])).toBe('');
});
