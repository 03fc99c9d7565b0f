import { useText } from '#web/i18n/area.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { Link } from '#web/ui/light/Link.tsx';
import { conflictPath, fieldPaths } from '../paths.ts';
import { useOutbox } from '#web/field/use-field.ts';

/** A task that is not on the phone: done here and not yet sent, done, or never this person's. */
export function Absent({ id }: { id: string }) {
  const t = useText(fieldDay).absent;
  const command = useOutbox().commands.find(({ about }) => about?.id === id);
  if (command === undefined) return <p className="note">{t.gone}</p>;
  return (
    <Link
      to={command.refusal === null ? fieldPaths.sent : conflictPath(command.opId)}
      className="note note-warn row-link"
    >
      <span>{command.refusal === null ? t.waiting : t.decide}</span>
    </Link>
  );
}
