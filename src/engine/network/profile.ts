import { edgeFlag, unknownHeight, type Network } from './network.ts';
import { metresPerUnit, perDegree } from './network.ts';

/**
 * Who walks. Speeds are data (domain dictionary), never constants of the engine.
 */
export interface WalkProfile {
  /** On the flat, metres per second, 0.2 to 3. */
  flatMs: number;
  /** How much a slope slows, as a share of Tobler's: 1 as he has it, 0 as if the town were flat. */
  slopeShare: number;
  /** Seconds for each metre climbed on steps, added to the flat time of their length. */
  climbSecondsPerM: number;
  /** Seconds for each metre gone down on steps. */
  descentSecondsPerM: number;
  /** Riding an escalator, metres per second along it; null: does not. */
  escalatorMs: number | null;
  /** Seconds one waits for and rides a lift. */
  liftSeconds: number;
  /** Times 1 on rough ground, or more. */
  roughFactor: number;
  /** Rise over run beyond which a way is refused, 0.01 to 1; null or absent: none is. Steps and lifts are not judged by it. */
  steepest?: number | null;
  /** Edges with any of these bits of `edgeFlag` cannot be used. */
  refuses: number;
}

/** One metre a second on everything this walker may take: times are lengths. */
export function lengthProfile({ escalatorMs, steepest = null, refuses }: WalkProfile): WalkProfile {
  return {
    flatMs: 1, slopeShare: 0, climbSecondsPerM: 0, descentSecondsPerM: 0, escalatorMs: escalatorMs === null ? null : 1,
    liftSeconds: 0, roughFactor: 1, steepest, refuses,
  }; // prettier-ignore
}

/** An edge that cannot be walked in this direction. */
export const impassable = 0xffff_ffff;

/**
 * Tobler's hiking function normalised to the flat: speed on a slope as a share of the flat speed, 0 to 1.19. `slope` is rise
 * over run, up is positive; beyond ±1 it is held there. Source: Tobler 1993, "Three presentations on geographical analysis".
 */
export function toblerShare(slope: number): number {
  const held = Math.max(-1, Math.min(1, slope));
  return Math.exp(-3.5 * (Math.abs(held + 0.05) - 0.05));
}

/** Seconds along one piece of a shape of `metres`, rising by `riseM` (negative: going down), for these flags. */
export function secondsAlong(profile: WalkProfile, flags: number, metres: number, riseM: number): number {
  if ((flags & edgeFlag.escalator) !== 0) return metres / (profile.escalatorMs ?? profile.flatMs);
  const flat = metres / profile.flatMs;
  if ((flags & edgeFlag.lift) !== 0) return 0;
  if ((flags & edgeFlag.steps) !== 0)
    return flat + (riseM > 0 ? riseM * profile.climbSecondsPerM : -riseM * profile.descentSecondsPerM);
  const share = metres > 0 ? toblerShare(riseM / metres) ** profile.slopeShare : 1;
  return (flat / share) * ((flags & edgeFlag.rough) !== 0 ? profile.roughFactor : 1);
}

/** May this edge be walked at all, and in this direction? */
function isOpen(profile: WalkProfile, flags: number, forward: boolean): boolean {
  if ((flags & profile.refuses) !== 0) return false;
  if (profile.escalatorMs === null && (flags & edgeFlag.escalator) !== 0) return false;
  return (flags & (forward ? edgeFlag.backwardOnly : edgeFlag.forwardOnly)) === 0;
}

/** The same of edge `e`, its slope included. */
export function edgeIsOpen(network: Network, profile: WalkProfile, e: number, forward: boolean): boolean {
  const flags = network.edgeFlags[e] as number;
  if (!isOpen(profile, flags, forward)) return false;
  const limit = profile.steepest ?? null;
  if (limit === null || (flags & (edgeFlag.steps | edgeFlag.lift | edgeFlag.escalator)) !== 0) return true;
  return steepestOf(network, e) <= limit;
}

/** Heights are told to a decimetre: over no less than so many metres a slope is read to a hundredth. */
const slopeRunM = 10;

/** The steepest stretch of edge `e`, rise over run without sign, read over stretches of ten metres or more; 0 where no height is known. */
function steepestOf(network: Network, e: number): number {
  let [steepest, run, rise] = [0, 0, 0];
  const read = (): void => {
    steepest = Math.max(steepest, Math.abs(rise) / Math.max(slopeRunM, run));
  };
  eachPiece(network, e, (metres, riseM) => {
    run += metres;
    rise += riseM;
    if (run < slopeRunM) return;
    read();
    [run, rise] = [0, 0];
  });
  read();
  return steepest;
}

