import { queryOptions } from '@tanstack/react-query';
import { libraryRoutes } from '#contract/library.ts';
import { ask } from '#web/app/ask.ts';

export const libraryKey = ['library'];
export const calendarKey = ['calendar'];

export const libraryQuery = queryOptions({
  queryKey: libraryKey,
  queryFn: ({ signal }) => ask(libraryRoutes.list, {}, { signal }),
});

export const calendarQuery = queryOptions({
  queryKey: calendarKey,
  queryFn: ({ signal }) => ask(libraryRoutes.calendar, {}, { signal }),
});
