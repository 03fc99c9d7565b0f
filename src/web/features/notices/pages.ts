import type { DeskPage } from '#web/app/desk-page.ts';

export const noticePages: readonly DeskPage[] = [
  { path: 'inbox', anyOf: [], title: null, load: async () => (await import('./InboxPage.tsx')).InboxPage },
  { path: 'me/notices', anyOf: [], title: null, load: async () => (await import('./SettingsPage.tsx')).SettingsPage },
];