/** Times of every edge, deciseconds, `impassable` where closed: index 2·e forward, 2·e + 1 backward. At least 1. */
export function edgeTimes(network: Network, profile: WalkProfile): Uint32Array {
  const count = network.edgeFrom.length;
  const times = new Uint32Array(count * 2);
  const both = { forward: 0, backward: 0 };
  for (let e = 0; e < count; e++) {
    times[2 * e] = impassable;
    times[2 * e + 1] = impassable;
    const [forward, backward] = [edgeIsOpen(network, profile, e, true), edgeIsOpen(network, profile, e, false)];
    if (!forward && !backward) continue;
    alongEdge(network, profile, e, both);
    if (forward) times[2 * e] = toDs(both.forward);
    if (backward) times[2 * e + 1] = toDs(both.backward);
  }
  return times;
}

const toDs = (seconds: number): number => Math.max(1, Math.round(seconds * 10));

/** Seconds along the whole of edge `e` in both directions, lifts at its ends half each. */
function alongEdge(
  network: Network,
  profile: WalkProfile,
  e: number,
  into: { forward: number; backward: number },
): void {
  const flags = network.edgeFlags[e] as number;
  const waits = liftWaits(network, profile, e);
  into.forward = waits;
  into.backward = waits;
  eachPiece(network, e, (metres, riseM) => {
    into.forward += secondsAlong(profile, flags, metres, riseM);
    into.backward += secondsAlong(profile, flags, metres, -riseM);
  });
}

function liftWaits(network: Network, profile: WalkProfile, e: number): number {
  const ownLift = ((network.edgeFlags[e] as number) & edgeFlag.lift) === 0 ? 0 : 1;
  return profile.liftSeconds * (ownLift + (network.edgeLifts[e] as number) / 2);
}

/** The pieces of the shape of edge `e` in order: metres on the ground and rise in metres (0 where no height is known). Their metres add up to the length of the edge. */
export function eachPiece(network: Network, e: number, take: (metres: number, riseM: number) => void): void {
  const { shapeFirst, shapeLon, shapeLat, shapeHeightDm } = network;
  const first = shapeFirst[e] as number;
  const last = (shapeFirst[e + 1] as number) - 1;
  const scale = metresPerUnit((shapeLat[first] as number) / perDegree);
  for (let p = first; p < last; p++) {
    const dx = ((shapeLon[p + 1] as number) - (shapeLon[p] as number)) * scale.x;
    const dy = ((shapeLat[p + 1] as number) - (shapeLat[p] as number)) * scale.y;
    const from = shapeHeightDm[p] as number;
    const to = shapeHeightDm[p + 1] as number;
    const riseM = from === unknownHeight || to === unknownHeight ? 0 : (to - from) / 10;
    take(Math.hypot(dx, dy), riseM);
  }
}

/**
 * Seconds from the start of edge `e` to the point `share` (0 to 1) of its length along it, and from there to its end, both
 * forward; or the same walked backward. Lifts at the ends are waited for at the end passed.
 */
export function splitTimes(
  network: Network,
  profile: WalkProfile,
  e: number,
  share: number,
): { toStart: number; fromStart: number; toEnd: number; fromEnd: number } {
  const flags = network.edgeFlags[e] as number;
  const half = liftWaits(network, profile, e) / 2;
  const cut = share * lengthOf(network, e);
  const split = { toStart: half, fromStart: half, toEnd: half, fromEnd: half };
  let done = 0;
  eachPiece(network, e, (metres, riseM) => {
    const before = metres === 0 ? 0 : Math.max(0, Math.min(1, (cut - done) / metres));
    done += metres;
    const up = secondsAlong(profile, flags, metres, riseM);
    const down = secondsAlong(profile, flags, metres, -riseM);
    split.fromStart += up * before;
    split.toStart += down * before;
    split.toEnd += up * (1 - before);
    split.fromEnd += down * (1 - before);
  });
  return split;
}

function lengthOf(network: Network, e: number): number {
  let sum = 0;
  eachPiece(network, e, (metres) => (sum += metres));
  return sum;
}
