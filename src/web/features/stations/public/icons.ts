import type { IconName } from '#web/ui/icons/drawings.ts';
import { isIconName } from '#web/ui/icons/Icon.tsx';

/** The drawing a dictionary names; a plain one where it names none of ours. */
export function iconOf(name: string): IconName {
  return isIconName(name) ? name : 'other';
}
