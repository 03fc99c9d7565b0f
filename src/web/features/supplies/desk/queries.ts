import { queryOptions } from '@tanstack/react-query';
import type { ClientOutput } from '#contract/route.ts';
import { partnerRoutes } from '#contract/partners.ts';
import { supplyRoutes } from '#contract/supplies.ts';
import { ask } from '#web/app/ask.ts';

/** All of it goes stale together: one act moves stock, tasks and lists. */
export const supplyKey = ['supplies'] as const;

export type Attention = ClientOutput<typeof supplyRoutes.attention>['items'][number];
export type Receipt = ClientOutput<typeof supplyRoutes.receipts>['items'][number];
export type Movement = ClientOutput<typeof supplyRoutes.movements>['items'][number];
export type Thing = ClientOutput<typeof supplyRoutes.things>['items'][number];

export const itemsQuery = queryOptions({
  queryKey: ['supply-items'],
  queryFn: ({ signal }) => ask(supplyRoutes.items, {}, { signal }),
  staleTime: Infinity,
});
export const stockQuery = (id: string) =>
  queryOptions({
    queryKey: [...supplyKey, 'stock', id],
    queryFn: ({ signal }) => ask(supplyRoutes.stock, { params: { id } }, { signal }),
    refetchInterval: 60_000,
  });
export const loansQuery = (id: string) =>
  queryOptions({
    queryKey: [...supplyKey, 'loans', id],
    queryFn: ({ signal }) => ask(supplyRoutes.loans, { params: { id }, query: {} }, { signal }),
    refetchInterval: 60_000,
  });
export const thingsQuery = (id: string) =>
  queryOptions({
    queryKey: [...supplyKey, 'things', id],
    queryFn: ({ signal }) => ask(supplyRoutes.things, { params: { id } }, { signal }),
  });
export const receiptsQuery = (id: string) =>
  queryOptions({
    queryKey: [...supplyKey, 'receipts', id],
    queryFn: ({ signal }) => ask(supplyRoutes.receipts, { params: { id }, query: {} }, { signal }),
  });
export const movementsQuery = (id: string) =>
  queryOptions({
    queryKey: [...supplyKey, 'movements', id],
    queryFn: ({ signal }) => ask(supplyRoutes.movements, { params: { id }, query: {} }, { signal }),
  });
export const attentionQuery = queryOptions({
  queryKey: [...supplyKey, 'attention'],
  queryFn: ({ signal }) => ask(supplyRoutes.attention, {}, { signal }),
  refetchInterval: 300_000,
});
export const lotsQuery = (item: string, number: string) =>
  queryOptions({
    queryKey: [...supplyKey, 'lots', item, number],
    queryFn: ({ signal }) => ask(supplyRoutes.lots, { query: { item, number } }, { signal }),
    enabled: number !== '' && item !== '',
  });
/** Who may have given something here, and what they promised. */
export const giversQuery = (stationId: string) =>
  queryOptions({
    queryKey: ['supply-givers', stationId],
    queryFn: ({ signal }) => ask(partnerRoutes.atStation, { params: { stationId } }, { signal }),
  });
