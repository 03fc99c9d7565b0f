import { expect, it } from 'vitest';
import { dutyName } from './duty-name.ts';

it('is what the names of all its units end in, without place and tier', () => {
  expect(dutyName(['渝中区城市管理局', '江北区城市管理局'], ['市', '区', '街道'])).toBe('城市管理局');
  expect(dutyName(['Yuzhong District Water Bureau', 'Jiangbei District Water Bureau'], ['district'])).toBe(
    'Water Bureau',
  );
});

it('keeps whole words only', () => {
  expect(dutyName(['Lianglukou post', 'Chaotianmen outpost'], [])).toBe('Lianglukou post');
  expect(dutyName(['Old city post', 'Velocity post'], [])).toBe('post');
});

it('is the whole name of a single unit, or of the first when nothing is common', () => {
  expect(dutyName(['渝中区自来水公司'], ['区'])).toBe('渝中区自来水公司');
  expect(dutyName(['甲', '乙'], [])).toBe('甲');
  expect(dutyName([], [])).toBe('');
});
