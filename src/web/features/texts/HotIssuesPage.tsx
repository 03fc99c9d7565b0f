import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { AreaSelect } from './AreaSelect.tsx';
import { useGo } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatRelative } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { texts } from '#web/i18n/texts.ts';
import { Answer } from '#web/ui/Answer.tsx';
import { IssueLine } from './IssueLine.tsx';
import { IssueMap } from './IssueMap.tsx';
import { IssuePane } from './IssuePane.tsx';
import { issuesQuery, type Issue } from './queries.ts';
import { hotHref, useHotSearch } from './search.ts';
import './texts.css';

/** 热点问题: the issues, hottest first, on the map, and one of them with all its events. On a phone one at a time. */
export function HotIssuesPage() {
  const t = useText(texts).hot;
  const search = useHotSearch();
  const { id } = useParams({ strict: false }) as { id?: string };
  const go = useGo();
  const list = useQuery(issuesQuery(search));
  const [pointed, setPointed] = useState<string>();
  const choose = (one: string): void => go(hotHref(search, one));
  return (
    <div className={`hot${id === undefined ? '' : ' hot-chosen'}`}>
      <section className="list-side hot-list" aria-label={t.list}>
        <h1>{t.title}</h1>
        <p className="quiet">{t.lead}</p>
        <AreaSelect value={search.area} onChange={(area) => go(hotHref({ area }), { replace: true })} />
        <Answer query={list}>
          {({ items, total, asOf }) => (
            <Rows items={items} total={total} asOf={asOf} chosen={id} onChoose={choose} onPoint={setPointed} />
          )}
        </Answer>
      </section>
      <section className="detail-side hot-detail" aria-label={t.detail}>
        {id === undefined ? (
          <>
            <IssueMap
              key={search.area}
              issues={list.isPlaceholderData ? undefined : list.data?.items}
              pointed={pointed}
              onChoose={choose}
            />
            <p className="choose-none">{t.choose}</p>
          </>
        ) : (
          <IssuePane key={id} id={id} onBack={() => go(hotHref(search))} />
        )}
      </section>
    </div>
  );
}

interface RowsProps {
  items: readonly Issue[];
  total: number;
  asOf: string | null;
  chosen: string | undefined;
  onChoose: (id: string) => void;
  /** By pointer or by keyboard; undefined: not any more. */
  onPoint: (id: string | undefined) => void;
}

function Rows({ items, total, asOf, chosen, onChoose, onPoint }: RowsProps) {
  const t = useText(texts).hot;
  const lang = languageChoice.use();
  if (items.length === 0) return <p role="status">{t.empty}</p>;
  return (
    <>
      <p className="quiet" role="status">
        {t.shown(formatNumber(total), formatRelative(asOf, lang))}
      </p>
      <ul className="pick-rows">
        {items.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className="pick-row"
              aria-current={one.id === chosen ? 'true' : undefined}
              onClick={() => onChoose(one.id)}
              onPointerEnter={() => onPoint(one.id)}
              onPointerLeave={() => onPoint(undefined)}
              onFocus={() => onPoint(one.id)}
              onBlur={() => onPoint(undefined)}
            >
              <IssueLine issue={one} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
