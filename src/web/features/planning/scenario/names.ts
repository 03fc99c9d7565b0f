import type { Scenario } from '../queries.ts';

export type Answer = NonNullable<Scenario['answer']>;

/** Places by their keys, in the order of the question. */
export const namesOf = ({ candidates }: Pick<Scenario, 'candidates'>, keys: readonly string[], sep: string): string =>
  candidates.flatMap(({ key, name }) => (keys.includes(key) ? [name] : [])).join(sep);
