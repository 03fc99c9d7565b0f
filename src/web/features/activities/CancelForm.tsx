import { useState } from 'react';
import { activityRoutes } from '#contract/activities.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { activities } from '#web/i18n/activities.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { activitiesKey, type Activity } from './queries.ts';

/** It will not take place; everybody is told why. */
export function CancelForm({ activity, onDone }: { activity: Activity; onDone: () => void }) {
  const t = useText(activities);
  const [reason, setReason] = useState('');
  const send = useAct(
    (words: string, opId) =>
      ask(activityRoutes.cancel, {
        params: { id: activity.id },
        body: { opId, version: activity.version, reason: words },
      }),
    { stale: [activitiesKey], onDone },
  );
  return (
    <form
      className="activities-form"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate(reason.trim());
      }}
    >
      <label>
        {t.reason}
        <input
          required
          minLength={2}
          maxLength={200}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <ProblemNote error={send.error} />
      <p className="activities-tools">
        <button type="submit" className="tool tool-framed" disabled={send.isPending || reason.trim().length < 2}>
          {t.cancel}
        </button>
        <button type="button" className="tool" onClick={onDone}>
          {t.close}
        </button>
      </p>
    </form>
  );
}
