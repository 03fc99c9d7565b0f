import { createContext, use, type ComponentType } from 'react';
import type { ClientOutput } from '#contract/route.ts';
import type { eventRoutes } from '#contract/events.ts';

/** What other features show inside the desk's frame. Features are strangers: the app joins them here. */
export interface DeskSlots {
  /** In the top bar, before the person: bells, counts. */
  barTools: readonly ComponentType[];
  /** Between the counts and the page: what must be seen at once, wherever somebody is. */
  strips: readonly ComponentType[];
  /** In the detail of an event, after its tasks. */
  eventSections: readonly ComponentType<EventSectionProps>[];
}

export interface EventSectionProps {
  event: ClientOutput<typeof eventRoutes.get>;
}

const none: DeskSlots = { barTools: [], strips: [], eventSections: [] };

export const DeskSlotsContext = createContext<DeskSlots>(none);

export function useDeskSlots(): DeskSlots {
  return use(DeskSlotsContext);
}
