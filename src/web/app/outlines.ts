import { queryOptions } from '@tanstack/react-query';
import { gridsDocuments } from '#contract/grids.ts';
import type { Tier } from '#kit/tiers.ts';
import { ask } from './ask.ts';

/** Outlines of one tier, wholly: the demo's and a district's fit easily; the browser keeps them by their ETag. */
export function outlinesQuery(tier: Tier) {
  return queryOptions({
    queryKey: ['outlines', tier],
    queryFn: ({ signal }) => ask(gridsDocuments.outlines, { query: { tier } }, { signal }),
    staleTime: 86_400_000,
  });
}
