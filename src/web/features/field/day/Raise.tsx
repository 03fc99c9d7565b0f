import { useText } from '#web/i18n/area.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { field } from '#web/i18n/field.ts';
import { TextArea } from '#web/ui/light/Field.tsx';
import { QuickWords } from '../parts/QuickWords.tsx';
import { CategoryPick } from '../report/CategoryPick.tsx';
import type { RaiseDraft } from './visit-draft.ts';

export interface RaiseProps {
  raise: RaiseDraft;
  /** Codes offered first. */
  suggested: readonly string[];
  /** What to keep out of the words. */
  hint: string;
  onChange: (raise: RaiseDraft) => void;
}

/** Something others have to mend, reported in the same act: a tap for the class, a tap for the words. */
export function Raise({ raise, suggested, hint, onChange }: RaiseProps) {
  const t = useText(fieldDay).raise;
  const report = useText(field).report;
  const change = (part: Partial<RaiseDraft>): void => onChange({ ...raise, ...part });
  return (
    <section className="card card-amber" aria-labelledby="raise">
      <h2 id="raise">{t.heading}</h2>
      <CategoryPick
        value={raise.categoryCode}
        suggested={suggested}
        onChange={(categoryCode) => change({ categoryCode })}
      />
      <QuickWords label={t.words} phrases={report.quick} value={raise.words} onChange={(words) => change({ words })} />
      <TextArea
        label={t.words}
        hint={hint}
        rows={2}
        maxLength={1000}
        left={report.wordsLeft}
        value={raise.words}
        onChange={(words) => change({ words })}
      />
      <label className="check-line">
        <input type="checkbox" checked={raise.urgent} onChange={(event) => change({ urgent: event.target.checked })} />
        {report.urgency}
      </label>
    </section>
  );
}
