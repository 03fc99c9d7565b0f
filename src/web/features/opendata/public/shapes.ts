/** Outlines as SVG paths on one plane. Pure. */

interface Feature {
  id: string;
  properties: { name: string; fixed_at_least: number };
  geometry: { type: 'Polygon' | 'MultiPolygon'; coordinates: unknown } | null;
}
export interface Outlines {
  features: readonly Feature[];
}

export interface Shape {
  code: string;
  name: string;
  fixed: number;
  path: string;
  /** Where its number stands. */
  x: number;
  y: number;
}

type Ring = readonly (readonly [number, number])[];

function ringsOf({ type, coordinates }: NonNullable<Feature['geometry']>): Ring[] {
  return type === 'Polygon' ? (coordinates as Ring[]) : (coordinates as Ring[][]).flat();
}

/** Paths within a box `width` wide, north up; a degree of longitude is shorter than one of latitude. Empty: nothing to draw. */
export function shapesOf(outlines: readonly Outlines[], width: number): { shapes: Shape[]; height: number } {
  const found = outlines
    .flatMap(({ features }) => features)
    .flatMap((one) => (one.geometry === null ? [] : [{ ...one, rings: ringsOf(one.geometry) }]));
  const all = found.flatMap(({ rings }) => rings.flat());
  if (all.length === 0) return { shapes: [], height: 0 };
  const [west, east] = [Math.min(...all.map(([lon]) => lon)), Math.max(...all.map(([lon]) => lon))];
  const [south, north] = [Math.min(...all.map(([, lat]) => lat)), Math.max(...all.map(([, lat]) => lat))];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = width / Math.max(1e-9, (east - west) * squeeze);
  const place = ([lon, lat]: readonly [number, number]) =>
    [(lon - west) * squeeze * scale, (north - lat) * scale] as const;
  const shapes = found.map(({ id, properties, rings }) => {
    const outer = (rings[0] ?? []).map(place);
    const draw = (ring: Ring) => `M${ring.map((at) => place(at).map((n) => n.toFixed(1)).join(' ')).join('L')}Z`; // prettier-ignore
    return {
      code: id,
      name: properties.name,
      fixed: properties.fixed_at_least,
      path: rings.map(draw).join(''),
      x: middle(outer.map(([x]) => x)),
      y: middle(outer.map(([, y]) => y)),
    };
  });
  return { shapes, height: (north - south) * scale };
}

const middle = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2;

/** 1 to 4 by quarter of the most: darker is more. */
export const shadeOf = (fixed: number, most: number): number => Math.min(4, 1 + Math.floor((4 * fixed) / (most + 1)));
