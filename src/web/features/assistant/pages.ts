import type { DeskPage } from '#web/app/desk-page.ts';

/** Not in the bar: whoever has a draft before them is led there. */
export const assistantPages: readonly DeskPage[] = [
  {
    path: 'assistant',
    anyOf: ['assistant.use'],
    title: null,
    load: async () => (await import('./AssistantPage.tsx')).AssistantPage,
  },
];
