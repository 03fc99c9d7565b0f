/** Keeps the demo town alive on a running server, through its public interface only. */
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom, type Rng } from '#kit/random.ts';
import { makeSpots } from '../history/places.ts';
import { demoPassword } from '../town/logins.ts';
import { makeTown } from '../town/make-town.ts';
import { Refused, signIn, visit, type Session } from './client.ts';
import { makeResidents } from './residents.ts';
import { makeWorkers } from './workers.ts';

export interface SimulateOptions {
  /** Address of the server, such as http://localhost:8141. */
  url: string;
  /** How much faster than life: 60 makes an hour of the town in a minute. */
  speed: number;
  seed: number;
  /** Real minutes; then it ends by itself. */
  minutes: number;
  /** Ends it early; what is under way is given up. */
  signal?: AbortSignal;
  print: (line: string) => void;
}

export interface Simulated {
  reports: number;
  acts: number;
  /** Answers other than 2xx: two hands at one event, and whatever is wrong. */
  refusals: number;
}

/** In an hour of the town: about 700 events a month, nine acts each, and residents who look at their receipts. */
const perHour = { reports: 1, acts: 10, looks: 4 };
/** Never more than so many requests' worth of turns in a second, whatever the speed. */
const mostPerSecond = 20;

/** @throws Error when the server does not answer, or has no demo */
export async function simulate(options: SimulateOptions): Promise<Simulated> {
  const counts: Simulated = { reports: 0, acts: 0, refusals: 0 };
  try {
    await goOn(options, await gather(options, counts), counts);
  } catch (error) {
    if (options.signal?.aborted !== true) throw error;
  }
  return counts;
}

/** One kind of thing that happens `each` hour of the town. */
interface Turn {
  each: number;
  run: () => Promise<string | undefined>;
  count: () => void;
}

/** Who lives and works there; people sign in when it is their turn for the first time. */
async function gather({ url, seed, signal }: SimulateOptions, counts: Simulated): Promise<{ turns: Turn[]; rng: Rng }> {
  const rng = seededRandom(seed);
  const town = makeTown();
  const sessions = new Map<string, Promise<Session>>();
  const sessionOf = (login: string) => {
    const known = sessions.get(login) ?? signIn(url, login, demoPassword, signal);
    sessions.set(login, known);
    known.catch(() => sessions.delete(login));
    return known;
  };
  const residents = await makeResidents(visit(url, signal), rng, makeSpots(town.geography));
  const workers = makeWorkers({ rng, people: town.people, overseer: await sessionOf('zhihui'), signIn: sessionOf });
  const turns = [
    { each: perHour.reports, run: () => residents.report(), count: () => counts.reports++ },
    { each: perHour.acts, run: () => workers.act(), count: () => counts.acts++ },
    { each: perHour.looks, run: () => residents.look(), count: () => counts.acts++ },
  ];
  return { turns, rng };
}

async function goOn(
  { speed, minutes, signal, print }: SimulateOptions,
  { turns, rng }: { turns: readonly Turn[]; rng: Rng },
  counts: Simulated,
): Promise<void> {
  const all = turns.reduce((sum, { each }) => sum + each, 0);
  const pauseMs = 1000 / Math.min((all * speed) / 3600, mostPerSecond);
  const untilMs = performance.now() + minutes * 60_000;
  while (performance.now() < untilMs && signal?.aborted !== true) {
    let rest = rng() * all;
    const turn = turns.find(({ each }) => (rest -= each) < 0);
    if (turn !== undefined && (await runTurn(turn.run, print, signal, counts))) turn.count();
    const waitMs = Math.min(pauseMs * (0.5 + rng()), Math.max(0, untilMs - performance.now()));
    await sleep(waitMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  }
}

/** True when something was done. Refusals are part of life and go on; a server that is gone ends it. */
async function runTurn(
  run: () => Promise<string | undefined>,
  print: (line: string) => void,
  signal: AbortSignal | undefined,
  counts: Simulated,
): Promise<boolean> {
  try {
    const line = await run();
    if (line !== undefined) print(line);
    return line !== undefined;
  } catch (error) {
    if (signal?.aborted === true) return false;
    if (!(error instanceof Refused)) throw error;
    counts.refusals++;
    print(`refused ${error.status} ${error.code}: ${error.message}`);
    return false;
  }
}
