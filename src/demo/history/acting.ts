/** What every turn in the life of an event uses: who acts, when, and how it is put. */
import { addTime } from '#engine/worktime/elapsed.ts';
import { pickOne, type Rng } from '#kit/random.ts';
import type { CommandBody } from '#server/modules/events/act.ts';
import type { ClockRow } from '#server/modules/events/worktime.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { Cast } from './cast.ts';
import type { Fate } from './fate.ts';
import { perform, type Doing, type MemoryCase, type World } from './perform.ts';
import type { Topic } from './topic.ts';
import { fill } from './words.ts';

export interface Life {
  world: World;
  cast: Cast;
  rng: Rng;
  live: MemoryCase;
  fate: Fate;
  topic: Topic;
  /** Photos are taken: what they show. Null in years before the demo keeps them. */
  scene: string | null;
  /** Lived so far, so that each turn of fate comes once. */
  done: Set<string>;
}

/** One next act, ready to be done. */
export interface Step {
  atMs: number;
  run: () => Promise<void>;
}

/** Puts an act at its time on the list. */
export function stepOf<B extends CommandBody>(life: Life, doing: Doing<B>): Step {
  return { atMs: doing.atMs, run: () => perform(life.world, life.live, doing) };
}

/** Once true, then false: a turn of fate that is taken. */
export function take(life: Life, turn: string, wanted: boolean): boolean {
  if (!wanted || life.done.has(turn)) return false;
  life.done.add(turn);
  return true;
}

/** When the next act of this step happens: after a share of its limit, sometimes more than the whole. */
export function afterLimit(life: Life, step: ClockRow['step'], taskId: string | null, part = 1): number {
  const { world, rng, live, fate } = life;
  const running = live.rows.clocks.filter((one) => one.taskId === taskId);
  const clock = running.find((one) => one.step === step) ?? running[0];
  const minutes = clock === undefined ? 30 : clock.kind === 'working_day' ? clock.amount * 420 : clock.amount;
  if (fate.quick) return live.lastMs + Math.round((2 + rng() * Math.min(14, minutes * 0.2)) * 60_000);
  const tail =
    rng() < 0.012 ? 1 + rng() * 0.7 : Math.min(0.78, fate.pace * Math.exp((rng() + rng() + rng() - 1.5) * 0.8));
  const kind = clock === undefined || clock.kind === 'continuous' ? 'continuous' : 'working_time';
  const wait = Math.max(Math.min(2 + rng() * 4, minutes * 0.5), minutes * tail * part);
  return Math.round(addTime(world.library.calendar, kind, live.lastMs, wait).at) + Math.floor(rng() * 45_000);
}

export function say(life: Life, words: readonly string[]): string {
  return fill(life.rng, pickOne(life.rng, words), life.live.rows.event.placeWords);
}

/** Somebody of the owning desk. */
export function deskActor(life: Life, act: 'intake' | 'dispatch' | 'coordinate', atMs: number): Actor | undefined {
  const { cast, rng, live } = life;
  const unit = life.world.territory.unit(live.rows.event.ownerUnitId);
  if (unit === undefined) return undefined;
  if (act === 'coordinate') return cast.find(rng, unit.id, ['duty_chief', 'commander'], atMs);
  if (unit.kind === 'committee') return cast.find(rng, unit.id, rng() < 0.6 ? ['clerk'] : ['secretary'], atMs);
  return cast.find(rng, unit.id, act === 'intake' ? ['intake_seat'] : ['dispatch_seat'], atMs);
}

/** An act of the owning desk, by whoever sits there. */
export function byDesk<B extends CommandBody>(
  life: Life,
  act: 'intake' | 'dispatch' | 'coordinate',
  atMs: number,
  make: (actor: Actor) => Doing<B>,
  roles?: readonly string[],
): Step | undefined {
  const actor =
    roles === undefined
      ? deskActor(life, act, atMs)
      : life.cast.find(life.rng, life.live.rows.event.ownerUnitId, roles, atMs);
  return actor === undefined ? undefined : stepOf(life, make(actor));
}
