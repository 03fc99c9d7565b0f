import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { partnerRoutes } from '#contract/partners.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import type { PartnerSearch } from './search.ts';

export type PartnerRow = ClientOutput<typeof partnerRoutes.list>['items'][number];
export type PartnerDetail = ClientOutput<typeof partnerRoutes.get>;
export type Agreement = PartnerDetail['agreements'][number];
export type Pledge = PartnerDetail['pledgeList'][number];
export type Rating = PartnerDetail['ratings'][number];
export type Delivery = ClientOutput<typeof partnerRoutes.deliveries>['items'][number];
export type AtStation = ClientOutput<typeof partnerRoutes.atStation>;
export type StationPartner = AtStation['items'][number];

/** Everything of partners goes stale together: one act touches list, detail and station. */
export const partnersKey = ['partners'] as const;

export const wordsQuery = queryOptions({
  queryKey: ['partner-words'],
  queryFn: ({ signal }) => ask(partnerRoutes.words, {}, { signal }),
  staleTime: 600_000,
});
export const listQuery = ({ state, kind, station, q }: PartnerSearch) =>
  queryOptions({
    queryKey: [...partnersKey, 'list', state, kind, station, q],
    queryFn: ({ signal }) => ask(partnerRoutes.list, { query: { state, kind, station, q } }, { signal }),
    placeholderData: keepPreviousData,
  });
export const partnerQuery = (id: string) =>
  queryOptions({
    queryKey: [...partnersKey, 'one', id],
    queryFn: ({ signal }) => ask(partnerRoutes.get, { params: { id } }, { signal }),
  });
export const periodsQuery = (id: string, pledgeId: string) =>
  queryOptions({
    queryKey: [...partnersKey, 'pledge', id, pledgeId],
    queryFn: ({ signal }) => ask(partnerRoutes.periods, { params: { id, pledgeId } }, { signal }),
  });
export const deliveriesQuery = (partner: string) =>
  queryOptions({
    queryKey: [...partnersKey, 'deliveries', partner],
    queryFn: ({ signal }) => ask(partnerRoutes.deliveries, { query: { partner, limit: 30 } }, { signal }),
  });
export const atStationQuery = (stationId: string) =>
  queryOptions({
    queryKey: [...partnersKey, 'station', stationId],
    queryFn: ({ signal }) => ask(partnerRoutes.atStation, { params: { stationId } }, { signal }),
  });
export const todayQuery = queryOptions({
  queryKey: [...partnersKey, 'today'],
  queryFn: ({ signal }) => ask(partnerRoutes.today, {}, { signal }),
});
