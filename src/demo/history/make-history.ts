/** A year of the town, up to now: a value, made without touching any database. */
import type { Channel } from '#contract/events-words.ts';
import { pickOne, type Rng } from '#kit/random.ts';
import { chaoTianMen, huaXinJie, liangLuKou } from '../geography/names.ts';
import { lifeOf, openChronicle, start, type Chronicle, type HistoryPlan, type KnownTopic } from './chronicle.ts';
import { drawFate } from './fate.ts';
import { liveOn } from './life.ts';
import { mergeInto } from './own-commands.ts';
import { perform, ringBefore, type MemoryCase } from './perform.ts';
import { pickSpot, type Spot } from './places.ts';
import { reportTimes, weightAt } from './rhythm.ts';
import { stage, stagedThisMonth } from './stage.ts';
import { spoken } from './words.ts';

export async function makeHistory(plan: HistoryPlan): Promise<MemoryCase[]> {
  const { nowMs, days = 365, perMonth = 700, world } = plan;
  const chronicle = openChronicle(plan);
  const { rng } = chronicle;
  const reports = [
    ...reportTimes(rng, nowMs, days, (perMonth - stagedThisMonth) / (1 + twinShare)).map((atMs) => ({
      atMs,
      street: liangLuKou.code,
    })),
    ...reportTimes(rng, nowMs, days, perMonth / 10).map((atMs) => ({ atMs, street: chaoTianMen.code })),
    ...reportTimes(rng, nowMs, days, perMonth / 10).map((atMs) => ({ atMs, street: huaXinJie.code })),
  ].sort((a, b) => a.atMs - b.atMs);
  for (const { atMs, street } of reports) await addOne(chronicle, street, atMs);
  await stage(chronicle);
  for (const live of chronicle.cases) ringBefore(world, live, nowMs);
  return chronicle.cases;
}

async function addOne(chronicle: Chronicle, street: string, atMs: number): Promise<void> {
  const { rng, spots, nowMs } = chronicle;
  const known = pickTopic(chronicle, atMs);
  const spot = pickSpot(rng, spots, street);
  const channel = pickChannel(rng);
  const live = start(chronicle, { known, spot, channel, atMs });
  await twiceSometimes(chronicle, live, known, spot);
  const fate = drawFate(rng, channel === 'resident' || channel === 'hotline');
  await liveOn(lifeOf(chronicle, live, known, fate), nowMs);
}

function pickTopic({ topics, rng }: Chronicle, atMs: number): KnownTopic {
  const weights = topics.map(({ topic }) => weightAt(topic, atMs) / topic.said.length);
  let rest = rng() * weights.reduce((sum, weight) => sum + weight, 0);
  const found = topics[weights.findIndex((weight) => (rest -= weight) < 0)] ?? topics[0];
  if (found === undefined)
    throw new Error('The level library has none of the categories the demo reports: load db/data first.');
  return found;
}

const channelShares: readonly (readonly [Channel, number])[] = [
  ['resident', 0.46],
  ['grid_worker', 0.3],
  ['hotline', 0.11],
  ['patrol', 0.06],
  ['group', 0.05],
  ['superior', 0.02],
];

function pickChannel(rng: Rng): Channel {
  let rest = rng();
  return channelShares.find(([, share]) => (rest -= share) < 0)?.[0] ?? 'resident';
}

const twinShare = 0.022;

/** Now and then the same thing is reported twice within minutes; the second report joins the first. */
async function twiceSometimes(chronicle: Chronicle, into: MemoryCase, known: KnownTopic, spot: Spot): Promise<void> {
  const { rng, world, cast, nowMs } = chronicle;
  if (rng() >= twinShare) return;
  const reportedMs = into.lastMs + Math.round((1 + rng() * 6) * 60_000);
  const atMs = reportedMs + Math.round((1 + rng() * 4) * 60_000);
  const actor = cast.find(rng, into.rows.event.ownerUnitId, ['secretary', 'intake_seat'], atMs);
  if (actor === undefined || atMs >= nowMs) return;
  ringBefore(world, into, atMs);
  const twin = start(chronicle, { known, spot, channel: 'resident', atMs: reportedMs });
  const body = { reason: pickOne(rng, spoken.mergeReason) };
  await perform(world, twin, { command: mergeInto(into, actor), actor, atMs, body });
  for (const reporter of twin.reporters) reporter.eventId = into.rows.event.id;
}
