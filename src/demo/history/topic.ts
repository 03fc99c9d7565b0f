/** What people of the demo town report, in their own words. */

export type Season = 'all' | 'hot' | 'rain' | 'cold';

export interface Topic {
  key: string;
  /** Name of its category in the level library. */
  category: string;
  /** How often, against the other topics. */
  weight: number;
  season: Season;
  /**
   * Title, description, and the category when it is not the topic's own. {p} place, {n} a small number, {f} a floor,
   * {w} a time of day, {d} a number of days.
   */
  said: readonly (readonly [title: string, description: string, category?: string])[];
  /** What the verifier finds: one for each thing said, or some that fit all. */
  found: readonly string[];
  /** What was done: likewise. */
  done: readonly string[];
}
