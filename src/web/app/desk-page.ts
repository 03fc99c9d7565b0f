import type { ComponentType } from 'react';
import type { Permission } from '#contract/route.ts';
import type { Area } from '#web/i18n/area.ts';

/** Where a page stands in the bar. */
export const pageGroups = ['command', 'cells', 'care', 'station', 'circle', 'analysis', 'force'] as const;
export type PageGroup = (typeof pageGroups)[number];

/** One page of the desk outside the event workspace and administration, mounted at /desk/<path>. */
export type DeskPage = DeskPageParts &
  (
    | { title: Area<string>; group: PageGroup }
    /** Not listed in the bar: a page inside another. */
    | { title: null; group?: undefined }
  );

interface DeskPageParts {
  /** Below /desk/, such as `alarms` or `operations/$id`. */
  path: string;
  /** The page is offered to whoever holds one of these. */
  anyOf: readonly Permission[];
  /** Reads the address: whatever it returns is the page's typed search. */
  validateSearch?: (search: Record<string, unknown>) => Record<string, unknown>;
  /** Fetched when first shown. */
  load: () => Promise<ComponentType>;
}
