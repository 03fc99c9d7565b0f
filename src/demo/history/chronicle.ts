/** The book in which a year of the town is written: who, where, what may happen, and how an event begins. */
import type { Channel } from '#contract/events-words.ts';
import { randomInt, seededRandom, type Rng } from '#kit/random.ts';
import type { Library } from '#server/modules/events/library.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { Geography } from '../geography/make-geography.ts';
import type { Life } from './acting.ts';
import { begin } from './begin.ts';
import type { Cast } from './cast.ts';
import type { Fate } from './fate.ts';
import type { MemoryCase, World } from './perform.ts';
import { makeSpots, type Spot, type Spots } from './places.ts';
import { peopleTopics } from './topics-people.ts';
import { streetTopics } from './topics-street.ts';
import type { Topic } from './topic.ts';
import { fill } from './words.ts';

export interface HistoryPlan {
  world: World;
  cast: Cast;
  geography: Geography;
  seed: number;
  nowMs: number;
  days?: number;
  /** Events a month in the demo street; the two others have a tenth of it each. */
  perMonth?: number;
  /** Photos are kept of what was reported after this. */
  photosFromMs: number;
}

/** One way of saying it, with the category the library has for it. */
export interface KnownTopic {
  topic: Topic;
  title: string;
  description: string;
  categoryCode: string;
}

/** What the writers of history share. */
export interface Chronicle extends HistoryPlan {
  rng: Rng;
  topics: readonly KnownTopic[];
  spots: Spots;
  sequence: number;
  cases: MemoryCase[];
}

export function openChronicle(plan: HistoryPlan): Chronicle {
  return {
    ...plan,
    rng: seededRandom(plan.seed),
    topics: knownTopics(plan.world.library),
    spots: makeSpots(plan.geography),
    sequence: 0,
    cases: [],
  };
}

/** Everything that may be said, where the library knows its category by name. */
export function knownTopics({ categories, rules }: Pick<Library, 'categories' | 'rules'>): KnownTopic[] {
  const byName = new Map(
    [...categories.values()].filter(({ code }) => rules.has(code)).map(({ name, code }) => [name, code]),
  );
  return [...streetTopics, ...peopleTopics].flatMap((topic) =>
    topic.said.flatMap(([title, description, category = topic.category], k) => {
      const categoryCode = byName.get(category);
      return categoryCode === undefined ? [] : [{ topic: fitted(topic, k), title, description, categoryCode }];
    }),
  );
}

/** The topic with what fits its `k`-th template only. */
function fitted(topic: Topic, k: number): Topic {
  const fit = (words: readonly string[]) => (words.length === topic.said.length ? words.slice(k, k + 1) : words);
  return { ...topic, found: fit(topic.found), done: fit(topic.done) };
}

export interface Opening {
  known: KnownTopic;
  spot: Spot;
  channel: Channel;
  atMs: number;
  actor?: Actor | null;
}

/** The report; it is part of the chronicle from here on. */
export function start(chronicle: Chronicle, { known, spot, channel, atMs, actor }: Opening): MemoryCase {
  const { rng, world } = chronicle;
  chronicle.sequence++;
  const live = begin(world, rng, {
    categoryCode: known.categoryCode,
    title: fill(rng, known.title, spot.name),
    description: fill(rng, known.description, spot.name),
    spot,
    channel,
    actor: actor === undefined ? reporterOf(chronicle, channel, spot, atMs) : actor,
    atMs,
    sequence: chronicle.sequence,
    phone:
      (channel === 'resident' && rng() < 0.4) || channel === 'hotline'
        ? `1990${String(randomInt(rng, 0, 9_999_999)).padStart(7, '0')}`
        : null,
    sourceRef: channel === 'hotline' ? `12345-${String(chronicle.sequence).padStart(8, '0')}` : null,
    scene: atMs >= chronicle.photosFromMs && rng() < 0.7 ? known.topic.key : null,
  });
  chronicle.cases.push(live);
  return live;
}

export function lifeOf(chronicle: Chronicle, live: MemoryCase, { topic }: KnownTopic, fate: Fate): Life {
  const { world, cast, rng, photosFromMs } = chronicle;
  const scene = live.rows.event.reportedMs >= photosFromMs ? topic.key : null;
  return { world, cast, rng, live, fate, topic, scene, done: new Set<string>() };
}

/** Who types the report in: residents themselves, the grid's worker, or a seat for those who call. */
function reporterOf({ cast, rng, world }: Chronicle, channel: Channel, spot: Spot, atMs: number): Actor | null {
  if (channel === 'resident') return null;
  const area = world.territory.locate(spot.lon, spot.lat);
  const gridCode = area?.code.slice(0, 15) ?? '';
  if (channel === 'grid_worker' || channel === 'patrol' || channel === 'group')
    return cast.findGridWorker(rng, gridCode) ?? null;
  const centre = world.territory.receiverOf((area?.code ?? '').slice(0, channel === 'superior' ? 6 : 9));
  return (centre && cast.find(rng, centre.id, ['intake_seat'], atMs)) ?? null;
}
