import { deviceRoutes } from '#contract/devices.ts';
import { sensingRoutes } from '#contract/sensing.ts';
import { mountAlerts } from '#server/http/alerts.ts';
import { mount } from '#server/http/mount.ts';
import {
  createDeviceDoor,
  createDeviceHandlers,
  createSensing,
  seedThresholds,
  type DeviceDoor,
  type OpenPlan,
  type Sensing,
} from '#server/modules/sensing/index.ts';
import type { RecurringJob, Ticker } from '#server/jobs/jobs.ts';
import type { Joined, Parts } from './parts.ts';

/** Devices, what a broker may ask about them, and what becomes of what they say. */
export async function joinSensing(
  parts: Parts,
  { openPlan }: { openPlan?: OpenPlan } = {},
): Promise<Joined & { devices: DeviceDoor; sensing: Sensing }> {
  const { app, database, territory, vault, clock, events, identity, config, doors } = parts;
  await seedThresholds(database, clock);
  const sensing = createSensing({
    database,
    territory,
    vault,
    clock,
    events,
    people: identity.queries,
    publicUrl: config.publicUrl,
    keepDays: config.readingDays,
    report: (name, error) => app.log.error({ err: error, name }, 'An alarm could not become an event; it tries again.'),
    ...(openPlan === undefined ? {} : { openPlan }),
  });
  mount(app, deviceRoutes, createDeviceHandlers(parts), doors);
  mount(app, sensingRoutes, sensing.handlers, doors);
  mountAlerts(app, sensing.takeAlert);
  await sensing.jobs.makePartitions();
  return {
    devices: createDeviceDoor(database),
    sensing,
    jobs: recurringOf(sensing),
    tickers: tickersOf(sensing),
    stop: () => sensing.settle(),
  };
}

function recurringOf({ jobs }: Sensing): RecurringJob[] {
  return [
    { name: 'sensing.season', cron: '4 * * * *', expireS: 600, run: () => jobs.judgeSeasons().then(() => undefined) },
    { name: 'sensing.months', cron: '15 1 * * *', run: () => jobs.makePartitions().then(() => undefined) },
    { name: 'sensing.forget', cron: '35 3 * * *', expireS: 3600, run: () => jobs.forget().then(() => undefined) },
  ];
}

function tickersOf({ jobs }: Sensing): Ticker[] {
  const tick = (name: string, everyMs: number, run: () => Promise<unknown>): Ticker => ({
    name,
    everyMs,
    run: () => run().then(() => undefined),
  });
  return [
    tick('sensing-wishes', 1000, jobs.fulfilWishes),
    tick('sensing-second-channel', 1000, jobs.ringSecondChannel),
    tick('sensing-silent', 5000, jobs.findSilent),
    tick('sensing-hold-off', 1000, jobs.judgeHoldOffs),
    tick('sensing-areas', 5000, jobs.followAreas),
    tick('sensing-mutes', 5000, jobs.endMutes),
  ];
}
