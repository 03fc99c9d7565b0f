import { briefKinds, type BriefKind } from '#contract/briefs.ts';
import { isUuid } from '#kit/ids.ts';

/** What the address of the list says. */
export interface BriefsSearch {
  kind?: BriefKind;
  state?: 'draft' | 'issued';
  /** Of a hot issue: the form of a special brief about it is open. */
  issue?: string;
}

/** Anything unknown is left out. */
export function parseBriefsSearch(search: Record<string, unknown>): BriefsSearch {
  const kind = briefKinds.find((one) => one === search['kind']);
  const state = (['draft', 'issued'] as const).find((one) => one === search['state']);
  const issue = typeof search['issue'] === 'string' && isUuid(search['issue']) ? search['issue'] : undefined;
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(state === undefined ? {} : { state }),
    ...(issue === undefined ? {} : { issue }),
  };
}
