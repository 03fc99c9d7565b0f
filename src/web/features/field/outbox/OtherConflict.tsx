import type { Command } from '#web/field/command.ts';
import { useHolder } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { formatTime } from '#web/i18n/format.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Again, Drop } from './choices.tsx';
import { useHidden } from './use-hidden.ts';

/** An act of another feature the server refused: what it was, why, and the way back to where it was done. */
export function OtherConflict({ command }: { command: Command }) {
  const t = useText(field);
  const errors = useText(words).errors;
  const { runner } = useHolder();
  const hidden = useHidden(runner, command);
  const { refusal, other } = command;
  return (
    <>
      <section className="card" aria-labelledby="did">
        <h2 id="did">{t.conflict.youDid}</h2>
        <p>
          <strong>{hidden?.title ?? t.outbox.hidden}</strong>
          <br />
          <span className="hint">
            {formatTime(command.madeAt)}
            {command.photos.length > 0 && ` · ${t.outbox.photos(command.photos.length)}`}
          </span>
        </p>
        {refusal !== null && (
          <p className="note note-error">
            <span>
              <strong>{t.conflict.why}</strong>
              <br />
              {errors[refusal.code]}
            </span>
          </p>
        )}
      </section>
      <section className="card" aria-labelledby="choices">
        <h2 id="choices">{t.conflict.choices}</h2>
        <div className="stack">
          {other !== undefined && (
            <Link to={other.page} className="button button-main button-wide">
              <Icon name="back" />
              <span>{t.conflict.back}</span>
            </Link>
          )}
          <Again command={command} />
          <Drop command={command} />
        </div>
      </section>
    </>
  );
}
