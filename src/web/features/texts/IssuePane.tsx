import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { casesLink } from '#web/app/cases-link.ts';
import { Go, useGo } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { isOpen } from '#contract/events-words.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { texts } from '#web/i18n/texts.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { ColumnChart } from '#web/ui/charts/ColumnChart.tsx';
import { Fact } from '#web/ui/Fact.tsx';
import { PaneFrame } from '#web/ui/PaneFrame.tsx';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { Change, heat, UrgencyTags } from './IssueLine.tsx';
import { IssueMap } from './IssueMap.tsx';
import { MergeForm } from './MergeForm.tsx';
import { issueQuery, type Case, type IssueDetail } from './queries.ts';

/** One issue in full: how hot and why, its days, its events, and the way to make one of them. */
export function IssuePane({ id, onBack }: { id: string; onBack: () => void }) {
  const t = useText(texts).hot;
  return (
    <PaneFrame area="hot" back={t.back} query={useQuery(issueQuery(id))} onBack={onBack}>
      {(issue) => <Whole issue={issue} />}
    </PaneFrame>
  );
}

function Whole({ issue }: { issue: IssueDetail }) {
  const t = useText(texts).hot;
  const me = useMe();
  const go = useGo();
  const [merging, setMerging] = useState(false);
  const [told, setTold] = useState('');
  const open = issue.cases.filter(({ status }) => isOpen(status));
  const canMerge = open.length > 1 && issue.mergeable.length > 0;
  return (
    <>
      <header className="hot-pane-head">
        <h2>{issue.title}</h2>
        {canMerge && (
          <button type="button" className="tool tool-framed" onClick={() => setMerging(true)}>
            {t.merge}
          </button>
        )}
      </header>
      {issue.gone && <p className="note">{t.gone}</p>}
      {told !== '' && <p role="status">{told}</p>}
      <Facts issue={issue} />
      <IssueMap cases={issue.cases} onChoose={(id) => go(`/desk?event=${id}`)} />
      <Trend issue={issue} />
      <h3>{t.cases}</h3>
      {!canMerge && !issue.gone && <p className="quiet">{t.mergeNone}</p>}
      <Cases cases={issue.cases} />
      {issue.hidden > 0 && <p className="quiet">{t.hidden(formatNumber(issue.hidden))}</p>}
      {issue.cases.length > 0 && (
        <p>
          <Go href={casesLink({ ids: issue.cases.slice(0, 50).map((one) => one.id) })}>{t.openCases}</Go>
        </p>
      )}
      {!issue.gone && may(me, 'analytics.edit') && (
        <p>
          <Go href={`/desk/briefs?issue=${issue.id}`}>{t.brief}</Go>
        </p>
      )}
      {merging && (
        <MergeForm
          issue={issue}
          open={open}
          onClose={() => setMerging(false)}
          onDone={(words) => {
            setMerging(false);
            setTold(words);
          }}
        />
      )}
    </>
  );
}

function Facts({ issue }: { issue: IssueDetail }) {
  const t = useText(texts).hot;
  const lang = languageChoice.use();
  const nameOf = useNamed();
  const hasWords = Object.values(issue.words).some((n) => n > 0);
  return (
    <>
      <dl className="named-facts hot-facts">
        <Fact name={t.heat}>
          <b>{heat(issue.heat)}</b> <Change issue={issue} />
        </Fact>
        <Fact name={t.people}>
          {t.voices(formatNumber(issue.voices))} · {t.events(formatNumber(issue.events))} ·{' '}
          {t.openEvents(formatNumber(issue.openEvents))}
          {issue.urges > 0 && ` · ${t.urges(formatNumber(issue.urges))}`}
        </Fact>
        <Fact name={t.place}>{issue.areaName}</Fact>
        <Fact name={t.class}>{nameOf({ name: issue.categoryName, nameEn: issue.categoryNameEn })}</Fact>
        <Fact name={t.since}>{t.span(formatDate(issue.firstAt, lang), formatDate(issue.lastAt, lang))}</Fact>
        {hasWords && (
          <Fact name={t.words}>
            <span className="hot-line-more">
              <UrgencyTags words={issue.words} />
            </span>
          </Fact>
        )}
      </dl>
      <p className="quiet">{t.heatMeans}</p>
    </>
  );
}

function Trend({ issue }: { issue: IssueDetail }) {
  const t = useText(texts).hot;
  const lang = languageChoice.use();
  const lastMs = new Date(issue.asOf).getTime();
  const points = issue.daily.map((_, k) => {
    const day = new Date(lastMs - (issue.daily.length - 1 - k) * 86_400_000);
    const iso = new Date(day.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    return { key: iso, name: formatDate(day, lang), short: iso.slice(5).replace('-', '/') };
  });
  return (
    <ColumnChart
      title={t.trend}
      means={t.trendMeans}
      points={points}
      series={[{ key: 'events', name: t.trend, values: issue.daily, tone: 'amber' }]}
    />
  );
}

function Cases({ cases }: { cases: readonly Case[] }) {
  const lang = languageChoice.use();
  return (
    <ul className="hot-cases">
      {cases.map((one) => (
        <li key={one.id}>
          <Go href={`/desk?event=${one.id}`}>{one.title === '' ? one.number : one.title}</Go>
          <small>
            <StatusMark status={one.status} /> {one.number} · {formatTime(one.reportedAt, lang)}
            {one.placeWords !== '' && ` · ${one.placeWords}`}
          </small>
        </li>
      ))}
    </ul>
  );
}
