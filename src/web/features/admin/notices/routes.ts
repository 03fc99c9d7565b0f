import type { AdminRoute } from '#web/app/admin-route.ts';
import { notices } from '#web/i18n/notices.ts';
import { onlyWords } from '../shared/search.ts';

export const noticeAdminPages: readonly AdminRoute[] = [
  {
    path: 'notices',
    anyOf: ['notice.edit'],
    title: { zh: notices.zh.admin.menu, en: notices.en.admin.menu },
    icon: 'send',
    validateSearch: onlyWords('state'),
    load: async () => (await import('./NoticesPage.tsx')).NoticesPage,
  },
  {
    path: 'webhooks',
    anyOf: ['notice.edit'],
    title: { zh: notices.zh.hooks.menu, en: notices.en.hooks.menu },
    icon: 'share',
    load: async () => (await import('./WebhooksPage.tsx')).WebhooksPage,
  },
];
