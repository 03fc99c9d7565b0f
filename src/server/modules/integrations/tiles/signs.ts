import type { EventSign } from '#server/modules/events/index.ts';
import type { RiskSign } from '#server/modules/grids/index.ts';
import type { Sign, Tags } from './encode.ts';

export function riskSign({ n, lon, lat, id, level, kind, state }: RiskSign): Sign {
  return { lon, lat, tags: n === 1 ? { id, level, kind, state } : { ...counted(n), level } };
}

export function eventSign({ n, lon, lat, id, priority, status, late }: EventSign): Sign {
  return { lon, lat, tags: n === 1 ? { id, priority, status, late } : { ...counted(n), priority, late } };
}

/** The names MapLibre gives to its own groups, so that the same styles draw both. */
function counted(n: number): Tags {
  const short = n < 1000 ? String(n) : `${(n / 1000).toFixed(n < 10_000 ? 1 : 0)}k`;
  return { point_count: n, point_count_abbreviated: short };
}
