import type { ComponentType } from 'react';
import type { Permission } from '#contract/route.ts';
import type { Area } from '#web/i18n/area.ts';

/** One page of the desk outside the event workspace and administration, mounted at /desk/<path>. */
export interface DeskPage {
  /** Below /desk/, such as `alarms` or `operations/$id`. */
  path: string;
  /** The page is offered to whoever holds one of these. */
  anyOf: readonly Permission[];
  /** Null: not listed in the bar (a page inside another). */
  title: Area<string> | null;
  /** Reads the address: whatever it returns is the page's typed search. */
  validateSearch?: (search: Record<string, unknown>) => Record<string, unknown>;
  /** Fetched when first shown. */
  load: () => Promise<ComponentType>;
}
