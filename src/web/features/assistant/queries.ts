import { queryOptions, useQuery } from '@tanstack/react-query';
import { assistantRoutes, type AssistantKind, type Draft } from '#contract/assistant.ts';
import { ask } from '#web/app/ask.ts';
import { may, useMe } from '#web/app/me.ts';

export type EventKind = Exclude<AssistantKind, 'brief'>;
export type { Draft };

export const assistantKey = ['assistant'];

/** Asked once in a visit: whether it is on does not change while the program runs. */
export const stateQuery = queryOptions({
  queryKey: [...assistantKey, 'state'],
  queryFn: ({ signal }) => ask(assistantRoutes.state, {}, { signal }),
  staleTime: Infinity,
});

export const usesQuery = (eventId: string) =>
  queryOptions({
    queryKey: [...assistantKey, 'uses', eventId],
    queryFn: ({ signal }) => ask(assistantRoutes.eventUses, { params: { id: eventId } }, { signal }),
  });

/** Whether anything of the assistant is shown to this reader. */
export function useAssistantOn(): boolean {
  const allowed = may(useMe(), 'assistant.use');
  return useQuery({ ...stateQuery, enabled: allowed }).data?.on === true;
}
