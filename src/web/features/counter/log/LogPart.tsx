import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useHolder, useOnline, useOutbox } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { counter } from '#web/i18n/counter.ts';
import { formatTime } from '#web/i18n/format.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { counterApi, counterRoads, type ServiceRow } from '../counter-api.ts';
import { keepCorrection } from '../keep.ts';
import { useStanding } from '../use-counter.ts';
import { useNamed } from '#web/i18n/use-named.ts';

const shownRows = 100;

/** What was recorded here, newest first; what does not count can be said so, with a reason. */
export function LogPart() {
  const t = useText(counter);
  const { station } = useStanding();
  const outbox = useOutbox();
  const online = useOnline();
  const key = online ? `${station.id} ${outbox.receipts.length}` : null;
  const { value, error, reload } = useLoad(key, (signal) =>
    call(counterApi.list, { params: { id: station.id }, query: { limit: shownRows } }, { signal }),
  );
  const unsent = outbox.commands.filter(({ other }) => other?.kind.startsWith('service.') === true);
  return (
    <section className="card" aria-label={t.log}>
      <h2>{t.logHeading}</h2>
      {unsent.length > 0 && <p className="note note-warn">{t.logUnsent(unsent.length)}</p>}
      {!online && <p className="hint">{t.logOffline}</p>}
      {error !== undefined && <ErrorNote error={error} onRetry={reload} />}
      {value?.items.length === 0 && <p className="hint">{t.logNone}</p>}
      <ul className="plain-list">
        {(value?.items ?? []).map((row) => (
          <li key={row.id}>
            <Row row={row} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ row }: { row: ServiceRow }) {
  const t = useText(counter);
  const named = useNamed();
  const { words } = useStanding();
  const waiting = useOutbox().commands.some(({ path }) => path === counterRoads.correct(row.id));
  const kind = named(words.kinds.find(({ code }) => code === row.kind));
  const card = named(words.cards.find(({ code }) => code === row.aidCard));
  const gone = row.correction !== null || waiting;
  return (
    <div className={`counter-row${gone ? ' counter-row-gone' : ''}`} data-record={row.id}>
      <span>
        <strong>{t.recorded(card === '' ? kind : t.aidOf(card), row.persons)}</strong>
        {row.serious && <span className="tag tag-seal">{t.serious}</span>}
        <br />
        <span className="hint">
          {formatTime(row.at)}
          {row.visitor !== null && ` · ${t.visitor[row.visitor]}`}
          {row.note !== '' && ` · ${row.note}`}
        </span>
        {row.correction !== null && (
          <span className="hint">
            <br />
            <Icon name="cross" size={16} />{' '}
            {named(words.corrections.find(({ code }) => code === row.correction?.reason))}
          </span>
        )}
      </span>
      {!gone && <Correct row={row} title={t.recorded(kind, row.persons)} />}
    </div>
  );
}

function Correct({ row, title }: { row: ServiceRow; title: string }) {
  const t = useText(counter);
  const named = useNamed();
  const holder = useHolder();
  const { words } = useStanding();
  const [asking, setAsking] = useState(false);
  const say = async (reason: string): Promise<void> => {
    setAsking(false);
    await keepCorrection(holder, { recordId: row.id, title: t.undoOf(title), reason });
    toast(t.undone(title));
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t.correct}</Button>
      {asking && (
        <Sheet title={t.correctHeading(title)} onClose={() => setAsking(false)}>
          <div className="stack">
            <p className="hint">{t.correctHint}</p>
            {words.corrections
              .filter(({ code }) => code !== 'undo')
              .map((reason) => (
                <Button key={reason.code} wide onClick={() => void say(reason.code)}>
                  {named(reason)}
                </Button>
              ))}
          </div>
        </Sheet>
      )}
    </>
  );
}
