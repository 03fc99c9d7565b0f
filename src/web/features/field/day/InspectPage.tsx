import { useState } from 'react';
import { goTo } from '#web/app/address.ts';
import { dayLists } from '#web/field/day-lists.ts';
import type { InspectionTask } from '#web/field/field-api.ts';
import { today } from '#web/field/field-app.ts';
import { emptyPack } from '#web/field/pack.ts';
import { useText } from '#web/i18n/area.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { field } from '#web/i18n/field.ts';
import { formatDate } from '#web/i18n/format.ts';
import { languageChoice, type Language } from '#web/i18n/language.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { BackLink } from '../parts/BackLink.tsx';
import { Camera } from '../parts/Camera.tsx';
import { remaining } from '../parts/limits.ts';
import { submit } from '../parts/submit.ts';
import { useCategories } from '../parts/use-categories.ts';
import { fieldPaths } from '../paths.ts';
import { sortToday, type WaitingInspection } from '../today/sorting.ts';
import { useHolder, useOutbox } from '#web/field/use-field.ts';
import { Absent } from './Absent.tsx';
import {
  emptyInspection,
  needOfInspection,
  tapped,
  toInspectionBody,
  type InspectDraft,
  type InspectNeed,
} from './inspect-draft.ts';
import { Raise } from './Raise.tsx';
import { suggestCategories } from './suggest.ts';
import { TaskPlace } from './TaskPlace.tsx';
import { useNamed } from './use-named.ts';
import { useSealedDraft } from './use-sealed-draft.ts';
import { emptyRaise } from './visit-draft.ts';

/** One risk point: everything is as it should be until a tile is tapped. */
export function InspectPage({ id }: { id: string }) {
  const t = useText(fieldDay);
  const day = today.use();
  const { commands } = useOutbox();
  const [nowMs] = useState(Date.now);
  const { waiting } = sortToday(emptyPack, day, commands, { here: null, show: 'rounds', nowMs });
  const item = waiting.find((one) => one.id === id);
  return (
    <>
      <BackLink to={fieldPaths.rounds} words={t.show.rounds} />
      {item?.kind === 'inspection' ? <Inspection item={item} nowMs={nowMs} /> : <Absent id={id} />}
    </>
  );
}

function Inspection({ item, nowMs }: { item: WaitingInspection; nowMs: number }) {
  const t = useText(fieldDay).inspect;
  const { task } = item;
  const language = languageChoice.use();
  const { account, runner } = useHolder();
  const kept = useSealedDraft(task.id, emptyInspection);
  const [need, setNeed] = useState<InspectNeed | null>(null);
  const [busy, setBusy] = useState(false);
  const draft = kept.value;
  if (draft === null) return <Skeleton lines={6} />;
  const send = async (): Promise<void> => {
    const missing = needOfInspection(draft);
    setNeed(missing);
    if (missing !== null || busy) return;
    setBusy(true);
    try {
      await submit(runner, {
        account: account.id,
        verb: 'inspection_record',
        about: { kind: 'inspection', id: task.id },
        eventId: null,
        title: task.name,
        seenStatus: null,
        seenVersion: task.version,
        body: { ...toInspectionBody(draft, task) },
        photos: draft.photos.map(({ kind, blob }) => ({ kind, blob })),
      });
      await kept.forget();
      goTo(fieldPaths.rounds);
    } finally {
      setBusy(false);
    }
  };
  // The report is written in the language its writer reads.
  const checklist = task.checklist.map((one) => ({ ...one, words: wordsIn(language, one) }));
  const fine = draft.bad.length === 0 && draft.raise === null && !draft.unreachable;
  return (
    <>
      <Head item={item} nowMs={nowMs} />
      {!draft.unreachable && (
        <Checklist
          task={task}
          bad={draft.bad}
          onChange={(bad) => kept.set(tapped(draft, bad, checklist, (names) => t.failed(names.join(t.semicolon))))}
        />
      )}
      <Details task={task} draft={draft} onChange={kept.set} />
      {need !== null && (
        <p className="field-error" role="alert">
          {t.need[need]}
        </p>
      )}
      <div className="send-bar">
        <Button onClick={() => kept.set({ unreachable: !draft.unreachable })}>
          {draft.unreachable ? t.reachable : t.unreachable}
        </Button>
        <Button kind="main" icon={fine ? 'check' : 'send'} busy={busy} onClick={() => void send()}>
          {fine ? t.allFine : draft.unreachable ? t.sendUnreachable : t.sendFinding}
        </Button>
      </div>
    </>
  );
}

