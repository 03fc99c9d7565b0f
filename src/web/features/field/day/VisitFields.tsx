import { dayLists } from '#web/field/day-lists.ts';
import type { VisitForm } from '#web/field/field-api.ts';
import { useText } from '#web/i18n/area.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { field as fieldWords } from '#web/i18n/field.ts';
import { ChoiceTiles } from '#web/ui/light/ChoiceTiles.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import { useIntoView } from './use-into-view.ts';
import { useNamed } from './use-named.ts';

/** The last answers, to be changed where they no longer hold. */
export function VisitFields({ form, onChange }: { form: VisitForm; onChange: (form: VisitForm) => void }) {
  const t = useText(fieldDay).visit;
  const part = useIntoView<HTMLElement>();
  const set = (changed: Partial<VisitForm>): void => onChange({ ...form, ...changed });
  return (
    <section ref={part} className="card" aria-labelledby="changes">
      <h2 id="changes">{t.changedHeading}</h2>
      <p className="hint">{t.changedHint}</p>
      <One name="living" value={form.living} onChange={(living) => set({ living })} />
      <One name="mobility" value={form.mobility} onChange={(mobility) => set({ mobility })} />
      <Several name="needs" value={form.needs} onChange={(needs) => set({ needs })} />
      <Several name="missing" value={form.missing ?? []} most={6} onChange={(missing) => set({ missing })} />
      <Words name="health" value={form.health} most={500} onChange={(health) => set({ health })} />
      <Words name="helper" value={form.helper} most={200} onChange={(helper) => set({ helper })} />
      <Words name="remark" value={form.remark} most={500} onChange={(remark) => set({ remark })} />
    </section>
  );
}

interface OneProps {
  name: 'living' | 'mobility';
  value: string | null;
  onChange: (value: string) => void;
}

function One({ name, value, onChange }: OneProps) {
  const t = useText(fieldDay).visit.field;
  const named = useNamed();
  const words = dayLists.use().form.filter((word) => word.field === name);
  if (words.length === 0) return null;
  return (
    <ChoiceTiles
      label={t[name]}
      value={value}
      choices={words.map(({ code }) => ({ value: code, words: named(words, code) }))}
      onChange={onChange}
    />
  );
}

interface SeveralProps {
  name: 'needs' | 'missing';
  value: readonly string[];
  /** So many at most. */
  most?: number;
  onChange: (value: string[]) => void;
}

function Several({ name, value, most = 12, onChange }: SeveralProps) {
  const t = useText(fieldDay).visit.field;
  const named = useNamed();
  const words = dayLists.use().form.filter((word) => word.field === name);
  if (words.length === 0) return null;
  return (
    <fieldset className="bare stack">
      <legend className="field-label">{t[name]}</legend>
      <div className="chips">
        {words.map(({ code }) => {
          const on = value.includes(code);
          return (
            <button
              key={code}
              type="button"
              className="chip"
              aria-pressed={on}
              disabled={!on && value.length >= most}
              onClick={() => onChange(on ? value.filter((one) => one !== code) : [...value, code])}
            >
              {named(words, code)}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

interface WordsProps {
  name: 'health' | 'helper' | 'remark';
  value: string;
  most: number;
  onChange: (value: string) => void;
}

function Words({ name, value, most, onChange }: WordsProps) {
  const t = useText(fieldDay).visit.field;
  const { wordsLeft } = useText(fieldWords).act;
  return (
    <TextArea label={t[name]} optional rows={2} maxLength={most} left={wordsLeft} value={value} onChange={onChange} />
  );
}
