import { systemScope } from '#server/db/scope.ts';
import { takeAlert, type Delivery } from './alerts.ts';
import { sensingHandlers } from './handlers.ts';
import { followDevices } from './follow.ts';
import { judgeHoldOffs } from './hold-off.ts';
import { createIntake, type Intake } from './intake.ts';
import type { Kit, SensingDeps } from './kit.ts';
import { keepRules } from './rulebook.ts';
import { judgeSeasons } from './season.ts';
import { dropOld, makePartitions } from './store-intake.ts';
import { endMutes, findSilent, ringSecondChannel } from './watch.ts';
import { fulfilWishes } from './wishes.ts';

export interface Sensing {
  handlers: ReturnType<typeof sensingHandlers>;
  /** Where the broker hands over what devices say. */
  intake: Intake;
  /** A signed alert of a third party. */
  takeAlert(delivery: Delivery): ReturnType<typeof takeAlert>;
  jobs: {
    /** Every second: alarms that shall become events. Answers how many were tried. */
    fulfilWishes(limit?: number): Promise<number>;
    /** Every second: cries for help nobody acknowledged within 30 s. */
    ringSecondChannel(limit?: number): Promise<number>;
    /** Every few seconds: devices whose heartbeat failed. */
    findSilent(limit?: number): Promise<number>;
    /** Every second: limits passed once, whose hold-off went by in silence. */
    judgeHoldOffs(limit?: number): Promise<number>;
    /** Every few seconds: devices whose mute is over. */
    endMutes(limit?: number): Promise<number>;
    /** Every few seconds: devices follow the areas after a split or merge. Answers how many moved. */
    followAreas(): Promise<number>;
    /** Hourly: what is unusual for its hour of the week. Answers how many devices were judged. */
    judgeSeasons(): Promise<number>;
    /** Daily: months of readings ahead. */
    makePartitions(): Promise<number>;
    /** Daily: forgets what is older than it is kept. */
    forget(): Promise<{ months: string[] }>;
  };
  /** Waits for what was woken and not finished. */
  settle(): Promise<void>;
}

const usualKeepDays = 400;
const monthsAhead = 3;
const dayMs = 86_400_000;
const dropAtOnce = 20_000;

/** Builds the module: readings, thresholds, alarms. Call `seedThresholds` before the first message. */
export function createSensing(deps: SensingDeps): Sensing {
  const startedMs = deps.clock.now();
  let working: Promise<unknown> = Promise.resolve();
  const kit: Kit = {
    ...deps,
    rules: keepRules(deps.database, deps.clock),
    wake() {
      working = working.then(() => fulfilWishes(kit)).catch((error: unknown) => kit.report?.('sensing.wishes', error));
    },
  };
  const jobs: Sensing['jobs'] = {
    fulfilWishes: (limit) => fulfilWishes(kit, limit),
    ringSecondChannel: (limit) => ringSecondChannel(kit, limit),
    findSilent: (limit) => findSilent(kit, startedMs, limit),
    judgeHoldOffs: (limit) => judgeHoldOffs(kit, limit),
    endMutes: (limit) => endMutes(kit, limit),
    followAreas: followDevices(kit),
    judgeSeasons: () => judgeSeasons(kit),
    makePartitions: () => kit.database.inTx(systemScope, (tx) => makePartitions(tx, kit.clock.now(), monthsAhead)),
    forget: () => forget(kit),
  };
  return {
    handlers: sensingHandlers(kit),
    intake: createIntake(kit),
    takeAlert: (delivery) => takeAlert(kit, delivery),
    jobs,
    settle: () => working.then(() => undefined),
  };
}

/** In steps short enough not to hold anybody up. */
async function forget(kit: Kit): Promise<{ months: string[] }> {
  const beforeMs = kit.clock.now() - (kit.keepDays ?? usualKeepDays) * dayMs;
  const months: string[] = [];
  for (let rows = dropAtOnce; rows === dropAtOnce;) {
    const gone = await kit.database.inTx(systemScope, (tx) => dropOld(tx, beforeMs, dropAtOnce));
    months.push(...gone.months);
    rows = gone.rows;
  }
  return { months };
}
