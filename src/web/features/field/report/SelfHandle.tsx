import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { TextArea } from '#web/ui/light/Field.tsx';
import { Camera } from '../parts/Camera.tsx';
import { QuickWords } from '../parts/QuickWords.tsx';
import type { ReportDraft } from './draft.ts';

/** Reported and done in one act: the picture afterwards, and one sentence. */
export function SelfHandle({
  draft,
  onChange,
}: {
  draft: ReportDraft;
  onChange: (part: Partial<ReportDraft>) => void;
}) {
  const t = useText(field).report;
  const after = draft.photos.some((photo) => photo.kind === 'after');
  return (
    <section className="card card-leaf" aria-label={t.selfHeading}>
      <p className="hint">{t.selfHint}</p>
      <Camera label={t.after} kind="after" photos={draft.photos} onChange={(photos) => onChange({ photos })} />
      {draft.photos.length > 0 && (
        <label className="check-line">
          <input
            type="checkbox"
            checked={draft.showReporter}
            onChange={(event) => onChange({ showReporter: event.target.checked })}
          />
          {t.showReporter}
        </label>
      )}
      {!after && (
        <>
          <p className="field-label">{t.noPhotoReason}</p>
          <QuickWords
            label={t.noPhotoReason}
            phrases={t.noPhotoReasons}
            value={draft.noPhotoReason}
            onChange={(noPhotoReason) => onChange({ noPhotoReason })}
          />
        </>
      )}
      <QuickWords
        label={t.result}
        phrases={t.results}
        value={draft.result}
        onChange={(result) => onChange({ result })}
      />
      <TextArea
        label={t.result}
        rows={2}
        maxLength={1000}
        left={t.wordsLeft}
        value={draft.result}
        onChange={(result) => onChange({ result })}
      />
    </section>
  );
}
