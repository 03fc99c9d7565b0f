import { expect, test } from 'vitest';
import { titleFrom } from './title.ts';

const place = '重庆村30号';

test.each([
  ['路边的大黄葛树歪了，快压到老楼的门，树干里有虫。昨天还好。', '路边的大黄葛树歪了，快压到老楼的门，树干里有虫'],
  ['　\n！！\n楼道灯不亮', '楼道灯不亮'],
  ['下水道堵了！！味道很大', '下水道堵了'],
  ['今天早上六点左右我下楼买菜的时候，看到三单元门口的井盖被车压坏了一大块', '今天早上六点左右我下楼买菜的时候'],
  ['今天早上六点左右我下楼买菜看到三单元门口的井盖被车压坏了一大块', '今天早上六点左右我下楼买菜看到三单元门口的井盖…'],
  [
    'A large tree is leaning over the door of the old building beside the steps',
    'A large tree is leaning over the door of the…',
  ],
  ['Pipe burst at No. 3.5 bar. Water everywhere', 'Pipe burst at No'],
  ['\u202E楼\u200F道\u0000灯', '楼道灯'],
])('the first sentence of %j is its title', (description, title) => {
  expect(titleFrom(description, '行道树', place)).toBe(title);
});

test('without words the category and the place, without a place the category', () => {
  expect(titleFrom('', '行道树', place)).toBe('行道树 · 重庆村30号');
  expect(titleFrom('🙏🙏 …', '行道树', ' ')).toBe('行道树');
});

test('no title is wider than 24, and none cuts a sign in half', () => {
  const family = '👨‍👩‍👧‍👦';
  const title = titleFrom(`${family.repeat(30)}字`, '行道树', '');
  expect(title.endsWith('…')).toBe(true);
  expect(title.replaceAll(family, '')).toBe('…');
  expect([...titleFrom('树'.repeat(4000), '', '')]).toHaveLength(24);
});