function wordsIn(language: Language, { words, wordsEn }: InspectionTask['checklist'][number]): string {
  return language === 'en' && wordsEn !== '' ? wordsEn : words;
}

function Head({ item, nowMs }: { item: WaitingInspection; nowMs: number }) {
  const t = useText(fieldDay).inspect;
  const named = useNamed();
  const { kinds } = dayLists.use();
  const { task } = item;
  const left = remaining(task.dueAt, nowMs);
  return (
    <>
      <header className="event-head">
        <h1>{task.name}</h1>
        <p className="event-marks">
          <span className={`tag ${task.level === 1 ? 'tag-seal' : ''}`}>{t.level(task.level)}</span>
          <span className="tag">{named(kinds, task.kind)}</span>
          <span className={`left left-${left.tone}`}>
            <Icon name="clock" size={18} />
            {left.words}
          </span>
        </p>
        <p className="hint">
          {task.code} · {t.reason[task.reason]}
          {task.reasonWords === '' ? '' : ` · ${task.reasonWords}`}
        </p>
      </header>
      <section className="card" aria-label={task.placeWords}>
        {task.placeWords !== '' && (
          <p className="where-words">
            <Icon name="place" />
            {task.placeWords}
          </p>
        )}
        <TaskPlace item={item} />
        <p className="hint">
          {task.lastLook === null
            ? t.neverLooked
            : t.lastLook(formatDate(task.lastLook.at), t.result[task.lastLook.result])}
          {task.lastLook !== null && task.lastLook.note !== '' && ` · ${task.lastLook.note}`}
        </p>
      </section>
    </>
  );
}

function Checklist({
  task,
  bad,
  onChange,
}: {
  task: InspectionTask;
  bad: readonly string[];
  onChange: (bad: string[]) => void;
}) {
  const t = useText(fieldDay).inspect;
  const language = languageChoice.use();
  if (task.checklist.length === 0) return null;
  return (
    <fieldset className="bare stack">
      <legend className="field-label">{t.checklist}</legend>
      {task.checklist.map((item) => {
        const { code } = item;
        const wrong = bad.includes(code);
        return (
          <button
            key={code}
            type="button"
            className={`check-tile${wrong ? ' check-bad' : ''}`}
            aria-pressed={wrong}
            onClick={() => onChange(wrong ? bad.filter((one) => one !== code) : [...bad, code])}
          >
            <Icon name={wrong ? 'cross' : 'check'} size={28} />
            <span>{wordsIn(language, item)}</span>
            <small>{wrong ? t.bad : t.fine}</small>
          </button>
        );
      })}
    </fieldset>
  );
}

interface DetailsProps {
  task: InspectionTask;
  draft: InspectDraft;
  onChange: (part: Partial<InspectDraft>) => void;
}

/** Picture and words; what is to be mended by others, with a class that fits what was found. */
function Details({ task, draft, onChange }: DetailsProps) {
  const t = useText(fieldDay);
  const words = useText(field).act;
  const items = useCategories() ?? [];
  const named = useNamed();
  const { kinds } = dayLists.use();
  const wrong = task.checklist.filter(({ code }) => draft.bad.includes(code)).map((item) => item.words);
  const said = [...wrong, named(kinds, task.kind), task.name, draft.note].join(' ');
  return (
    <>
      <Camera label={words.photos} kind="evidence" photos={draft.photos} onChange={(photos) => onChange({ photos })} />
      <TextArea
        label={draft.unreachable ? t.inspect.whyUnreachable : t.inspect.note}
        optional={!draft.unreachable}
        rows={2}
        maxLength={1000}
        left={words.wordsLeft}
        value={draft.note}
        onChange={(note) => onChange({ note })}
      />
      {!draft.unreachable && (
        <label className="check-line">
          <input
            type="checkbox"
            checked={draft.raise !== null}
            onChange={(event) => onChange({ raise: event.target.checked ? emptyRaise() : null })}
          />
          {t.raise.others}
        </label>
      )}
      {!draft.unreachable && draft.raise !== null && (
        <Raise
          raise={draft.raise}
          suggested={suggestCategories(items, said, 4)}
          hint={t.raise.photosGoAlong}
          onChange={(raise) => onChange({ raise })}
        />
      )}
    </>
  );
}
