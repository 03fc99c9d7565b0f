import { useNow } from '#web/app/now.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { incidents } from '#web/i18n/incidents.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { clockFace } from '#web/ui/clock-face.ts';
import { DueClock } from '#web/ui/DueClock.tsx';
import type { IncidentView } from './queries.ts';

/** What must be reported, how long is left, and what was reported in time. */
export function Duties({ incident }: { incident: IncidentView }) {
  const t = useText(incidents);
  const lang = languageChoice.use();
  const nowMs = useNow();
  if (incident.finalAt !== null) return <p className="quiet">{t.ended}</p>;
  return (
    <ul className="incident-duties">
      {incident.duties.map((duty) => {
        const face = clockFace({ ...duty, stoppedAt: duty.doneAt }, nowMs);
        return (
          <li key={duty.kind}>
            <b>{t.duty[duty.kind]}</b>
            {duty.doneAt !== null ? (
              <span className={`due due-${duty.late ? 'late' : 'stopped'}`}>
                {(duty.late ? t.tooLate : t.inTime)(formatTime(duty.doneAt, lang))}
              </span>
            ) : duty.dueAt === null ? (
              <span className="quiet">{t.noLimit}</span>
            ) : (
              <>
                <small>{t.dueAt(formatTime(duty.dueAt, lang))}</small>
                <DueClock face={face} dueAt={duty.dueAt} />
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
