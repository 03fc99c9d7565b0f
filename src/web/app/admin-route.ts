import type { ComponentType } from 'react';
import type { Permission } from '#contract/route.ts';
import type { Area } from '#web/i18n/area.ts';
import type { IconName } from '#web/ui/icons/drawings.ts';

/** One page of administration, mounted at /desk/admin/<path> and listed in the desk's menu for whoever may use it. */
export interface AdminRoute {
  /** Below /desk/admin/, such as `people` or `people/$id`. */
  path: string;
  /** The page is offered to whoever holds one of these. */
  anyOf: readonly Permission[];
  /** Null: not listed in the menu (a page inside another). */
  title: Area<string> | null;
  icon: IconName;
  /** Reads the address: whatever it returns is the page's typed search. */
  validateSearch?: (search: Record<string, unknown>) => Record<string, unknown>;
  /** Fetched when first shown. */
  load: () => Promise<ComponentType>;
}
