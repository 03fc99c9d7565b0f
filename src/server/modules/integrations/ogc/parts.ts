import type { OgcFormat } from '#contract/ogc.ts';
import type { EventFeatures } from '#server/modules/events/index.ts';
import type { FacilityFeatures } from '#server/modules/facilities/index.ts';
import type { GridsFeatures, LiveTerritory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { StationFeatures } from '#server/modules/stations/index.ts';

export type Locale = 'zh-CN' | 'en';

/** What the endpoint is built from; wire gives it. */
export interface Parts {
  grids: GridsFeatures;
  events: EventFeatures;
  stations: StationFeatures;
  facilities: FacilityFeatures;
  territory: LiveTerritory;
  clock: { now(): number };
  /** Address people and programs use, without path: every link begins with it. */
  publicUrl: string;
}

/** One request, already let in and parsed by its contract. */
export interface Ask {
  actor: Actor;
  locale: Locale;
  format: OgcFormat;
  /** Path as it was asked for, with the parameters that were sent. */
  path: string;
  sent: Readonly<Record<string, string>>;
}

export interface Link {
  href: string;
  rel: string;
  type: string;
  title?: string;
}

export interface Feature {
  type: 'Feature';
  id: string;
  geometry: unknown;
  properties: Record<string, string | number | boolean | null>;
}

/** One page of a collection. `total` is missing where counting would cost too much; `next` where nothing follows. */
export interface FeaturePage {
  features: Feature[];
  total?: number | undefined;
  next?: string | undefined;
}
