/** What will happen to one event: decided when it begins, so that a year has its share of everything. */
import { pickOne, type Rng } from '#kit/random.ts';

export interface Fate {
  /** A desk notes that it has received it before anybody goes there. */
  received: boolean;
  /** Nothing is found on site, and it is declined. */
  unfounded: boolean;
  /** Given to the wrong unit first, this many times. */
  misdirected: number;
  /** The unit finds it beyond its tier and sends it up. */
  beyond: boolean;
  /** The street sends it up, although the library leaves it to the street. */
  raised: boolean;
  /** Other units help. */
  assisted: boolean;
  /** The check fails once. */
  reworked: boolean;
  /** The reporter comes back within 15 days. */
  reopened: boolean;
  shelved: boolean;
  extended: boolean;
  urged: boolean;
  supervised: boolean;
  /** Stars, or null when the reporter says nothing. */
  rating: number | null;
  /** Used share of each limit, around this; above 1 is late. */
  pace: number;
  /** Every step within minutes, at any hour: for matters on which the demo opens. */
  quick: boolean;
}

const ratings = [5, 5, 5, 5, 5, 5, 4, 4, 4, 3, 3, 2, 1] as const;

export function drawFate(rng: Rng, byResident: boolean): Fate {
  const chance = (share: number) => rng() < share;
  return {
    received: chance(0.35),
    unfounded: byResident && chance(0.06),
    misdirected: chance(0.05) ? (chance(0.2) ? 2 : 1) : 0,
    beyond: chance(0.012),
    raised: chance(0.008),
    assisted: chance(0.18),
    reworked: chance(0.035),
    reopened: byResident && chance(0.02),
    shelved: chance(0.012),
    extended: chance(0.02),
    urged: byResident && chance(0.06),
    supervised: chance(0.02),
    rating: byResident && chance(0.45) ? pickOne(rng, ratings) : null,
    pace: 0.18 + rng() * 0.27,
    quick: false,
  };
}

/** All goes well, and at once. */
export const smooth: Fate = {
  received: false,
  unfounded: false,
  misdirected: 0,
  beyond: false,
  raised: false,
  assisted: false,
  reworked: false,
  reopened: false,
  shelved: false,
  extended: false,
  urged: false,
  supervised: false,
  rating: null,
  pace: 0.3,
  quick: true,
};
