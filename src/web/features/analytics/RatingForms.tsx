import { useState } from 'react';
import { analyticsUnitRoutes as routes } from '#contract/analytics-units.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { analytics } from '#web/i18n/analytics.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { LongLine } from '#web/ui/FormLines.tsx';
import { ReasonForm } from '#web/ui/ReasonForm.tsx';
import { ratingKey, type Criterion, type Due, type Rating } from './unit-queries.ts';

/** A case or a quarter over which one unit rates another. */
export type Subject = Pick<Due['units'][number], 'rater' | 'rated' | 'side'> & {
  event?: { id: string; number: string };
  quarter?: string;
};

interface RateFormProps {
  subject: Subject;
  criteria: readonly Criterion[];
  onClose: () => void;
}

/** One mark for each thing asked, and a reason where one is low. */
export function RateForm({ subject, criteria, onClose }: RateFormProps) {
  const t = useText(analytics).ratings;
  const lang = languageChoice.use();
  const asked = criteria.filter(({ side }) => side === subject.side);
  const [marks, setMarks] = useState<Record<string, number>>({});
  const [reason, setReason] = useState('');
  const low = asked.find(({ code, low: limit }) => (marks[code] ?? 5) <= limit);
  const ready = asked.every(({ code }) => marks[code] !== undefined) && (low === undefined || reason.trim() !== '');
  const act = useAct(
    (body: { marks: Record<string, number>; reason: string }, opId) =>
      ask(routes.rate, {
        body: {
          opId,
          raterUnitId: subject.rater.id,
          ratedUnitId: subject.rated.id,
          ...(subject.event === undefined ? { quarter: subject.quarter } : { eventId: subject.event.id }),
          ...body,
        },
      }),
    { stale: [ratingKey], onDone: onClose },
  );
  const name = (one: { name: string; nameEn: string }): string => inLanguage(lang, one.name, one.nameEn);
  return (
    <FormFrame
      title={t.rateOf(name(subject.rated))}
      send={t.send}
      busy={act.isPending}
      error={act.error}
      ready={ready}
      area="analytics-form"
      onSend={() => act.mutate({ marks, reason: reason.trim() })}
      onClose={onClose}
    >
      <p className="quiet">
        {subject.event === undefined ? t.ofQuarter(subject.quarter ?? '') : t.ofCase(subject.event.number)} ·{' '}
        {t.as(name(subject.rater))}
      </p>
      {asked.map((one) => (
        <fieldset key={one.code} className="analytics-mark">
          <legend>
            {name(one)} <span className="quiet">{inLanguage(lang, one.hint, one.hintEn)}</span>
          </legend>
          {[1, 2, 3, 4, 5].map((mark) => (
            <label key={mark}>
              <input
                type="radio"
                name={one.code}
                checked={marks[one.code] === mark}
                onChange={() => setMarks({ ...marks, [one.code]: mark })}
              />
              {t.mark(formatNumber(mark))}
            </label>
          ))}
        </fieldset>
      ))}
      <LongLine label={t.reason} value={reason} max={500} required={low !== undefined} onChange={setReason} />
      {low !== undefined && <p className="quiet">{t.reasonLow(formatNumber(low.low))}</p>}
    </FormFrame>
  );
}

/** The rated unit's one answer. */
export function AnswerForm({ rating, onClose }: { rating: Rating; onClose: () => void }) {
  const t = useText(analytics).ratings;
  const act = useAct(
    (answer: string, opId) =>
      ask(routes.answer, { params: { id: rating.id }, body: { opId, version: rating.version, answer } }),
    { stale: [ratingKey], onDone: onClose },
  );
  return (
    <ReasonForm
      title={t.answer}
      send={t.answer}
      words={t.answerWords}
      reason={t.answerOf}
      max={500}
      busy={act.isPending}
      error={act.error}
      area="analytics-form"
      onSend={(answer) => act.mutate(answer)}
      onClose={onClose}
    />
  );
}
