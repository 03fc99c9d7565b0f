import { Button } from 'antd';
import { useState } from 'react';
import { eventRoutes } from '#contract/events.ts';
import { ask } from '#web/app/ask.ts';
import { useNow } from '#web/app/now.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { LineField, LittleForm, WordsField } from '../parts/Fields.tsx';
import { fromClock, toClock } from '../parts/clock-text.ts';
import { eventsKey } from '../queries.ts';

const quickNumbers = ['119', '110', '120'] as const;

export interface CallFormProps {
  eventId: string;
  /** The number a step of the plan names; null: none yet. */
  start: { number: string; name: string } | null;
  onClose: () => void;
}

/** Records a call: which number, when by the 24-hour clock, the incident number given there. */
export function CallForm({ eventId, start, onClose }: CallFormProps) {
  const t = useText(operations).compose;
  const [number, setNumber] = useState(start?.number ?? '');
  // Local time as typed; today is meant, or yesterday when that would lie ahead.
  const [clock, setClock] = useState(() => toClock(Date.now()));
  const [incident, setIncident] = useState('');
  const [note, setNote] = useState(start?.name ?? '');
  const act = useAct(
    (body: { number: string; calledAt: string; incidentNumber: string; note: string }, opId) =>
      ask(eventRoutes.recordCall, { params: { id: eventId }, body: { opId, ...body } }),
    { stale: [eventsKey], onDone: onClose },
  );
  const calledAt = fromClock(clock, useNow());
  const ready = /^[0-9+\- ]{2,20}$/.test(number) && calledAt !== undefined;
  const send = (): void => {
    if (ready) act.mutate({ number, calledAt, incidentNumber: incident.trim(), note: note.trim() });
  };
  return (
    <LittleForm label={t.call} onSend={send} onClose={onClose}>
      <div className="room-buttons">
        {quickNumbers.map((one) => (
          <button
            key={one}
            type="button"
            className="room-button room-button-grave"
            aria-pressed={number === one}
            aria-label={t.quick(one)}
            onClick={() => {
              setNumber(one);
              setClock(toClock(Date.now()));
            }}
          >
            {one}
          </button>
        ))}
      </div>
      <div className="room-row">
        <LineField label={t.number} type="tel" max={20} value={number} onChange={setNumber} />
        <LineField
          label={t.at}
          max={5}
          value={clock}
          error={calledAt === undefined ? t.atWrong : undefined}
          onChange={setClock}
        />
        <LineField label={t.incident} max={50} value={incident} onChange={setIncident} />
      </div>
      <WordsField label={t.note} rows={1} value={note} onChange={setNote} />
      <ProblemNote error={act.error} />
      <div className="room-buttons">
        <Button type="primary" htmlType="submit" disabled={!ready} loading={act.isPending}>
          {t.save}
        </Button>
        <Button onClick={onClose}>{t.close}</Button>
      </div>
    </LittleForm>
  );
}
