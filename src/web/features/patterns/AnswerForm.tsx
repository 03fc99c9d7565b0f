import { useState } from 'react';
import { anomalyAnswers } from '#contract/patterns-views.ts';
import { patternRoutes } from '#contract/patterns.ts';
import { call } from '#web/app/call.ts';
import { useAct } from '#web/app/use-act.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { LongLine, Pick } from '#web/ui/FormLines.tsx';
import { useAnomalyWords } from './AnomalyLine.tsx';
import { patternKey, type Anomaly } from './queries.ts';
import { useSay } from './words.ts';

type AnswerWord = (typeof anomalyAnswers)[number];
const quiet = [0, 3, 7, 14];

/** What somebody makes of an anomaly, with a reason, and whether the same shall be told again. */
export function AnswerForm({ row, onClose }: { row: Anomaly; onClose: () => void }) {
  const { t } = useSay();
  const say = useAnomalyWords();
  const [answer, setAnswer] = useState<AnswerWord>('acting');
  const [reason, setReason] = useState('');
  const [quietDays, setQuietDays] = useState(0);
  const act = useAct(
    (input: { answer: AnswerWord; reason: string; quietDays: number }, opId) =>
      call(patternRoutes.acknowledge, { params: { id: row.id }, body: { opId, version: row.version, ...input } }),
    { stale: [patternKey], onDone: onClose },
  );
  return (
    <FormFrame
      title={t.anomaly.answerTitle}
      send={t.anomaly.send}
      busy={act.isPending}
      error={act.error}
      ready={reason.trim().length >= 2}
      area="patterns-answer"
      onSend={() => act.mutate({ answer, reason: reason.trim(), quietDays })}
      onClose={onClose}
    >
      <p>{say(row)}</p>
      <Pick
        label={t.anomaly.answerWhat}
        value={answer}
        required
        choices={anomalyAnswers.map((one) => ({ value: one, words: t.anomaly.answers[one] }))}
        onChange={(value) => setAnswer(anomalyAnswers.find((one) => one === value) ?? 'acting')}
      />
      <LongLine label={t.anomaly.reason} value={reason} max={300} required onChange={setReason} />
      <Pick
        label={t.anomaly.quietDays}
        value={String(quietDays)}
        required
        choices={quiet.map((n) => ({
          value: String(n),
          words: n === 0 ? t.anomaly.quietNone : t.anomaly.quietFor(String(n)),
        }))}
        onChange={(value) => setQuietDays(Number(value))}
      />
    </FormFrame>
  );
}
