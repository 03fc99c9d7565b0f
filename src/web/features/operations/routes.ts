import type { DeskPage } from '#web/app/desk-page.ts';

/** The pages of joint operations on the desk. */
export const operationPages: readonly DeskPage[] = [
  {
    path: 'operations/$id',
    anyOf: ['event.read'],
    title: null,
    load: async () => (await import('./room/RoomPage.tsx')).RoomPage,
  },
];
