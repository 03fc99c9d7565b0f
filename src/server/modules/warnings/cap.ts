/** A CAP 1.2 message in memory. Member names are the standard's; times are ISO 8601 in UTC, positions [lon, lat]. */
import type { LonLat } from '#kit/geo.ts';
import type {
  capCategories,
  capCertainties,
  capMessageTypes,
  capResponses,
  capScopes,
  capSeverities,
  capStatuses,
  capUrgencies,
} from '#contract/warnings-words.ts';

/** `valueName` and `value`: how CAP writes what it has no element for. */
export interface CapPair {
  valueName: string;
  value: string;
}

/** How another message is named: the three together are its key. `sent` is ISO 8601 in UTC. */
export interface CapReference {
  sender: string;
  identifier: string;
  sent: string;
}

export interface CapCircle {
  centre: LonLat;
  radiusKm: number;
}

export interface CapArea {
  areaDesc: string;
  /** Closed rings of at least four positions. */
  polygons: LonLat[][];
  circles: CapCircle[];
  geocodes: CapPair[];
  altitude?: number;
  ceiling?: number;
}

export interface CapResource {
  resourceDesc: string;
  mimeType: string;
  size?: number;
  uri?: string;
  digest?: string;
}

export interface CapInfo {
  language: string;
  category: (typeof capCategories)[number][];
  event: string;
  responseType: (typeof capResponses)[number][];
  urgency: (typeof capUrgencies)[number];
  severity: (typeof capSeverities)[number];
  certainty: (typeof capCertainties)[number];
  audience?: string;
  eventCode: CapPair[];
  effective?: string;
  onset?: string;
  expires?: string;
  senderName?: string;
  headline?: string;
  description?: string;
  instruction?: string;
  web?: string;
  contact?: string;
  parameter: CapPair[];
  resource: CapResource[];
  area: CapArea[];
}

export interface CapAlert extends CapReference {
  status: (typeof capStatuses)[number];
  msgType: (typeof capMessageTypes)[number];
  scope: (typeof capScopes)[number];
  source?: string;
  restriction?: string;
  addresses?: string;
  code: string[];
  note?: string;
  references: CapReference[];
  incidents?: string;
  info: CapInfo[];
}
