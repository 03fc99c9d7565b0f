import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { peopleRoutes } from '#contract/identity.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';

export type Person = ClientOutput<typeof peopleRoutes.person>;
export type Appointment = Person['appointments'][number];

export interface PeopleFilter {
  q?: string;
  area?: string;
  unit?: string;
  role?: string;
  status?: string;
}

export const peopleKey = ['people'];

export function peopleQuery(filter: PeopleFilter) {
  const { q, area: areaCode, unit: unitId, role } = filter;
  const status = filter.status === 'active' || filter.status === 'disabled' ? filter.status : undefined;
  return infiniteQueryOptions({
    queryKey: [...peopleKey, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      ask(
        peopleRoutes.people,
        { query: { q, areaCode, unitId, role, status, limit: 50, cursor: pageParam ?? undefined } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function personQuery(id: string) {
  return queryOptions({
    queryKey: [...peopleKey, 'one', id],
    queryFn: ({ signal }) => ask(peopleRoutes.person, { params: { id } }, { signal }),
  });
}
