import { lazy } from 'react';
import type { FieldPage } from '#web/field/field-page.ts';
import { needsField } from '#web/i18n/needs-field.ts';

/** What somebody said is missing, written down on the way; works without a network. */
export const needFieldPage: FieldPage = {
  path: '/field/need',
  anyOf: ['need.record'],
  beside: true,
  title: { zh: needsField.zh.title, en: needsField.en.title },
  icon: 'question',
  Page: lazy(async () => ({ default: (await import('./NoteNeedPage.tsx')).NoteNeedPage })),
};
