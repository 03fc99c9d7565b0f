import { useState } from 'react';
import { planningRoutes } from '#contract/planning.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { planning } from '#web/i18n/planning.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { planningKey, type Project } from '../queries.ts';

/** Given up, and why. */
export function StopForm({ project, onClose }: { project: Project; onClose: () => void }) {
  const p = useText(planning).project;
  const [reason, setReason] = useState('');
  const { id, version } = project;
  const send = useAct(
    (words: string, opId) => ask(planningRoutes.stop, { params: { id }, body: { opId, version, reason: words } }),
    { stale: [planningKey], onDone: onClose },
  );
  return (
    <FormFrame
      title={p.stopTitle}
      send={p.stop}
      danger
      busy={send.isPending}
      error={send.error}
      ready={reason.trim().length > 1}
      area="planning-sheet"
      onSend={() => send.mutate(reason)}
      onClose={onClose}
    >
      <p>{p.stopLead}</p>
      <label>
        {p.reason}
        <textarea required rows={3} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
      </label>
    </FormFrame>
  );
}
