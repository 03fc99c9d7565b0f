import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { WrittenKind } from '#contract/incidents.ts';
import type { EventSectionProps } from '#web/app/desk-slots.ts';
import { useLiveChanges } from '#web/app/live-bus.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { incidents } from '#web/i18n/incidents.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { DeclareForm } from './DeclareForm.tsx';
import { Duties } from './Duties.tsx';
import { PhoneForm } from './PhoneForm.tsx';
import { incidentKey, incidentQuery, type IncidentView } from './queries.ts';
import { RegradeForm } from './RegradeForm.tsx';
import { ReportForm } from './ReportForm.tsx';
import { Reports } from './Reports.tsx';
import './incidents.css';

/** In the detail of an event: whether it is an incident, what must be reported by when, and what was. */
export function IncidentSection({ event }: EventSectionProps) {
  const t = useText(incidents);
  const client = useQueryClient();
  const { data } = useQuery(incidentQuery(event.id));
  const [declaring, setDeclaring] = useState(false);
  useLiveChanges((heard) => {
    if (heard === 'reset' || (heard.subjectType === 'incident' && heard.data['eventId'] === event.id))
      void client.invalidateQueries({ queryKey: incidentKey(event.id) });
  });
  if (data === undefined || (data.incident === null && !data.mayReport)) return null;
  return (
    <section className="part incident" aria-label={t.title}>
      <header>
        <h3>{t.title}</h3>
        {data.incident === null && !declaring && (
          <button type="button" className="link-button" onClick={() => setDeclaring(true)}>
            {t.declare}
          </button>
        )}
      </header>
      {data.incident === null ? (
        declaring && <DeclareForm eventId={event.id} onClose={() => setDeclaring(false)} />
      ) : (
        <Declared eventId={event.id} incident={data.incident} mayReport={data.mayReport} />
      )}
    </section>
  );
}

type Doing = 'phone' | 'regrade' | WrittenKind | null;

function Declared(props: { eventId: string; incident: IncidentView; mayReport: boolean }) {
  const { eventId, incident, mayReport } = props;
  const t = useText(incidents);
  const lang = languageChoice.use();
  const [doing, setDoing] = useState<Doing>(null);
  const close = (): void => setDoing(null);
  return (
    <>
      <p className="incident-level">
        <b className={`incident-mark incident-mark-${incident.level}`}>{t.levels[incident.level]}</b>{' '}
        <small>{t.since(formatTime(incident.knownAt, lang))}</small>
      </p>
      <Duties incident={incident} />
      {mayReport && incident.finalAt === null && doing === null && (
        <div className="form-buttons">
          {possible(incident).map((one, at) => (
            <Button key={one} type={at === 0 ? 'primary' : 'default'} onClick={() => setDoing(one)}>
              {t.actions[one]}
            </Button>
          ))}
        </div>
      )}
      {doing === 'phone' && <PhoneForm eventId={eventId} incident={incident} onClose={close} />}
      {doing === 'regrade' && <RegradeForm eventId={eventId} incident={incident} onClose={close} />}
      {doing !== null && doing !== 'phone' && doing !== 'regrade' && (
        <ReportForm key={doing} eventId={eventId} incident={incident} kind={doing} onClose={close} />
      )}
      <Reports eventId={eventId} incident={incident} />
    </>
  );
}

/** What can be reported now, the most urgent first. */
function possible({ duties }: IncidentView): Exclude<Doing, null>[] {
  const open = (kind: string): boolean => duties.some((duty) => duty.kind === kind && duty.doneAt === null);
  const written: WrittenKind[] = open('first') ? ['first'] : ['continued', 'final'];
  return [...(open('phone') ? (['phone'] as const) : []), ...written, 'regrade'];
}
