import type { libraryRoutes } from '#contract/library.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { Kit } from './act.ts';
import { publishLibrary, saveCalendar, saveOneCategory } from './commands-library.ts';
import { readCalendarView, readLibrary } from './queries-library.ts';

export function libraryHandlers(kit: Kit): Handlers<typeof libraryRoutes, { actor: Actor }> {
  return {
    list: () => readLibrary(kit),
    publish: ({ body }, { actor }) => publishLibrary(kit, actor, body),
    saveCategory: ({ body }, { actor }) => saveOneCategory(kit, actor, body),
    calendar: () => readCalendarView(kit),
    saveCalendar: ({ body }, { actor }) => saveCalendar(kit, actor, body),
  };
}
