import { createContext, use, type ComponentType } from 'react';
import type { Permission } from '#contract/route.ts';
import type { Area } from '#web/i18n/area.ts';
import type { IconName } from '#web/ui/icons/drawings.ts';

/** Which station a part is about. */
export interface StationHead {
  id: string;
  code: string;
  name: string;
  unitId: string;
  areaCode: string;
}

/** What other features show of stations at the desk. Features are strangers: the app joins them here. */
export interface StationSlots {
  /** Tabs of one station, in this order, after its own facts. */
  parts: readonly StationPart[];
  /** On the page of all stations: how today stands. */
  today: readonly StationToday[];
}

export interface StationPart {
  /** In the address. */
  key: string;
  title: Area<string>;
  /** It is offered to whoever holds one of these. */
  anyOf: readonly Permission[];
  /** Fetched when first opened. */
  Part: ComponentType<{ station: StationHead }>;
}

export interface StationToday {
  key: string;
  anyOf: readonly Permission[];
  /** A card with its own heading; its numbers open what they count. */
  Card: ComponentType;
}

export const StationSlotsContext = createContext<StationSlots>({ parts: [], today: [] });

export function useStationSlots(): StationSlots {
  return use(StationSlotsContext);
}

/** One place of the station's tablet, beside recording services; works inside the field app (`useField` and its outbox). */
export interface TabletPart {
  /** In the address: /field/station/<key>. */
  key: string;
  title: Area<string>;
  icon: IconName;
  /** It is offered to whoever holds one of these. */
  anyOf: readonly Permission[];
  Part: ComponentType<{ station: StationHead }>;
}

export const TabletPartsContext = createContext<readonly TabletPart[]>([]);

export function useTabletParts(): readonly TabletPart[] {
  return use(TabletPartsContext);
}

/** Above the nearest stations, when a label with this number led there. */
export const ThingNoteContext = createContext<ComponentType<{ number: string }> | null>(null);

export function useThingNote(): ComponentType<{ number: string }> | null {
  return use(ThingNoteContext);
}

/** On the public page of a station, after its own facts; fetched when they are shown, absent without network. */
export interface StationSection {
  key: string;
  Section: ComponentType<{ station: { id: string; code: string; name: string } }>;
}

export const StationSectionsContext = createContext<readonly StationSection[]>([]);

export function useStationSections(): readonly StationSection[] {
  return use(StationSectionsContext);
}
