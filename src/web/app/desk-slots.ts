import { createContext, use, type ComponentType } from 'react';
import type { ClientOutput, Permission } from '#contract/route.ts';
import type { eventRoutes } from '#contract/events.ts';
import type { Area } from '#web/i18n/area.ts';
import type { MapLayer } from '#web/map/layers.ts';
import type { Remembered } from './remembered.ts';

/** What other features show inside the desk's frame. Features are strangers: the app joins them here. */
export interface DeskSlots {
  /** In the top bar, before the person: bells, counts. */
  barTools: readonly ComponentType[];
  /** Between the counts and the page: what must be seen at once, wherever somebody is. */
  strips: readonly ComponentType[];
  /** In the detail of an event, after its tasks. */
  eventSections: readonly ComponentType<EventSectionProps>[];
  /** Beneath a field of words in a form of an event: whatever helps writing. */
  wordTools: readonly ComponentType<WordToolProps>[];
  /** In the entry of a person in care, after the facts. */
  careSections: readonly ComponentType<{ personId: string }>[];
  /** On the map of events, beneath the events, each switched on by the reader. */
  mapLayers: readonly DeskMapLayer[];
}

export interface DeskMapLayer {
  /** The id of the map layer it gives. */
  id: string;
  /** It is offered to whoever holds one of these. */
  anyOf: readonly Permission[];
  title: Area<string>;
  /** Whether this reader wants it. */
  shown: Remembered<'on' | 'off'>;
  /** Fetched when first switched on; what it renders is laid over the map. */
  Layer: ComponentType<MapLayerProps>;
}

export interface MapLayerProps {
  /** Takes what is to be drawn now; the same function each time. */
  onLayer: (layer: MapLayer) => void;
}

export interface EventSectionProps {
  event: ClientOutput<typeof eventRoutes.get>;
}

export interface WordToolProps extends EventSectionProps {
  field: 'note' | 'result';
  /** Puts a text into the field, after what stands there. */
  onText: (text: string) => void;
}

const none: DeskSlots = {
  barTools: [],
  strips: [],
  eventSections: [],
  wordTools: [],
  mapLayers: [],
  careSections: [],
};

export const DeskSlotsContext = createContext<DeskSlots>(none);

export function useDeskSlots(): DeskSlots {
  return use(DeskSlotsContext);
}
