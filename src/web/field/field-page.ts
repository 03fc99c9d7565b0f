import { createContext, use, type ComponentType } from 'react';
import type { Permission } from '#contract/route.ts';
import type { Area } from '#web/i18n/area.ts';
import type { IconName } from '#web/ui/icons/drawings.ts';

/** A page of another feature inside the field app. For whoever may see it, it is what /field opens, unless it stands beside. */
export interface FieldPage {
  /** Its addresses begin so. */
  path: `/field/${string}`;
  /** It is offered to whoever holds one of these. */
  anyOf: readonly Permission[];
  /** In the bar below, where others find "today". */
  title: Area<string>;
  icon: IconName;
  /** Not a first page: offered below the work of today. */
  beside?: true;
  /** Fetched when first shown, and kept for opening without a network. */
  Page: ComponentType<{ path: string }>;
}

export const FieldPagesContext = createContext<readonly FieldPage[]>([]);

/** Hook: the page that is this person's first one here; undefined: today. */
export function useHomePage(permissions: readonly Permission[]): FieldPage | undefined {
  return offered(use(FieldPagesContext), permissions).find(({ beside }) => beside !== true);
}

/** Hook: pages that this person finds below the work of today. */
export function useBesidePages(permissions: readonly Permission[]): readonly FieldPage[] {
  return offered(use(FieldPagesContext), permissions).filter(({ beside }) => beside === true);
}

function offered(pages: readonly FieldPage[], permissions: readonly Permission[]): readonly FieldPage[] {
  return pages.filter(({ anyOf }) => anyOf.some((word) => permissions.includes(word)));
}
