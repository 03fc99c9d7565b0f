import { edgeFlag } from './network.ts';

/** The tags of a node or way of OpenStreetMap. */
export type Tags = Readonly<Record<string, string | undefined>>;

/** Ways people may walk along unless their access says otherwise. Source: OSM wiki "OSM tags for routing/Access restrictions"; a trunk road needs a pavement or leave of its own. */
const walked = new Set([
  'footway', 'path', 'pedestrian', 'steps', 'corridor', 'living_street', 'residential', 'unclassified', 'service', 'track',
  'road', 'primary', 'primary_link', 'secondary', 'secondary_link', 'tertiary', 'tertiary_link', 'platform', 'elevator',
  'bridleway',
]); // prettier-ignore
/** Walked only where a tag gives leave. */
const withLeave = new Set(['trunk', 'trunk_link', 'cycleway', 'motorway_link', 'busway']);

const leave = new Set(['yes', 'designated', 'permissive', 'destination', 'official', 'public', 'customers']);
const refusal = new Set(['no', 'private', 'use_sidepath', 'military', 'agricultural', 'forestry', 'delivery']);
const pavements = new Set(['both', 'left', 'right', 'yes', 'separate']);
const roughSurfaces = new Set([
  'gravel', 'fine_gravel', 'sand', 'grass', 'mud', 'ground', 'dirt', 'earth', 'cobblestone', 'unhewn_cobblestone', 'pebblestone',
  'rock', 'woodchips',
]); // prettier-ignore
const impassableBarriers = new Set(['wall', 'fence', 'hedge', 'retaining_wall', 'city_wall', 'guard_rail']);

/** The bits of `edgeFlag` for a way, or null where nobody may walk. A pure question of its tags. */
export function flagsOfWay(tags: Tags): number | null {
  if (!isWalked(tags)) return null;
  return kindOf(tags) | directionOf(tags) | comfortOf(tags);
}

function isWalked(tags: Tags): boolean {
  const { highway } = tags;
  const platform =
    tags['railway'] === 'platform' || tags['public_transport'] === 'platform' || tags['man_made'] === 'pier';
  if (highway === undefined ? !platform : !walked.has(highway) && !hasLeave(tags, highway)) return false;
  const own = tags['foot'];
  if (own !== undefined && refusal.has(own)) return false;
  if (own !== undefined && leave.has(own)) return true;
  const general = tags['access'];
  return !(general !== undefined && refusal.has(general)) && tags['motorroad'] !== 'yes';
}

function hasLeave(tags: Tags, highway: string): boolean {
  if (!withLeave.has(highway)) return false;
  const given = [tags['foot'], tags['sidewalk'], tags['sidewalk:both'], tags['sidewalk:left'], tags['sidewalk:right']];
  return given.some((word) => word !== undefined && (leave.has(word) || pavements.has(word)));
}

function kindOf(tags: Tags): number {
  const steps = tags['highway'] === 'steps';
  const moving = tags['conveying'] !== undefined && tags['conveying'] !== 'no';
  let flags = 0;
  if (steps && !moving) flags |= edgeFlag.steps;
  if (moving) flags |= edgeFlag.escalator;
  if (tags['highway'] === 'elevator') flags |= edgeFlag.lift;
  if (isSet(tags['bridge']) || isSet(tags['tunnel']) || isSet(tags['covered']) || tags['highway'] === 'corridor')
    flags |= edgeFlag.offGround;
  return flags;
}

const isSet = (word: string | undefined): boolean => word !== undefined && word !== 'no';

/** One-way for those on foot: said of foot, or an escalator. `oneway` alone is about vehicles. */
function directionOf(tags: Tags): number {
  const foot = tags['oneway:foot'];
  const moving = tags['conveying'];
  if (foot === 'yes' || foot === '1' || moving === 'forward' || tags['foot:backward'] === 'no')
    return edgeFlag.forwardOnly;
  if (foot === '-1' || moving === 'backward' || tags['foot:forward'] === 'no') return edgeFlag.backwardOnly;
  return 0;
}

function comfortOf(tags: Tags): number {
  const steps = tags['highway'] === 'steps';
  const ramp = tags['ramp:wheelchair'] === 'yes';
  let flags = 0;
  if (tags['wheelchair'] === 'no' || (steps && !ramp && tags['wheelchair'] !== 'yes')) flags |= edgeFlag.noWheelchair;
  if (steps && tags['ramp:stroller'] !== 'yes' && !ramp && tags['stroller'] !== 'yes') flags |= edgeFlag.noPram;
  const surface = tags['surface'];
  if (surface !== undefined && roughSurfaces.has(surface)) flags |= edgeFlag.rough;
  if (tags['opening_hours'] !== undefined && tags['opening_hours'] !== '24/7') flags |= edgeFlag.hours;
  return flags;
}

/** What a node on a way does to walking: 'blocked' ends it there, 'lift' makes one wait. */
export function kindOfNode(tags: Tags): 'blocked' | 'lift' | null {
  if (tags['highway'] === 'elevator') return 'lift';
  const barrier = tags['barrier'];
  if (barrier === undefined) return null;
  const own = tags['foot'] ?? tags['access'];
  if (own !== undefined && leave.has(own)) return null;
  return impassableBarriers.has(barrier) || (own !== undefined && refusal.has(own)) ? 'blocked' : null;
}
