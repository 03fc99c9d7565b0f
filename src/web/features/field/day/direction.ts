interface Point {
  lon: number;
  lat: number;
}

/** The eight winds, clockwise from north. */
export const winds = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
export type Wind = (typeof winds)[number];

/** Which way to go, as the crow flies: exact enough for the few hundred metres of a grid. */
export function windTo(from: Point, to: Point): Wind {
  const east = (to.lon - from.lon) * Math.cos((from.lat * Math.PI) / 180);
  const turn = Math.atan2(east, to.lat - from.lat) / (Math.PI / 4);
  return winds[(Math.round(turn) + 8) % 8] ?? 'n';
}
