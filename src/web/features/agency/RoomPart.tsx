import { useState } from 'react';
import { agency } from '#web/i18n/agency.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { TaskMark } from '#web/ui/TaskMark.tsx';
import type { TaskView } from './use-task.ts';

/** What the others say and how far they are. */
export function RoomPart({ task, secret }: { task: TaskView; secret: string }) {
  const t = useText(agency);
  const chinese = languageChoice.use() === 'zh';
  const [shown, setShown] = useState<string | null>(null);
  const name = (one: { name: string; nameEn: string }): string =>
    chinese || one.nameEn === '' ? one.name : one.nameEn;
  return (
    <>
      <section className="part" aria-label={t.room}>
        <h2 className="part-title">{t.room}</h2>
        {task.messages.length === 0 && <p className="field-hint">{t.none}</p>}
        <ol className="task-messages">
          {task.messages.toReversed().map((one) => (
            <li key={one.id} className={one.own ? 'task-own' : undefined}>
              <p className="task-said-by">
                <strong>{one.own ? t.own : one.unit === null ? '' : name(one.unit)}</strong>
                <time dateTime={one.at}>{formatTime(one.at)}</time>
              </p>
              {t.kinds[one.kind] !== '' && <p>{t.kinds[one.kind]}</p>}
              {one.words !== '' && <p className="said">{one.words}</p>}
              {one.attachments.length > 0 && (
                <div className="photo-row">
                  {one.attachments.map((id, n) => (
                    <button
                      key={id}
                      type="button"
                      className="photo-tile"
                      aria-label={t.photo(n + 1)}
                      onClick={() => setShown(id)}
                    >
                      <img src={photoAddress(secret, id, 'thumb')} alt="" loading="lazy" />
                    </button>
                  ))}
                </div>
              )}
            </li>
          ))}
        </ol>
      </section>
      <section className="part" aria-label={t.others}>
        <h2 className="part-title">{t.others}</h2>
        <ul className="task-others">
          {task.others.map((one) => (
            <li key={one.unit.id}>
              <span>{name(one.unit)}</span>
              <TaskMark status={one.status} />
            </li>
          ))}
        </ul>
      </section>
      {shown !== null && (
        <Sheet title={t.photo(1)} onClose={() => setShown(null)} tall>
          <img className="photo-large" src={photoAddress(secret, shown, 'full')} alt={t.photo(1)} />
        </Sheet>
      )}
    </>
  );
}

function photoAddress(secret: string, id: string, size: 'full' | 'thumb'): string {
  return `/api/public/tasks/${encodeURIComponent(secret)}/photos/${encodeURIComponent(id)}?size=${size}`;
}
