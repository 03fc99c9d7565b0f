import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sensingRoutes } from '#contract/sensing.ts';
import { ask } from '#web/app/ask.ts';
import { newOpId } from '#web/app/op-id.ts';
import { alarmKeys, type AlarmRow } from './queries.ts';
import { tellAnswered } from './watch.ts';

/** Answers of one key: nothing is asked. */
export type QuickVerb = 'acknowledge' | 'false' | 'raise';

const routes = {
  acknowledge: sensingRoutes.acknowledge,
  false: sensingRoutes.falseAlarm,
  raise: sensingRoutes.raise,
} as const;

/** One id per intention: the same key again after a lost answer repeats it, and the server answers as the first time. */
const opIds = new Map<string, string>();

async function once(verb: QuickVerb | 'link', id: string, run: (opId: string) => Promise<{ alarm: AlarmRow }>) {
  const intention = `${verb} ${id}`;
  const opId = opIds.get(intention) ?? newOpId();
  opIds.set(intention, opId);
  const { alarm } = await run(opId);
  opIds.delete(intention);
  return alarm;
}

/**
 * Answers all waiting alarms of one device by one key. Raising makes one event of the first; where the event is known at
 * once, the others are linked to it.
 */
export function useQuickAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ verb, ids }: { verb: QuickVerb; ids: readonly string[] }) => {
      const first = ids[0];
      if (first === undefined) return;
      const send = (id: string): Promise<AlarmRow> =>
        once(verb, id, (opId) => ask(routes[verb], { params: { id }, body: { opId } }));
      const answered = await send(first);
      tellAnswered(client, answered);
      for (const id of ids.slice(1)) {
        const { event } = answered;
        if (verb !== 'raise') tellAnswered(client, await send(id));
        else if (event !== null)
          tellAnswered(
            client,
            await once('link', id, (opId) =>
              ask(sensingRoutes.link, { params: { id }, body: { opId, eventId: event.id } }),
            ),
          );
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: alarmKeys.all }),
  });
}
