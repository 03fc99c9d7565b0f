import { useState } from 'react';
import { planningRoutes } from '#contract/planning.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { planning } from '#web/i18n/planning.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { planningKey, type Scenario } from '../queries.ts';

/** Not followed up, and why. */
export function SetAside({ scenario }: { scenario: Scenario }) {
  const t = useText(planning).aside;
  const [reason, setReason] = useState('');
  const { id, version } = scenario;
  const send = useAct(
    (words: string, opId) => ask(planningRoutes.setAside, { params: { id }, body: { opId, version, reason: words } }),
    { stale: [planningKey] },
  );
  return (
    <details className="planning-add planning-no-print">
      <summary>{t.title}</summary>
      <form
        className="planning-row"
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate(reason);
        }}
      >
        <label>
          {t.reason}
          <input
            required
            minLength={2}
            maxLength={500}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        <button type="submit" className="tool tool-framed" disabled={send.isPending || reason.trim().length < 2}>
          {t.send}
        </button>
      </form>
      <ProblemNote error={send.error} />
    </details>
  );
}
