import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { volunteersPublic } from '#web/i18n/volunteers-public.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import { volunteerApi, type OwnRecord } from './api.ts';
import type { OwnProps } from './OwnPage.tsx';
import { postName, spanWords } from './times.ts';
import { useSend } from '#web/app/use-send.ts';

/** Each time, as the head recorded it; what is wrong can be said. */
export function RecordsPart({ page, secret, onDone }: OwnProps) {
  const t = useText(volunteersPublic).own;
  if (page.records.length === 0) return null;
  return (
    <section className="part" aria-label={t.records}>
      <h2 className="part-title">{t.records}</h2>
      <ul className="volunteer-list">
        {page.records.map((one) => (
          <RecordRow key={one.id} one={one} page={page} secret={secret} onDone={onDone} />
        ))}
      </ul>
    </section>
  );
}

function RecordRow({ one, page, secret, onDone }: OwnProps & { one: OwnRecord }) {
  const t = useText(volunteersPublic).own;
  const lang = languageChoice.use();
  const { presence, minutes, late, early } = one.attendance;
  const facts = [
    t.state[presence ?? 'waiting'],
    ...(minutes === null ? [] : [t.stretch(formatNumber(minutes))]),
    ...(presence === 'came' && late ? [t.late] : []),
    ...(presence === 'came' && early ? [t.early] : []),
  ];
  return (
    <li className="volunteer-block">
      <strong>{spanWords(lang, one)}</strong>
      <p className="volunteer-soft">
        {postName(lang, page.posts, one.post)} · {one.stationName} · {facts.join(' · ')}
      </p>
      {one.corrected !== null && <p className="volunteer-soft">{t.corrected(one.corrected)}</p>}
      {one.request?.state === 'asked' && <p role="status">{t.asked(formatDate(one.request.dueDay))}</p>}
      {one.request !== null && one.request.state !== 'asked' && <p>{t.answered(one.request.answer)}</p>}
      {one.request?.state !== 'asked' && <Wrong id={one.id} secret={secret} onDone={onDone} />}
    </li>
  );
}

function Wrong({ id, secret, onDone }: { id: string; secret: string; onDone: () => void }) {
  const t = useText(volunteersPublic).own;
  const [said, setSaid] = useState<string | null>(null);
  const { busy, error, send } = useSend(onDone);
  if (said === null)
    return (
      <button type="button" className="volunteer-words" onClick={() => setSaid('')}>
        {t.wrong}
      </button>
    );
  const params = { secret, id };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send(said, (opId) => call(volunteerApi.request, { params, body: { opId, said } }));
      }}
    >
      <TextArea label={t.wrongSay} value={said} rows={2} maxLength={300} left={t.charsLeft} onChange={setSaid} />
      {error !== undefined && <ErrorNote error={error} />}
      <Button type="submit" busy={busy !== ''} disabled={said.trim().length < 2}>
        {t.send}
      </Button>
    </form>
  );
}
