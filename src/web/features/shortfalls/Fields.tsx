import { useText } from '#web/i18n/area.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import { FormFrame, type FormFrameProps } from '#web/ui/FormFrame.tsx';
import { LongLine, Pick } from '#web/ui/FormLines.tsx';

type FrameProps = Omit<FormFrameProps, 'send' | 'area' | 'busy' | 'error'> & {
  act: { isPending: boolean; error: unknown };
};

/** A form about one line of the lists above the page. */
export function ListForm({ act, ...rest }: FrameProps) {
  const t = useText(shortfalls).form;
  return <FormFrame {...rest} send={t.save} area="shortfalls-form" busy={act.isPending} error={act.error} />;
}

interface WordProps<T extends string> {
  label: string;
  value: T;
  all: readonly T[];
  words: Readonly<Record<T, string>>;
  onChange: (value: T) => void;
}

/** One of the words of a list. */
export function WordField<T extends string>({ label, value, all, words, onChange }: WordProps<T>) {
  return (
    <Pick
      label={label}
      value={value}
      choices={all.map((one) => ({ value: one, words: words[one] }))}
      onChange={(next) => onChange(all.find((one) => one === next) ?? value)}
    />
  );
}

interface SaidProps {
  note: string;
  reason: string;
  onNote: (note: string) => void;
  onReason: (reason: string) => void;
}

/** What is said beside the numbers, and why. */
export function SaidFields({ note, reason, onNote, onReason }: SaidProps) {
  const t = useText(shortfalls).form;
  return (
    <>
      <LongLine rows={2} label={t.note} value={note} max={500} onChange={onNote} />
      <LongLine
        rows={2}
        label={t.reason}
        value={reason}
        max={300}
        example={t.reasonHint}
        required
        onChange={onReason}
      />
    </>
  );
}

export interface Heads {
  people: number;
  elders: number;
  children: number;
}

export const headsFit = ({ people, elders, children }: Heads): boolean =>
  [people, elders, children].every((n) => Number.isInteger(n) && n >= 0) && elders + children <= people;

/** People, elders and children; says when they do not fit together. */
export function HeadsField({ value, onChange }: { value: Heads; onChange: (value: Heads) => void }) {
  const t = useText(shortfalls);
  const fields = [
    ['people', t.facts.people],
    ['elders', t.facts.elders],
    ['children', t.facts.children],
  ] as const;
  return (
    <>
      <div className="shortfalls-three">
        {fields.map(([key, label]) => (
          <label key={key} className="form-field">
            {label}
            <input
              type="number"
              min={0}
              value={value[key]}
              onChange={({ target }) => onChange({ ...value, [key]: Number(target.value) })}
            />
          </label>
        ))}
      </div>
      {!headsFit(value) && <p role="alert">{t.form.tooMany}</p>}
    </>
  );
}
