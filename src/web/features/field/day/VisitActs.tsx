import { dayLists } from '#web/field/day-lists.ts';
import type { VisitTask } from '#web/field/field-api.ts';
import { useText } from '#web/i18n/area.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { field } from '#web/i18n/field.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ChoiceTiles } from '#web/ui/light/ChoiceTiles.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import type { IconName } from '#web/ui/icons/drawings.ts';
import { Camera } from '../parts/Camera.tsx';
import { useCategories } from '../parts/use-categories.ts';
import { NoAnswer } from './NoAnswer.tsx';
import { Raise } from './Raise.tsx';
import { suggestCategories } from './suggest.ts';
import { useNamed } from './use-named.ts';
import { VisitFields } from './VisitFields.tsx';
import {
  emptyRaise,
  otherOutcomes,
  type VisitDraft,
  type VisitMethod,
  type VisitNeed,
  type VisitOutcome,
} from './visit-draft.ts';

export interface VisitActsProps {
  task: VisitTask;
  draft: VisitDraft;
  need: VisitNeed | null;
  busy: boolean;
  onChange: (part: Partial<VisitDraft>) => void;
  onSend: (outcome: VisitOutcome) => void;
}

const methods: readonly { value: VisitMethod; icon: IconName }[] = [
  { value: 'home', icon: 'house' },
  { value: 'phone', icon: 'phone' },
  { value: 'video', icon: 'camera' },
  { value: 'neighbour', icon: 'people' },
];

/** How it was done. At the door, unless something else is chosen. */
export function Methods({ draft, onChange }: Pick<VisitActsProps, 'draft' | 'onChange'>) {
  const t = useText(fieldDay).visit;
  return (
    <div className="four">
      <ChoiceTiles
        label={t.how}
        value={draft.method}
        choices={methods.map(({ value, icon }) => ({ value, icon, words: t.method[value] }))}
        onChange={(method) => onChange({ method })}
      />
    </div>
  );
}

/** How it went: one large button when all is as before, a second step for everything else. */
export function VisitActs(props: VisitActsProps) {
  const t = useText(fieldDay).visit;
  const { task, draft, need, busy, onChange, onSend } = props;
  if (draft.mode === 'no_answer')
    return (
      <>
        <NoAnswer task={task} busy={busy} onBack={() => onChange({ mode: 'start' })} onSend={onSend} />
        <Extra {...props} />
      </>
    );
  return (
    <>
      {draft.mode === 'changed' && <VisitFields form={draft.form} onChange={(form) => onChange({ form })} />}
      {draft.mode === 'other' && (
        <ChoiceTiles
          label={t.otherHow}
          value={draft.other}
          choices={otherOutcomes.map((value) => ({ value, words: t.outcome[value] }))}
          onChange={(other) => onChange({ other })}
        />
      )}
      <Extra {...props} />
      {need !== null && (
        <p className="field-error" role="alert">
          {t.need[need]}
        </p>
      )}
      <SendBar draft={draft} busy={busy} onChange={onChange} onSend={onSend} />
    </>
  );
}

function SendBar({ draft, busy, onChange, onSend }: Pick<VisitActsProps, 'draft' | 'busy' | 'onChange' | 'onSend'>) {
  const t = useText(fieldDay).visit;
  const { mode, other } = draft;
  if (mode === 'start')
    return (
      <div className="send-bar send-three">
        <Button kind="main" icon="check" busy={busy} onClick={() => onSend('nothing_changed')}>
          {t.nothingChanged}
        </Button>
        <Button onClick={() => onChange({ mode: 'changed' })}>{t.changed}</Button>
        <Button onClick={() => onChange({ mode: 'no_answer' })}>{t.noAnswer}</Button>
        <Button onClick={() => onChange({ mode: 'other' })}>{t.other}</Button>
      </div>
    );
  return (
    <div className="send-bar">
      <Button onClick={() => onChange({ mode: 'start' })}>{t.back}</Button>
      {mode === 'changed' ? (
        <Button kind="main" icon="send" busy={busy} onClick={() => onSend('changed')}>
          {t.send}
        </Button>
      ) : (
        <Button
          kind="main"
          icon="send"
          busy={busy}
          disabled={other === null}
          onClick={() => other !== null && onSend(other)}
        >
          {t.send}
        </Button>
      )}
    </div>
  );
}

/** Words, a picture, something to be mended: never asked for, always at hand. */
function Extra({ task, draft, onChange }: VisitActsProps) {
  const t = useText(fieldDay);
  const words = useText(field).act;
  const items = useCategories() ?? [];
  const named = useNamed();
  const { form } = dayLists.use();
  const said = [task.reasonWords, draft.note, ...draft.form.needs.map((need) => named(form, need))].join(' ');
  return (
    <>
      <details className="card" open={draft.note !== '' || draft.photos.length > 0 || draft.raise !== null}>
        <summary>{t.visit.more}</summary>
        <div className="stack">
          <Camera
            label={words.photos}
            kind="evidence"
            photos={draft.photos}
            onChange={(photos) => onChange({ photos })}
          />
          <TextArea
            label={t.visit.note}
            hint={t.visit.noteHint}
            optional
            rows={2}
            maxLength={1000}
            left={words.wordsLeft}
            value={draft.note}
            onChange={(note) => onChange({ note })}
          />
          <Button
            icon="alert"
            pressed={draft.raise !== null}
            onClick={() => onChange({ raise: draft.raise === null ? emptyRaise() : null })}
          >
            {t.raise.open}
          </Button>
        </div>
      </details>
      {draft.raise !== null && (
        <Raise
          raise={draft.raise}
          suggested={suggestCategories(items, said, 3)}
          hint={t.raise.noNames}
          onChange={(raise) => onChange({ raise })}
        />
      )}
    </>
  );
}
