/** What lies on the desks of the demo's logins when the program is opened for the first time. */
import { pickOne } from '#kit/random.ts';
import type { DeskTier } from '#kit/tiers.ts';
import { getRule } from '#server/modules/events/library.ts';
import { demoCommunity, demoPlaceId } from '../town/logins.ts';
import { liangLuKou } from '../geography/names.ts';
import { smooth, type Fate } from './fate.ts';
import { lifeOf, start, type Chronicle, type KnownTopic } from './chronicle.ts';
import { liveOn } from './life.ts';
import type { MemoryCase } from './perform.ts';
import { pickSpot, type Spot } from './places.ts';

interface Scene {
  /** Tier the library gives it to, and to whom. */
  rule: { tier: DeskTier; leadRole?: string };
  where: 'grid' | 'community' | 'street';
  /** Minutes ago of the report; more than the limits makes it late. */
  agesMinutes: readonly number[];
  fate?: Partial<Fate>;
  until: (live: MemoryCase) => boolean;
}

const at =
  (tier: DeskTier, ...statuses: string[]) =>
  ({ rows: { event } }: MemoryCase) =>
    event.tier === tier && statuses.includes(event.status);
const taskIs =
  (tier: DeskTier, status: string) =>
  ({ rows }: MemoryCase) =>
    rows.event.tier === tier && rows.tasks.some((task) => task.part === 'lead' && task.status === status);

const street = { tier: 'street' } as const;
const cityManagement = { tier: 'street', leadRole: 'urban_management' } as const;
const toDistrict = { raised: true } as const;

const scenes: readonly Scene[] = [
  // 网格员: to verify, and tasks of the committee
  { rule: street, where: 'grid', agesMinutes: [4, 18, 47, 130, 300], until: at('community', 'reported') },
  { rule: street, where: 'grid', agesMinutes: [25, 90], fate: { received: true }, until: at('community', 'verifying') },
  { rule: { tier: 'community' }, where: 'grid', agesMinutes: [60, 200, 2_900], until: taskIs('community', 'offered') },
  { rule: { tier: 'community' }, where: 'grid', agesMinutes: [300, 1_500], until: taskIs('community', 'accepted') },
  // 社区书记: verified, to be filed or sent up
  {
    rule: { tier: 'community' },
    where: 'community',
    agesMinutes: [40, 160],
    until: ({ rows: { event } }) => event.verifiedMs !== null,
  },
  {
    rule: street,
    where: 'community',
    agesMinutes: [35, 120],
    until: ({ rows: { event } }) => event.verifiedMs !== null,
  },
  // 街道: intake, dispatch, post, check
  { rule: street, where: 'street', agesMinutes: [50, 75, 140, 260, 600], until: at('street', 'verifying') },
  { rule: street, where: 'street', agesMinutes: [60, 95, 180, 420, 1_500], until: at('street', 'filed') },
  { rule: cityManagement, where: 'street', agesMinutes: [70, 120, 240, 700], until: taskIs('street', 'offered') },
  {
    rule: cityManagement,
    where: 'street',
    agesMinutes: [150, 900, 2_000, 10_500, 15_000],
    until: taskIs('street', 'accepted'),
  },
  { rule: cityManagement, where: 'street', agesMinutes: [200, 1_300], until: taskIs('street', 'on_site') },
  { rule: street, where: 'street', agesMinutes: [240, 500, 1_500, 3_500, 6_000], until: at('street', 'checking') },
  {
    rule: street,
    where: 'street',
    agesMinutes: [400, 1_900],
    fate: { misdirected: 2 },
    until: ({ rows }) => rows.clocks.some(({ step }) => step === 'coordinate'),
  },
  {
    rule: street,
    where: 'street',
    agesMinutes: [9_000, 30_000, 60_000],
    fate: { shelved: true },
    until: at('street', 'shelved'),
  },
  {
    rule: street,
    where: 'street',
    agesMinutes: [700, 5_000],
    fate: { assisted: true, supervised: true },
    until: taskIs('street', 'on_site'),
  },
  // 区
  { rule: street, where: 'street', agesMinutes: [110, 190], fate: toDistrict, until: at('district', 'verifying') },
  { rule: street, where: 'street', agesMinutes: [130, 220, 800], fate: toDistrict, until: at('district', 'filed') },
  { rule: street, where: 'street', agesMinutes: [170, 500], fate: toDistrict, until: taskIs('district', 'offered') },
  {
    rule: street,
    where: 'street',
    agesMinutes: [260, 1_800, 9_500],
    fate: toDistrict,
    until: taskIs('district', 'accepted'),
  },
  { rule: street, where: 'street', agesMinutes: [420, 2_400], fate: toDistrict, until: at('district', 'checking') },
];

const monthMinutes = 30 * 24 * 60;

/** Staged events of the last 30 days: they count among the month's. */
export const stagedThisMonth = scenes
  .flatMap(({ agesMinutes }) => agesMinutes)
  .filter((age) => age < monthMinutes).length;

export async function stage(chronicle: Chronicle): Promise<void> {
  for (const scene of scenes) {
    for (const minutes of scene.agesMinutes) await play(chronicle, scene, minutes);
  }
}

/** Every act takes a few minutes, so an event older than two hours has long been where it is left. */
async function play(chronicle: Chronicle, scene: Scene, minutes: number): Promise<void> {
  const { rng, nowMs } = chronicle;
  const known = pickOne(rng, fitting(chronicle, scene));
  const spot = spotIn(chronicle, scene.where);
  const live = start(chronicle, { known, spot, channel: 'resident', atMs: nowMs - minutes * 60_000 });
  await liveOn(lifeOf(chronicle, live, known, { ...smooth, ...scene.fate }), nowMs, scene.until);
}

function fitting({ topics, world }: Chronicle, { rule }: Scene): KnownTopic[] {
  const fits = topics.filter(({ categoryCode }) => {
    const found = getRule(world.library, categoryCode);
    return (
      found.tier === rule.tier &&
      found.priority > 0 &&
      (rule.leadRole === undefined || found.leadRole === rule.leadRole)
    );
  });
  if (fits.length === 0)
    throw new Error(`The level library gives no category of the demo to ${rule.tier} ${rule.leadRole ?? ''}.`);
  return fits;
}

/** A spot in the demo street; `grid` and `community` those of the short logins. */
function spotIn({ rng, spots, world, geography }: Chronicle, where: Scene['where']): Spot {
  const storyGrid = geography.places.find(({ id }) => id === demoPlaceId)?.areaCode?.slice(0, 15) ?? demoCommunity;
  const wanted = { grid: storyGrid, community: demoCommunity, street: liangLuKou.code }[where];
  for (let tries = 0; tries < 2_000; tries++) {
    const spot = pickSpot(rng, spots, liangLuKou.code);
    if (world.territory.locate(spot.lon, spot.lat)?.code.startsWith(wanted) === true) return spot;
  }
  throw new Error(`The demo has no address in ${wanted}.`);
}
