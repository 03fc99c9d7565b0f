import { useState } from 'react';
import { peopleRoutes } from '#contract/identity.ts';
import { ask } from '#web/app/ask.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate } from '#web/i18n/format.ts';
import { Confirm } from '../shared/Confirm.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { TextField } from '../shared/Field.tsx';
import { Mark } from '../shared/Mark.tsx';
import { useName, useRoleName } from '../shared/names.ts';
import { useAct } from '../shared/use-act.ts';
import { AppointForm } from './AppointForm.tsx';
import { peopleKey, type Appointment, type Person } from './queries.ts';

/** Where this person works, as what, for which area, since when. */
export function Appointments({ person, mayEdit }: { person: Person; mayEdit: boolean }) {
  const t = useText(admin).appoint;
  const name = useName();
  const roleName = useRoleName();
  const [ending, setEnding] = useState<Appointment | null>(null);
  return (
    <section className="adm-sheet">
      <h2>{t.title}</h2>
      <DataTable
        label={t.title}
        rows={person.appointments}
        rowKey={(office) => office.id}
        empty={t.none}
        columns={[
          { head: t.role, cell: (office) => <strong>{roleName(office.role)}</strong> },
          {
            head: t.where,
            cell: (office) => (
              <>
                {name({ name: office.unitName, nameEn: office.unitNameEn })}
                {office.areaName !== null && <span className="adm-soft"> · {office.areaName}</span>}
              </>
            ),
          },
          {
            head: t.when,
            cell: (office) =>
              office.until === null
                ? t.since(formatDate(office.since))
                : t.fromTo(formatDate(office.since), formatDate(office.until)),
          },
          {
            head: t.state,
            cell: (office) => (
              <span className="adm-marks">
                <Mark tone={office.live ? 'good' : 'quiet'}>{office.live ? t.live : t.notLive}</Mark>
                <Mark tone="quiet">{office.isPrimary ? t.primary : t.secondary}</Mark>
                {mayEdit && office.live && (
                  <button type="button" className="adm-link" onClick={() => setEnding(office)}>
                    {t.end}
                  </button>
                )}
              </span>
            ),
          },
        ]}
      />
      {mayEdit && person.status === 'active' && <AppointForm personId={person.id} />}
      {ending !== null && <EndAppointment office={ending} onClose={() => setEnding(null)} />}
    </section>
  );
}

function EndAppointment({ office, onClose }: { office: Appointment; onClose: () => void }) {
  const t = useText(admin).appoint;
  const roleName = useRoleName();
  const [lastDay, setLastDay] = useState('');
  const act = useAct(
    (day: string) =>
      ask(peopleRoutes.endAppointment, { params: { id: office.id }, body: day === '' ? {} : { lastDay: day } }),
    { stale: [peopleKey], onDone: onClose },
  );
  return (
    <Confirm
      title={t.endTitle(roleName(office.role))}
      words={t.endWords}
      act={t.end}
      danger
      busy={act.isPending}
      error={act.error}
      onAct={() => act.mutate(lastDay)}
      onClose={onClose}
    >
      <TextField label={t.lastDay} hint={t.lastDayHint} type="date" value={lastDay} onChange={setLastDay} />
    </Confirm>
  );
}
