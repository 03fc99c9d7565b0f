import { Button } from 'antd';
import { useState } from 'react';
import { incidentRoutes } from '#contract/incidents.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { incidents } from '#web/i18n/incidents.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { LevelField } from './DeclareForm.tsx';
import { incidentKey, type IncidentView } from './queries.ts';

/** Another level, with the reason; what is not yet reported takes its limits. */
export function RegradeForm(props: { eventId: string; incident: IncidentView; onClose: () => void }) {
  const { eventId, incident, onClose } = props;
  const t = useText(incidents);
  const [level, setLevel] = useState(incident.level);
  const [reason, setReason] = useState('');
  const act = useAct(
    (body: { level: number; reason: string; version: number }, opId) =>
      ask(incidentRoutes.regrade, { params: { id: eventId }, body: { ...body, opId } }),
    { stale: [incidentKey(eventId)], onDone: onClose },
  );
  const ready = level !== incident.level && reason.trim() !== '';
  return (
    <form
      className="form"
      aria-label={t.actions.regrade}
      onSubmit={(pressed) => {
        pressed.preventDefault();
        if (ready) act.mutate({ level, reason: reason.trim(), version: incident.version });
      }}
    >
      <LevelField value={level} onChange={setLevel} />
      <label className="form-field">
        {t.regrade.reason}
        <textarea
          className="incident-input"
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <ProblemNote error={act.error} />
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" disabled={!ready} loading={act.isPending}>
          {t.regrade.save}
        </Button>
        <Button onClick={onClose}>{t.cancel}</Button>
      </div>
    </form>
  );
}
