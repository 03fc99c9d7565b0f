import { describe, expect, it } from 'vitest';
import { isAppError } from '#kit/errors.ts';
import { isIdNumber, maskIdNumber, maskName, maskPhone, plainName, plainPhone, toIdNumber, toPlace } from './rules.ts';

describe('masks', () => {
  it('keep one sign of a name, with one star for two signs and two for more', () => {
    expect(['张三', '欧阳小明', '𠮷田', '', '张三丰'].map(maskName)).toEqual(['张*', '欧**', '𠮷*', '**', '张**']);
  });
  it('hide the middle of numbers', () => {
    expect(maskPhone('13800001234')).toBe('138****1234');
    expect(maskPhone('023-1234')).toBe('023****1234');
    expect(maskPhone('1234')).toBe('****34');
    expect(maskIdNumber('11010119000101001X')).toBe('1****************X');
  });
});

describe('what is compared', () => {
  it('names without spaces, dots and width', () => {
    expect(plainName(' 买买提·阿不都 ')).toBe(plainName('买买提阿不都'));
    expect(plainName('Ａnn Lee')).toBe('annlee');
  });
  it('numbers without signs and country code', () => {
    expect(['+86 138-0000-1234', '0086 13800001234', '13800001234'].map(plainPhone)).toEqual(
      Array.from({ length: 3 }, () => '13800001234'),
    );
    expect(plainPhone('023-8612 3456')).toBe('02386123456');
  });
});

describe('identity numbers', () => {
  it('fit their check digit or are refused', () => {
    expect(isIdNumber('11010519491231002X')).toBe(true); // the example printed in the standard
    expect(isIdNumber('110105194912310021')).toBe(false);
    expect(toIdNumber(' 11010519491231002x ')).toBe('11010519491231002X');
    try {
      toIdNumber('123');
      expect.unreachable();
    } catch (error) {
      expect(isAppError(error, 'bad_input')).toBe(true);
    }
  });
});

it('places are kept to a metre', () => {
  expect(toPlace(106.5432198)).toBe(106.54322);
});
