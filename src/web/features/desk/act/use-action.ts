import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { ask } from '#web/app/ask.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { words } from '#web/i18n/words.ts';
import { eventKeys, type EventDetail } from '../queries.ts';
import type { Draft } from './draft.ts';
import { actionSpecs, type AllowedAction } from './specs.ts';
import { toBody } from './values.ts';

export interface Sending {
  busy: boolean;
  error: unknown;
  /** What had happened when somebody else was faster: lines of the timeline since the version that was seen. */
  conflict: boolean;
  send: (draft: Draft, how?: { seenVersion?: number }) => Promise<boolean>;
  forget: () => void;
}

/** Sends one action on one event; afterwards everything that shows the event is read anew. `onConflict`: somebody was faster. */
export function useAction(event: EventDetail, action: AllowedAction, onConflict?: () => void): Sending {
  const client = useQueryClient();
  const { message } = App.useApp();
  const t = useText(deskEvent).act;
  const w = useText(words);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const send: Sending['send'] = async (draft, how = {}) => {
    const spec = actionSpecs[action.verb];
    if (spec === undefined || busy) return false;
    setBusy(true);
    setError(null);
    // The moment of a call is part of the intention: it is fixed in the draft so that a repetition says the same.
    const nowIso = draft.values.calledAt === '' ? new Date().toISOString() : draft.values.calledAt;
    if (spec.fields.includes('call')) draft.set({ calledAt: nowIso });
    const body = {
      ...toBody(spec, action, draft.values, nowIso),
      ...(spec.guarded === true ? { seenVersion: how.seenVersion ?? event.version } : {}),
    };
    try {
      const result = await ask(spec.route, {
        params: { id: event.id },
        body: { ...body, opId: draft.opIdFor(body) },
      } as never);
      draft.clear();
      void message.success(t.done(w.verb[action.verb]));
      optimist(client, event.id, result);
      return true;
    } catch (refusal) {
      setError(refusal);
      if (refusal instanceof ProblemError && refusal.status === 409) {
        onConflict?.();
        void client.invalidateQueries({ queryKey: eventKeys.detail(event.id) });
      }
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    error,
    conflict: error instanceof ProblemError && error.status === 409,
    send,
    forget: () => setError(null),
  };
}

/** Shows the new status at once; the whole truth follows with the refetch. */
function optimist(client: ReturnType<typeof useQueryClient>, id: string, result: unknown): void {
  const { status, version } = result as { status?: EventDetail['status']; version?: number };
  client.setQueryData(eventKeys.detail(id), (before: EventDetail | undefined) =>
    before === undefined || status === undefined || version === undefined ? before : { ...before, status, version },
  );
  void client.invalidateQueries({ queryKey: eventKeys.all });
}
