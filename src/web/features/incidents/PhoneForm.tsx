import { Button } from 'antd';
import { useState } from 'react';
import { incidentRoutes, type PhoneFields } from '#contract/incidents.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { incidents } from '#web/i18n/incidents.ts';
import { fromLocal, toLocal } from '#web/i18n/local-time.ts';
import { MomentField } from '#web/ui/MomentField.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { incidentKey, type IncidentView } from './queries.ts';
import { useKeptDraft } from './kept-draft.ts';

/** Writes down the phone report: when, to whom, what was said. */
export function PhoneForm(props: { eventId: string; incident: IncidentView; onClose: () => void }) {
  const { eventId, incident, onClose } = props;
  const t = useText(incidents);
  const [start] = useState<PhoneFields>(() => ({
    at: fromLocal(toLocal(new Date().toISOString())),
    to: '',
    answeredBy: '',
    informed: '',
    summary: '',
  }));
  const draft = useKeptDraft<PhoneFields>(`incident.${eventId}.phone`, start);
  const act = useAct(
    (body: { fields: PhoneFields; version: number }, opId) =>
      ask(incidentRoutes.phone, { params: { id: eventId }, body: { ...body, opId } }),
    {
      stale: [incidentKey(eventId)],
      onDone: () => {
        draft.forget();
        onClose();
      },
    },
  );
  const { fields, set } = draft;
  const ready = fields.at !== '' && fields.to.trim() !== '' && fields.summary.trim() !== '';
  return (
    <form
      className="form"
      aria-label={t.actions.phone}
      onSubmit={(pressed) => {
        pressed.preventDefault();
        if (ready) act.mutate({ fields, version: incident.version });
      }}
    >
      <div className="form-two">
        <MomentField label={t.phone.at} value={fields.at} onChange={(at) => set({ at })} />
        <TextLine label={t.phone.to} value={fields.to} max={200} onChange={(to) => set({ to })} />
        <TextLine
          label={t.phone.answeredBy}
          value={fields.answeredBy}
          max={40}
          onChange={(answeredBy) => set({ answeredBy })}
        />
        <TextLine
          label={t.phone.informed}
          value={fields.informed}
          max={200}
          onChange={(informed) => set({ informed })}
        />
      </div>
      <label className="form-field">
        {t.phone.summary}
        <textarea
          className="incident-input"
          rows={3}
          required
          maxLength={1000}
          value={fields.summary}
          onChange={(event) => set({ summary: event.target.value })}
        />
      </label>
      <ProblemNote error={act.error} />
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" disabled={!ready} loading={act.isPending}>
          {t.phone.save}
        </Button>
        <Button onClick={onClose}>{t.cancel}</Button>
      </div>
    </form>
  );
}

export function TextLine(props: { label: string; value: string; max: number; onChange: (value: string) => void }) {
  return (
    <label className="form-field">
      {props.label}
      <input
        className="incident-input"
        value={props.value}
        maxLength={props.max}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </label>
  );
}
