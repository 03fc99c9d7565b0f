import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { burdenRoutes } from '#contract/burden.ts';
import { ask } from '#web/app/ask.ts';
import { may, useMe } from '#web/app/me.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Answer } from '#web/ui/Answer.tsx';
import { Fact } from '#web/ui/Fact.tsx';
import { AskForm } from './AskForm.tsx';
import { askedQuery, forceKey, type AskedTask } from './queries.ts';
import './force.css';

/** The register of what is asked of grid workers: by whom, on what base, until when, and who said no. */
export function AskedPage() {
  const t = useText(force).asked;
  const asks = may(useMe(), 'burden.ask');
  const [show, setShow] = useState<'open' | 'all'>('open');
  const [adding, setAdding] = useState<AskedTask | 'new' | null>(null);
  const query = useQuery(askedQuery(show));
  return (
    <div className="page-flow force">
      <header className="force-head">
        <h1>{t.title}</h1>
        {asks && adding === null && (
          <button type="button" className="tool tool-framed" onClick={() => setAdding('new')}>
            {t.ask}
          </button>
        )}
      </header>
      <p className="quiet">{t.lead}</p>
      {adding !== null && (
        <AskForm
          key={adding === 'new' ? 'new' : adding.id}
          renewed={adding === 'new' ? undefined : adding}
          onDone={() => setAdding(null)}
        />
      )}
      <div className="force-tools" role="group" aria-label={t.showLabel}>
        {(['open', 'all'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className="tool tool-framed"
            aria-pressed={show === one}
            onClick={() => setShow(one)}
          >
            {t.show[one]}
          </button>
        ))}
      </div>
      <Answer query={query}>
        {({ items, askers }) => (
          <>
            {items.length === 0 && <p className="quiet">{t.none}</p>}
            <ul className="force-people">
              {items.map((task) => (
                <Task key={task.id} task={task} onRenew={asks ? () => setAdding(task) : undefined} />
              ))}
            </ul>
            {askers.length > 0 && <Askers rows={askers} />}
          </>
        )}
      </Answer>
    </div>
  );
}

function Task({ task, onRenew }: { task: AskedTask; onRenew: (() => void) | undefined }) {
  const t = useText(force);
  const english = languageChoice.use() === 'en';
  const withdraw = useAct((id: string, opId) => ask(burdenRoutes.withdraw, { params: { id }, body: { opId } }), {
    stale: [forceKey],
  });
  return (
    <li>
      <div className="force-person">
        <b>{task.title}</b>
        <span className="force-state">{t.asked.states[task.state]}</span>
        {onRenew !== undefined && task.mayRenew && (
          <button type="button" className="tool" onClick={onRenew}>
            {t.asked.renew}
          </button>
        )}
        {task.mayWithdraw && (
          <button type="button" className="tool" disabled={withdraw.isPending} onClick={() => withdraw.mutate(task.id)}>
            {t.asked.withdraw}
          </button>
        )}
      </div>
      {task.words !== '' && <p className="force-words">{task.words}</p>}
      <dl className="force-facts">
        <Fact name={t.asked.by}>{task.unitName}</Fact>
        <Fact name={t.asked.source}>{task.source}</Fact>
        <Fact name={t.asked.base}>{task.legalBase}</Fact>
        <Fact name={t.asked.effort}>
          {[
            t.asked.every[task.every],
            t.asked.minutes(formatNumber(task.minutes)),
            ...(task.photos > 0 ? [t.asked.photos(formatNumber(task.photos))] : []),
          ].join(t.comma)}
        </Fact>
        <Fact name={t.asked.days}>{t.days(task.dueDay, task.lastDay)}</Fact>
        {task.fields.length > 0 && <Fact name={t.asked.fields}>{task.fields.join(t.comma)}</Fact>}
        {task.overlaps.length > 0 && (
          <Fact name={t.asked.knownTitle}>
            {task.overlaps.map((one) => t.asked.known(one.field, english ? one.whereEn : one.where)).join(t.comma)}
          </Fact>
        )}
      </dl>
      <ProblemNote error={withdraw.error} />
      <ul className="force-answers">
        {task.answers.map((answer) => (
          <AnswerRow key={answer.areaCode} taskId={task.id} answer={answer} />
        ))}
      </ul>
    </li>
  );
}

function AnswerRow({ taskId, answer }: { taskId: string; answer: AskedTask['answers'][number] }) {
  const t = useText(force).asked;
  const [reason, setReason] = useState('');
  const act = useAct(
    (accept: boolean, opId) =>
      ask(burdenRoutes.answer, { params: { id: taskId }, body: { opId, areaCode: answer.areaCode, accept, reason } }),
    { stale: [forceKey] },
  );
  return (
    <li>
      <span>
        {answer.areaName} <span className="force-state">{t.answers[answer.state]}</span>
      </span>
      {answer.reason !== '' && <q>{answer.reason}</q>}
      {answer.mayAnswer && (
        <span className="force-tools">
          <input
            aria-label={t.reason}
            placeholder={t.reason}
            maxLength={500}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
          <button type="button" className="tool tool-framed" disabled={act.isPending} onClick={() => act.mutate(true)}>
            {t.accept}
          </button>
          <button
            type="button"
            className="tool tool-framed"
            disabled={act.isPending || reason.trim().length < 2}
            onClick={() => act.mutate(false)}
          >
            {t.refuse}
          </button>
        </span>
      )}
      <ProblemNote error={act.error} />
    </li>
  );
}

interface AskersProps {
  rows: readonly { unitId: string; unitName: string; asked: number; accepted: number; refused: number }[];
}

function Askers({ rows }: AskersProps) {
  const t = useText(force).asked;
  return (
    <table className="force-table" aria-label={t.askers}>
      <caption>{t.askers}</caption>
      <thead>
        <tr>
          <th scope="col">{t.asker}</th>
          <th scope="col">{t.asks}</th>
          <th scope="col">{t.answers.accepted}</th>
          <th scope="col">{t.answers.refused}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.unitId}>
            <th scope="row">{row.unitName}</th>
            <td className="force-number">{row.asked}</td>
            <td className="force-number">{row.accepted}</td>
            <td className="force-number">{row.refused}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
