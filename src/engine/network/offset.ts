import { fromGcj02 } from './gcj.ts';
import type { Points } from './holds.ts';
import { metresPerUnit, perDegree } from './network.ts';
import type { Snapper } from './snap.ts';

/** What the streets say about the coordinate system of some points. */
export interface ShiftVerdict {
  /**
   * 'shifted': declared WGS-84, but they lie on the streets only once GCJ-02 is undone. 'sound': they lie better as they are.
   * 'unclear': too few, or the streets cannot tell. 'elsewhere': GCJ-02 moves nothing here (outside China).
   */
  verdict: 'shifted' | 'sound' | 'unclear' | 'elsewhere';
  points: number;
  /** Median metres to the nearest way as given, and with GCJ-02 undone; those beyond the limit count as the limit. */
  medianM: number;
  medianUndoneM: number;
  /** Median metres between the point as given and undone: 300 to 700 in most of China. */
  shiftM: number;
  /** Share of points nearer to a way once undone, 0 to 1, of those where it makes a difference. */
  nearerUndone: number;
}

/** Fewer points say nothing. */
const fewest = 12;
/** A difference below this is none, metres: the undoing itself is good to about one. */
const sameM = 2;
/** Standard deviations of a fair coin (sign test): one in a thousand is mistaken. */
const sure = 3;

/**
 * Compares how far points lie from the nearest way as given and after undoing GCJ-02. Facilities stand at streets: shifted by
 * some hundred metres they lie anywhere. Only asks; a person decides.
 * @param limitM how far a way is looked for, metres
 */
export function judgeShift(points: Points, snapper: Snapper, limitM = 200): ShiftVerdict {
  const [given, undone, shifts]: [number[], number[], number[]] = [[], [], []];
  for (let k = 0; k < points.lon.length; k++) {
    const [lon, lat] = [points.lon[k] as number, points.lat[k] as number];
    const [x, y] = fromGcj02(lon, lat);
    const scale = metresPerUnit(lat);
    shifts.push(Math.hypot((x - lon) * perDegree * scale.x, (y - lat) * perDegree * scale.y));
    given.push(snapper.snap(lon, lat, limitM)?.offsetM ?? limitM);
    undone.push(snapper.snap(x, y, limitM)?.offsetM ?? limitM);
  }
  const differ = given.filter((metres, k) => Math.abs(metres - (undone[k] as number)) > sameM).length;
  const nearer = given.filter((metres, k) => metres - (undone[k] as number) > sameM).length;
  const found = {
    points: given.length,
    medianM: median(given),
    medianUndoneM: median(undone),
    shiftM: median(shifts),
    nearerUndone: differ === 0 ? 0 : nearer / differ,
  };
  return { ...found, verdict: verdictOf(found, nearer, differ) };
}

function verdictOf(
  { medianM, medianUndoneM, shiftM, points }: Omit<ShiftVerdict, 'verdict'>,
  nearer: number,
  differ: number,
) {
  if (points > 0 && shiftM < 50) return 'elsewhere';
  const sigmas = differ < fewest ? 0 : (2 * nearer - differ) / Math.sqrt(differ);
  if (sigmas >= sure && medianUndoneM < medianM) return 'shifted';
  return sigmas <= -sure && medianM < medianUndoneM ? 'sound' : 'unclear';
}

/** 0 of none. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
