import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { textRoutes } from '#contract/texts.ts';
import { ask } from '#web/app/ask.ts';
import { useGo } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useSend } from '#web/app/use-send.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime, formatPercent } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { texts } from '#web/i18n/texts.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { Answer } from '#web/ui/Answer.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { figuresQuery, type Figures } from './queries.ts';
import { periods, useFigureSearch } from './search.ts';
import './texts.css';

type Kind = Figures['kinds'][number];

/** 文本学习: whether suggestions help, and how well they were learnt. Of events and models, of nobody. */
export function TextsPage() {
  const t = useText(texts).figures;
  const { days } = useFigureSearch();
  const go = useGo();
  return (
    <div className="page-flow texts-page">
      <header className="texts-head">
        <h1>{t.title}</h1>
        <LearnButton />
      </header>
      <p className="quiet">{t.lead}</p>
      <label className="hot-area">
        {t.days}
        <select value={days} onChange={(chosen) => go(`/desk/texts?days=${chosen.target.value}`, { replace: true })}>
          {periods.map((one) => (
            <option key={one} value={one}>
              {t.last(formatNumber(one))}
            </option>
          ))}
        </select>
      </label>
      <Answer query={useQuery(figuresQuery(days))}>{(figures) => <Whole figures={figures} />}</Answer>
    </div>
  );
}

function Whole({ figures }: { figures: Figures }) {
  const t = useText(texts).figures;
  const { index } = figures;
  const shown = figures.kinds.filter(({ all }) => all.shown > 0);
  return (
    <>
      {shown.length === 0 && <p>{t.noneShown}</p>}
      {shown.map((kind) => (
        <Outcomes key={kind.kind} kind={kind} few={figures.few} />
      ))}
      <p className="quiet">{t.rateMeans}</p>
      <Models models={figures.models} />
      <p className="quiet">
        {t.index}:{' '}
        {index.ready ? t.indexReady(formatNumber(index.events)) : t.indexBuilding(formatNumber(index.events))}
      </p>
    </>
  );
}

function Outcomes({ kind, few }: { kind: Kind; few: number }) {
  const t = useText(texts).figures;
  const nameOf = useNamed();
  const rows = [{ ...kind.all, code: 'all', name: t.all, nameEn: t.all }, ...kind.classes];
  return (
    <section aria-label={t.kinds[kind.kind]}>
      <h2>{t.kinds[kind.kind]}</h2>
      <div className="texts-table">
        <table>
          <thead>
            <tr>
              {[t.class, t.shown, t.accepted, t.changed, t.ignored, t.open, t.rate].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.code}>
                <th scope="row">{nameOf(row)}</th>
                {[row.shown, row.accepted, row.changed, row.ignored, row.open].map((n, k) => (
                  <td key={k}>{formatNumber(n)}</td>
                ))}
                <td>
                  <Rate accepted={row.accepted} changed={row.changed} few={few} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Rate({ accepted, changed, few }: { accepted: number; changed: number; few: number }) {
  const t = useText(texts).figures;
  const decided = accepted + changed;
  return decided < few ? (
    <small className="quiet">{t.few(formatNumber(few))}</small>
  ) : (
    <b>{formatPercent(accepted / decided)}</b>
  );
}

function Models({ models }: { models: Figures['models'] }) {
  const t = useText(texts).figures;
  const lang = languageChoice.use();
  if (models.length === 0) return <p>{t.noModels}</p>;
  const heads = [t.kind, t.state, t.trained, t.examples, t.classes, t.accuracy, t.macroF1, t.coverage, t.hash];
  return (
    <section aria-label={t.models}>
      <h2>{t.models}</h2>
      <p className="quiet">{t.modelsMeans}</p>
      <div className="texts-table">
        <table>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {models.map((one) => (
              <tr key={one.id}>
                <th scope="row">{t.kinds[one.kind]}</th>
                <td>
                  <span className={one.state === 'serving' ? 'tag tag-leaf' : 'tag'}>{t.states[one.state]}</span>
                </td>
                <td>{formatTime(one.trainedAt, lang)}</td>
                <td>{formatNumber(one.examples)}</td>
                <td>{formatNumber(one.classes)}</td>
                <td>{formatPercent(one.accuracy)}</td>
                <td>
                  {one.macroF1.toFixed(3)}
                  {one.before !== null && <small> {t.before(one.before.macroF1.toFixed(3))}</small>}
                </td>
                <td>{formatPercent(one.coverage)}</td>
                <td>
                  <code title={one.hash}>{one.hash.slice(0, 12)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function LearnButton() {
  const t = useText(texts).figures;
  const me = useMe();
  const client = useQueryClient();
  const { busy, error, send } = useSend();
  const [told, setTold] = useState('');
  if (!may(me, 'analytics.edit')) return null;
  const learn = async (): Promise<void> => {
    const answer = await send('learn', (opId) => ask(textRoutes.learn, { body: { opId } }));
    if (answer === undefined) return;
    setTold(t.learned(formatNumber(answer.models.length)));
    await client.invalidateQueries({ queryKey: ['texts'] });
  };
  return (
    <span className="form-buttons">
      <span role="status">{told}</span>
      <button type="button" className="tool tool-framed" disabled={busy !== ''} onClick={() => void learn()}>
        {busy === '' ? t.learn : t.learning}
      </button>
      <ProblemNote error={error} />
    </span>
  );
}
