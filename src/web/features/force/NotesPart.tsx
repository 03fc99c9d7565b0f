import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { forceRoutes } from '#contract/force.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { formatTime } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Answer } from '#web/ui/Answer.tsx';
import { Line, Pick, toList } from './Parts.tsx';
import { forceKey, notesQuery, type Note } from './queries.ts';

/** What one shift tells the next, within one unit. */
export function NotesPart() {
  const t = useText(force).notes;
  return (
    <Answer query={useQuery(notesQuery)}>
      {({ items, units }) => (
        <>
          {units.length === 0 ? <p className="quiet">{t.noUnit}</p> : <WriteNote units={units} />}
          {items.length === 0 && <p className="quiet">{t.none}</p>}
          <ul className="force-people">
            {items.map((note) => (
              <NoteItem key={note.id} note={note} />
            ))}
          </ul>
        </>
      )}
    </Answer>
  );
}

function NoteItem({ note }: { note: Note }) {
  const t = useText(force);
  const act = useAct((id: string, opId) => ask(forceRoutes.readNote, { params: { id }, body: { opId } }), {
    stale: [forceKey],
  });
  return (
    <li className={note.read ? '' : 'force-unread'}>
      <div className="force-person">
        <b>{note.by}</b>
        <time className="quiet" dateTime={note.at}>
          {formatTime(note.at)}
        </time>
        <span className="quiet">{note.unitName}</span>
      </div>
      <p className="force-words">{note.words}</p>
      <div className="force-tools">
        {note.events.map(({ id, number }) => (
          <Go key={id} href={`/desk?event=${id}`}>
            {number}
          </Go>
        ))}
        <span className="quiet">
          {note.readBy.length === 0
            ? t.notes.unread
            : t.notes.readBy(note.readBy.map(({ name }) => name).join(t.comma))}
        </span>
        {!note.read && (
          <button
            type="button"
            className="tool tool-framed"
            disabled={act.isPending}
            onClick={() => act.mutate(note.id)}
          >
            {t.notes.read}
          </button>
        )}
      </div>
      <ProblemNote error={act.error} />
    </li>
  );
}

function WriteNote({ units }: { units: readonly { id: string; name: string }[] }) {
  const t = useText(force);
  const [unitId, setUnitId] = useState(units[0]?.id ?? '');
  const [words, setWords] = useState('');
  const [events, setEvents] = useState('');
  const act = useAct(
    (wish: { unitId: string; words: string; events: string[] }, opId) =>
      ask(forceRoutes.addNote, { body: { opId, ...wish } }),
    {
      stale: [forceKey],
      onDone: () => {
        setWords('');
        setEvents('');
      },
    },
  );
  return (
    <form
      className="force-form"
      aria-label={t.notes.write}
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ unitId, words, events: toList(events) });
      }}
    >
      <h2>{t.notes.write}</h2>
      {units.length > 1 && (
        <Pick
          label={t.notes.unit}
          value={unitId}
          choices={units.map(({ id, name }) => ({ value: id, words: name }))}
          onChange={setUnitId}
        />
      )}
      <label className="force-field">
        <span>{t.notes.words}</span>
        <textarea required rows={3} maxLength={2000} value={words} onChange={({ target }) => setWords(target.value)} />
      </label>
      <Line label={t.notes.events} value={events} onChange={setEvents} maxLength={400} />
      <ProblemNote error={act.error} />
      {act.data !== undefined && act.data.unknown.length > 0 && (
        <p role="status">{t.notes.unknown(act.data.unknown.join(t.comma))}</p>
      )}
      <button type="submit" className="tool tool-framed" disabled={act.isPending}>
        {t.notes.send}
      </button>
    </form>
  );
}
