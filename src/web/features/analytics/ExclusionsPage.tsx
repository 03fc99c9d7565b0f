import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { analyticsUnitRoutes as routes, exclusionStates } from '#contract/analytics-units.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { analytics } from '#web/i18n/analytics.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { Answer } from '#web/ui/Answer.tsx';
import { FilterChoice } from '#web/ui/FilterParts.tsx';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { Line, LongLine, Pick } from '#web/ui/FormLines.tsx';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { ReasonForm } from '#web/ui/ReasonForm.tsx';
import { useFigureWords } from './queries.ts';
import { parseExclusionSearch, type ExclusionSearch } from './search.ts';
import { exclusionKey, exclusionsQuery, type Exclusion } from './unit-queries.ts';
import './analytics.css';

/** Cases left out of the figures: one person proposes, another decides. */
export function ExclusionsPage() {
  const t = useText(analytics).exclusions;
  const { state, number } = parseExclusionSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const list = useInfiniteQuery(exclusionsQuery(state));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const [proposing, setProposing] = useState(false);
  const show = (search: ExclusionSearch): void => void navigate({ to: '.', search: search as never });
  return (
    <div className="page-flow analytics">
      <header>
        <h1>{t.title}</h1>
        <p className="quiet">{t.lead}</p>
      </header>
      <div className="page-filters">
        <button type="button" className="tool tool-framed" onClick={() => setProposing(true)}>
          {t.propose}
        </button>
        <FilterChoice
          label={t.state}
          value={state ?? ''}
          any={t.anyState}
          choices={exclusionStates.map((value) => ({ value, words: t.states[value] }))}
          onChange={(value) => show(parseExclusionSearch({ state: value }))}
        />
      </div>
      <Answer query={list}>
        {() =>
          rows.length === 0 ? (
            <p className="quiet">{t.none}</p>
          ) : (
            <ul className="pick-rows">
              {rows.map((row) => (
                <ExclusionLine key={row.id} row={row} />
              ))}
            </ul>
          )
        }
      </Answer>
      <MoreButton list={list} words={t.more} />
      {(proposing || number !== undefined) && (
        <ProposeForm
          key={number}
          start={number ?? ''}
          onClose={() => {
            setProposing(false);
            show(parseExclusionSearch({ state }));
          }}
        />
      )}
    </div>
  );
}

/** `start`: number of the case it was opened for. */
function ProposeForm({ start, onClose }: { start: string; onClose: () => void }) {
  const t = useText(analytics).exclusions;
  const { words, nameOf } = useFigureWords();
  const [number, setNumber] = useState(start);
  const [reasonCode, setReason] = useState('');
  const [note, setNote] = useState('');
  const act = useAct(
    (body: { number: string; reasonCode: string; note: string }, opId) =>
      ask(routes.propose, { body: { opId, ...body } }),
    { stale: [exclusionKey], onDone: onClose },
  );
  return (
    <FormFrame
      title={t.propose}
      send={t.send}
      busy={act.isPending}
      error={act.error}
      ready={/^\d{8}-\d{6,10}$/.test(number.trim()) && reasonCode !== '' && note.trim().length >= 4}
      area="analytics-form"
      onSend={() => act.mutate({ number: number.trim(), reasonCode, note: note.trim() })}
      onClose={onClose}
    >
      <Line label={t.number} value={number} max={20} required example={t.numberExample} onChange={setNumber} />
      <Pick
        label={t.reason}
        value={reasonCode}
        empty="—"
        required
        choices={(words?.exclusions ?? []).map((one) => ({ value: one.code, words: nameOf(one) }))}
        onChange={setReason}
      />
      <LongLine label={t.note} value={note} max={500} required onChange={setNote} />
    </FormFrame>
  );
}

function ExclusionLine({ row }: { row: Exclusion }) {
  const t = useText(analytics).exclusions;
  const lang = languageChoice.use();
  const { exclusion } = useFigureWords();
  return (
    <li className="analytics-rating">
      <p>
        <Go href={`/desk?event=${row.eventId}`}>{row.number}</Go> {lang === 'zh' ? row.category : row.categoryEn} ·{' '}
        {row.areaName} <span className="tag">{t.states[row.state]}</span>
      </p>
      <p>
        <b>{exclusion(row.reasonCode)}</b> {row.note}
      </p>
      <p className="quiet">
        {t.by(
          row.proposedBy,
          inLanguage(lang, row.proposedUnit.name, row.proposedUnit.nameEn),
          formatTime(row.proposedAt),
        )}
        {row.decidedBy !== null && (
          <>
            {' · '}
            {t.states[row.state]}: {t.decided(row.decidedBy, formatTime(row.decidedAt))} {row.decisionNote}
          </>
        )}
      </p>
      <Acts row={row} />
    </li>
  );
}

type Wish = { act: 'approve' | 'refuse' | 'withdraw' | 'lift'; note: string };

function Acts({ row }: { row: Exclusion }) {
  const t = useText(analytics).exclusions;
  const [asking, setAsking] = useState<'refuse' | 'lift' | null>(null);
  const act = useAct(
    ({ act: what, note }: Wish, opId) => {
      const params = { id: row.id };
      const body = { opId, version: row.version };
      if (what === 'withdraw') return ask(routes.withdraw, { params, body });
      if (what === 'lift') return ask(routes.lift, { params, body: { ...body, note } });
      return ask(routes.decide, { params, body: { ...body, outcome: what, note } });
    },
    { stale: [exclusionKey], onDone: () => setAsking(null) },
  );
  const button = (words: string, onClick: () => void) => (
    <button type="button" className="tool tool-framed" disabled={act.isPending} onClick={onClick}>
      {words}
    </button>
  );
  return (
    <div className="page-periods">
      {row.mayDecide && button(t.approve, () => act.mutate({ act: 'approve', note: '' }))}
      {row.mayDecide && button(t.refuse, () => setAsking('refuse'))}
      {row.mayWithdraw && button(t.withdraw, () => act.mutate({ act: 'withdraw', note: '' }))}
      {row.mayLift && button(t.lift, () => setAsking('lift'))}
      {asking === null && <ProblemNote error={act.error} />}
      {asking !== null && (
        <ReasonForm
          title={asking === 'refuse' ? t.refuse : t.lift}
          send={asking === 'refuse' ? t.refuse : t.lift}
          words={asking === 'refuse' ? t.refuseWords : t.liftWords}
          reason={t.note}
          max={500}
          busy={act.isPending}
          error={act.error}
          area="analytics-form"
          onSend={(note) => act.mutate({ act: asking, note })}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}
