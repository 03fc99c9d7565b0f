import { briefKinds, type BriefKind } from '#contract/briefs.ts';

/** What the address of the list says. */
export interface BriefsSearch {
  kind?: BriefKind;
  state?: 'draft' | 'issued';
}

/** Anything unknown is left out. */
export function parseBriefsSearch(search: Record<string, unknown>): BriefsSearch {
  const kind = briefKinds.find((one) => one === search['kind']);
  const state = (['draft', 'issued'] as const).find((one) => one === search['state']);
  return { ...(kind === undefined ? {} : { kind }), ...(state === undefined ? {} : { state }) };
}
