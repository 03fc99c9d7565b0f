import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import type { Answer } from './names.ts';

/** What the answer stands on: whoever doubts it can reckon it again. */
export function Basis({ answer, onCopy }: { answer: Answer; onCopy: (() => void) | null }) {
  const b = useText(planning).basis;
  return (
    <section className="planning-card planning-basis" aria-labelledby="planning-basis">
      <h2 id="planning-basis">{b.title}</h2>
      <dl>
        <dt>{b.cells}</dt>
        <dd>{formatNumber(answer.cells)}</dd>
        <dt>{b.facilities}</dt>
        <dd>{formatNumber(answer.facilities)}</dd>
        <dt>{b.network}</dt>
        <dd className="planning-hash">{answer.networkVersion}</dd>
        <dt>{b.code}</dt>
        <dd>{answer.codeVersion}</dd>
        <dt>{b.hash}</dt>
        <dd className="planning-hash">{answer.hash}</dd>
        <dt>{b.at}</dt>
        <dd>{formatTime(answer.answeredAt)}</dd>
        {answer.runId !== null && (
          <>
            <dt>{b.run}</dt>
            <dd>
              <Go href={`/desk/circle?run=${answer.runId}`}>{b.openRun}</Go>
            </dd>
          </>
        )}
      </dl>
      <p className="quiet">{b.same}</p>
      <p className="planning-buttons planning-no-print">
        <button type="button" className="tool tool-framed" onClick={() => print()}>
          {b.print}
        </button>
        {onCopy !== null && (
          <button type="button" className="tool tool-framed" onClick={onCopy}>
            {b.copy}
          </button>
        )}
      </p>
    </section>
  );
}
