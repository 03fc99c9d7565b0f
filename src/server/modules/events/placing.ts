import { AppError } from '#kit/errors.ts';
import { deskTiers, type DeskTier } from '#kit/tiers.ts';
import type { Area, Territory, Unit } from '#server/modules/grids/index.ts';

/** Where an event lies in the tree and on whose desk it starts. */
export interface Placing {
  /** Smallest known area. */
  area: Area;
  path: readonly string[];
  city: string;
  district: string;
  street: string | null;
  community: string | null;
  grid: string | null;
  owner: Unit;
  tier: DeskTier;
  /** The point lies in no known area. */
  outside: boolean;
}

/**
 * Point → smallest area → the unit that receives for it (law 2: whoever receives first, owns). A point without an area,
 * or no point at all, goes to the area the reporter named, else to the highest desk there is: never lost.
 * @throws AppError bad_input when neither point nor area is given, or the named area is unknown
 */
export function placeEvent(
  territory: Territory,
  at: { lon: number | null; lat: number | null; areaCode?: string | undefined },
): Placing {
  const hasPoint = at.lon !== null && at.lat !== null;
  const named = at.areaCode === undefined ? undefined : territory.area(at.areaCode);
  if (at.areaCode !== undefined && named === undefined)
    throw new AppError('bad_input', `areaCode: expected a known area, found ${at.areaCode}. Choose from the list.`);
  if (!hasPoint && named === undefined)
    throw new AppError(
      'bad_input',
      'Expected a point (lon, lat) or an area (areaCode), found neither. Mark the place on the map or choose the street.',
    );
  const located = hasPoint ? territory.locate(at.lon ?? 0, at.lat ?? 0) : undefined;
  // A named area inside the located one is more exact (a grid worker names the grid of a point on its border).
  const area =
    located === undefined
      ? (named ?? territory.city())
      : named !== undefined && named.path.includes(located.code)
        ? named
        : located;
  return { ...describe(territory, area), outside: hasPoint && located === undefined };
}

function describe(territory: Territory, area: Area): Omit<Placing, 'outside'> {
  const owner = receiverFor(territory, area);
  const codeOf = (tier: Area['tier']) => area.path.find((code) => territory.area(code)?.tier === tier) ?? null;
  const top = area.path[0] ?? area.code;
  return {
    area,
    path: area.path,
    city: codeOf('city') ?? top,
    // Above all districts (a point outside everything): the city's own code, so that only the city sees it.
    district: codeOf('district') ?? top,
    street: codeOf('street'),
    community: codeOf('community'),
    grid: codeOf('grid'),
    owner,
    tier: deskTierOf(owner),
  };
}

/** The first unit up the path that receives; from the city downwards when even the top has no desk. */
function receiverFor(territory: Territory, area: Area): Unit {
  for (const code of area.path.toReversed()) {
    const unit = territory.receiverOf(code);
    if (unit !== undefined) return unit;
  }
  const queue = [...territory.children(area.code)];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const unit = territory.receiverOf(next.code);
    if (unit !== undefined) return unit;
    queue.push(...territory.children(next.code));
  }
  throw new AppError('internal', 'No unit of this territory receives events: add a governance centre first.');
}

/**
 * An alarm is heard first at a console, and whoever receives first owns (law 2): what would begin on a community's desk
 * begins at the nearest governance centre above it. Without one it stays where it was.
 */
export function atConsole(territory: Territory, placing: Placing): Placing {
  if (placing.owner.kind === 'centre') return placing;
  const owner = centreAbove(territory, placing.path, placing.tier);
  return owner === undefined ? placing : { ...placing, owner, tier: deskTierOf(owner) };
}

export function deskTierOf(unit: Unit): DeskTier {
  return deskTiers.find((tier) => tier === unit.tier) ?? 'community';
}

/** The centre one or more tiers above `tier` on this path: the nearest there is. */
export function centreAbove(territory: Territory, path: readonly string[], tier: DeskTier): Unit | undefined {
  const above = deskTiers.slice(0, deskTiers.indexOf(tier)).toReversed();
  for (const wanted of above) {
    const code = path.find((one) => territory.area(one)?.tier === wanted);
    const unit = code === undefined ? undefined : territory.receiverOf(code);
    if (unit !== undefined) return unit;
  }
  return undefined;
}

/** The receiver one or more tiers below `tier` on this path. */
export function receiverBelow(territory: Territory, path: readonly string[], tier: DeskTier): Unit | undefined {
  for (const wanted of deskTiers.slice(deskTiers.indexOf(tier) + 1)) {
    const code = path.find((one) => territory.area(one)?.tier === wanted);
    const unit = code === undefined ? undefined : territory.receiverOf(code);
    if (unit !== undefined && unit.tier === wanted) return unit;
  }
  return undefined;
}
