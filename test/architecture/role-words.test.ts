import { expect, test } from 'vitest';
import { roles } from '#server/modules/identity/rules.ts';
import { words } from '#web/i18n/words.ts';

test('every role an appointment can have is named on the screens', () => {
  expect(Object.keys(words.zh.role)).toEqual(roles);
});
