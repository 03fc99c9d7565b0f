import type { LayerSpecification } from 'maplibre-gl';

/** The little of GeoJSON that travels to the map. */
export interface MapFeatures {
  type: 'FeatureCollection';
  features: readonly {
    type: 'Feature';
    id?: string | number;
    properties: Record<string, unknown> | null;
    geometry: { type: string; coordinates: unknown };
  }[];
}

type WithoutSource<L> = L extends unknown ? Omit<L, 'id' | 'source'> : never;
/** How one layer is drawn: a MapLibre layer without id and source, which the wrapper supplies. */
export type LayerStyle = WithoutSource<
  Exclude<LayerSpecification, { type: 'background' | 'raster' | 'hillshade' | 'color-relief' }>
>;

/** A layer as data: what it is called, what it shows, how it is drawn, how the legend explains it. */
export interface MapLayer {
  id: string;
  data: MapFeatures;
  /** Drawn in this order, the last on top. */
  styles: readonly LayerStyle[];
  /** Groups points closer than 40 px below zoom 16 (drawn by styles that filter on `point_count`). */
  cluster?: boolean;
  /** Shown in the legend when given: the sign and its words. */
  legend?: readonly LegendEntry[];
  /** A feature was chosen by pointer. Keyboard users choose in the map's table twin. */
  onSelect?: (properties: Record<string, unknown>) => void;
  /** A group was chosen: the properties of its members. Without it a group is selected like a feature. */
  onCluster?: (members: Record<string, unknown>[]) => void;
  /** Draws the images its styles name; undefined for names of others. */
  drawSign?: (name: string) => ImageData | undefined;
  /** Sums over the members of a group, by name. */
  clusterSums?: Readonly<Record<string, unknown>>;
}

export interface LegendEntry {
  words: string;
  colour: string;
  shape: 'point' | 'ring' | 'star' | 'pin' | 'square' | 'triangle' | 'diamond' | 'line' | 'area';
}

export interface LonLatPoint {
  lon: number;
  lat: number;
}
