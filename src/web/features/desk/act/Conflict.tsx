import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { EventDetail } from '../queries.ts';

/** The lines of the timeline somebody had before their eyes. */
export type SeenLines = ReadonlySet<string>;
export const linesOf = (event: EventDetail): SeenLines => new Set(event.timeline.map((line) => line.id));

/** Somebody was faster: what happened since `seen`, and that the buttons now follow the new state. */
export function Conflict({ event, seen, kept = true }: { event: EventDetail; seen: SeenLines; kept?: boolean }) {
  const t = useText(deskEvent);
  const w = useText(words);
  const fresh = event.timeline.filter((line) => !seen.has(line.id));
  return (
    <div className="note note-bad" role="alert">
      <Icon name="warning" size={18} />
      <div>
        <p>
          <b>{t.act.conflict}</b> {t.act.conflictNow(w.status[event.status])}
        </p>
        <ul>
          {fresh.map((line) => (
            <li key={line.id}>
              {t.act.changedBy(t.timeline.by(line.actorUnit, line.actorName) || t.timeline.program, w.verb[line.verb])}
            </li>
          ))}
        </ul>
        <p className="quiet">{kept ? t.act.conflictHow : t.act.conflictButtons}</p>
      </div>
    </div>
  );
}
