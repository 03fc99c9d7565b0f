import type { AdminRoute } from '#web/app/admin-route.ts';
import { wecom } from '#web/i18n/wecom.ts';

export const wecomAdminPages: readonly AdminRoute[] = [
  {
    path: 'wecom',
    anyOf: ['group.manage'],
    title: { zh: wecom.zh.menu, en: wecom.en.menu },
    icon: 'share',
    load: async () => (await import('./WecomPage.tsx')).WecomPage,
  },
];
