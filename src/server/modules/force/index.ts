import { readCalendar, type CalendarFile } from './calendar.ts';
import { readForceWords } from './dictionary.ts';
import { burdenHandlers, forceHandlers } from './handlers.ts';
import { forceLinkHandlers } from './link-handlers.ts';
import { followTasks } from './jobs.ts';
import type { ForceParts } from './parts.ts';

export type { Contact } from './parts.ts';
export { coverFor } from './store-leave.ts';

export interface Force {
  handlers: ReturnType<typeof forceHandlers>;
  burdenHandlers: ReturnType<typeof burdenHandlers>;
  linkHandlers: ReturnType<typeof forceLinkHandlers>;
  /** A calendar by its secret file name. */
  calendar(file: string): Promise<CalendarFile>;
  /** Ends asked tasks after their last day and reminds of due days; returns how many. */
  followTasks(): Promise<number>;
}

export function createForce(given: Omit<ForceParts, 'words'>): Force {
  const parts: ForceParts = { ...given, words: readForceWords() };
  return {
    handlers: forceHandlers(parts),
    burdenHandlers: burdenHandlers(parts),
    linkHandlers: forceLinkHandlers(parts),
    calendar: (file) => readCalendar(parts, file),
    followTasks: () => followTasks(parts),
  };
}
