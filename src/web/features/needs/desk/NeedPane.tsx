import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { needs } from '#web/i18n/needs.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { DecidePart, type Decision } from './DecidePart.tsx';
import { HistoryPart } from './HistoryPart.tsx';
import { StateMark } from './StateMark.tsx';
import { VoiceList } from './VoiceList.tsx';
import { needQuery, useNeedNames, type NeedDetail } from './queries.ts';

interface NeedPaneProps {
  id: string;
  onBack: () => void;
  onShow: (id: string) => void;
}

/** One need: who said it where, for whom, why it counts as one, and what became of it. */
export function NeedPane({ id, onBack, onShow }: NeedPaneProps) {
  const t = useText(needs);
  const c = useText(common);
  const query = useQuery(needQuery(id));
  const need = query.data;
  return (
    <>
      <button type="button" className="tool tool-framed" onClick={onBack}>
        {t.back}
      </button>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {need === undefined && query.error === null && <p className="waiting">{c.loading}</p>}
      {need !== undefined && <Shown need={need} onShow={onShow} />}
    </>
  );
}

function Shown({ need, onShow }: { need: NeedDetail; onShow: (id: string) => void }) {
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [decision, setDecision] = useState<Decision | null>(null);
  const mayChange = need.mayChange && need.state !== 'merged';
  const splits = mayChange && need.voices > 1 && ['open', 'listed', 'planned'].includes(need.state);
  const decide = (next: Decision | null): void => {
    setDecision(next);
    if (next === null) setPicked([]);
  };
  return (
    <>
      <Head need={need} onShow={onShow} />
      {mayChange && <DecidePart need={need} picked={picked} decision={decision} onDecide={decide} onShow={onShow} />}
      <Groups need={need} />
      <Near need={need} onShow={onShow} onMerge={(other) => setDecision({ kind: 'merge', other })} />
      <VoiceList need={need} picked={splits ? picked : null} onPick={setPicked} />
      <HistoryPart id={need.id} />
    </>
  );
}

function Head({ need, onShow }: { need: NeedDetail; onShow: (id: string) => void }) {
  const t = useText(needs);
  const { classOf } = useNeedNames();
  const { classCode, classFrom, mergedInto } = need;
  const how = { none: null, words: t.guessed, said: t.said, hand: t.confirmed }[classFrom];
  return (
    <header className="needs-head">
      <h2>
        {classCode === null ? need.title : classOf(classCode)} · {need.areaName}
      </h2>
      <p>
        <StateMark state={need.state} /> {need.reason !== '' && t.reasonIs(need.reason)}
      </p>
      {classCode !== null && <blockquote>{need.title}</blockquote>}
      <p>
        <b>{t.voices(formatNumber(need.voices))}</b> · {t.people(formatNumber(need.people))} ·{' '}
        {need.voices > 0 && t.span(formatDate(need.firstAt), formatDate(need.lastAt))}
      </p>
      {how !== null && <p className="quiet">{how}</p>}
      {mergedInto !== null && (
        <button type="button" className="link-button" onClick={() => onShow(mergedInto)}>
          {t.mergedInto}
        </button>
      )}
      {classCode !== null && <Go href={`/desk/circle?class=${classCode}&area=${need.areaCode}`}>{t.onMap}</Go>}
    </header>
  );
}

function Groups({ need }: { need: NeedDetail }) {
  const t = useText(needs);
  const { groupOf } = useNeedNames();
  if (need.voices === 0) return null;
  const most = Math.max(...need.groups.map(({ people }) => people), 1);
  return (
    <section aria-label={t.who}>
      <h3>{t.who}</h3>
      <ul className="needs-bars">
        {need.groups.map(({ groupCode, voices, people }) => (
          <li key={groupCode}>
            <span>{groupOf(groupCode)}</span>
            <span className="needs-bar" style={{ inlineSize: `${(people / most) * 100}%` }} />
            <span>
              {t.people(formatNumber(people))} · {t.voices(formatNumber(voices))}
            </span>
          </li>
        ))}
      </ul>
      {need.minutes.length > 0 && (
        <>
          <h3>{t.minutes}</h3>
          <ul className="needs-chips">
            {need.minutes.map(({ upTo, voices }) => (
              <li key={upTo} className="tag">
                {t.upTo(upTo)} {formatNumber(voices)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface NearProps {
  need: NeedDetail;
  onShow: (id: string) => void;
  onMerge: (other: NeedDetail['near'][number]) => void;
}

function Near({ need, onShow, onMerge }: NearProps) {
  const t = useText(needs);
  const open = need.near.filter(({ state }) => state !== 'met' && state !== 'declined');
  if (open.length === 0) return null;
  return (
    <section aria-label={t.near}>
      <h3>{t.near}</h3>
      <p className="quiet">{t.nearLead}</p>
      <ul className="needs-near">
        {open.map((other) => (
          <li key={other.id}>
            <button type="button" className="link-button" onClick={() => onShow(other.id)}>
              {other.title}
            </button>{' '}
            <span className="quiet">
              {other.areaName} · {t.voices(formatNumber(other.voices))}
            </span>
            {need.mayChange && (
              <button
                type="button"
                className="tool tool-framed"
                aria-label={t.decide.mergeThis(other.title)}
                onClick={() => onMerge(other)}
              >
                {t.decide.merge}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
