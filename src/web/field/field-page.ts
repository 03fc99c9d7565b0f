import { createContext, use, type ComponentType } from 'react';
import type { Permission } from '#contract/route.ts';
import type { Area } from '#web/i18n/area.ts';
import type { IconName } from '#web/ui/icons/drawings.ts';

/** A page of another feature inside the field app. For whoever may see it, it is what /field opens. */
export interface FieldPage {
  /** Its addresses begin so. */
  path: `/field/${string}`;
  /** It is offered to whoever holds one of these. */
  anyOf: readonly Permission[];
  /** In the bar below, where others find "today". */
  title: Area<string>;
  icon: IconName;
  /** Fetched when first shown, and kept for opening without a network. */
  Page: ComponentType<{ path: string }>;
}

export const FieldPagesContext = createContext<readonly FieldPage[]>([]);

/** Hook: the page that is this person's first one here; undefined: today. */
export function useHomePage(permissions: readonly Permission[]): FieldPage | undefined {
  return use(FieldPagesContext).find(({ anyOf }) => anyOf.some((word) => permissions.includes(word)));
}
