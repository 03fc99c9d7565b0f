import { isAtLeast } from './rules-colour.ts';
import type { StoredWarning } from './store.ts';
import type { Effect } from './store-effect.ts';

/**
 * The effects that should be on because of a warning as it now is: only a real one (Actual), only while active, only
 * with a colour, only over ground of ours.
 */
export function effectsWanted(
  warning: Pick<StoredWarning, 'status' | 'state' | 'outside' | 'areas' | 'kind' | 'colour'>,
  effects: readonly Effect[],
): Effect[] {
  const { colour, kind } = warning;
  if (warning.status !== 'Actual' || warning.state !== 'active') return [];
  if (warning.outside || warning.areas.length === 0 || colour === null) return [];
  return effects.filter(
    (effect) =>
      effect.enabled && (effect.kind === '*' || effect.kind === kind) && isAtLeast(colour, effect.leastColour),
  );
}
