import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, type ComponentType } from 'react';
import { dayOf } from '#kit/shanghai-days.ts';
import { useAreaChoices } from '#web/app/area-choices.ts';
import { useFollow } from '#web/app/Go.tsx';
import { useNow } from '#web/app/now.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { ChartLinkContext } from '#web/ui/charts/ChartLink.tsx';
import { FilterChoice } from '#web/ui/FilterParts.tsx';
import { AnomaliesPart } from './AnomaliesPart.tsx';
import { ClustersPart } from './ClustersPart.tsx';
import { libraryQuery } from './queries.ts';
import { RecurrencesPart } from './RecurrencesPart.tsx';
import { parts, usePatternSearch, type Part } from './search.ts';
import { useSay } from './words.ts';
import './patterns.css';

const shown: Record<Part, ComponentType> = {
  anomalies: AnomaliesPart,
  spots: lazy(async () => ({ default: (await import('./SpotsPart.tsx')).SpotsPart })),
  clusters: ClustersPart,
  recurrences: RecurrencesPart,
  flow: lazy(async () => ({ default: (await import('./FlowPart.tsx')).FlowPart })),
  forecast: lazy(async () => ({ default: (await import('./ForecastPart.tsx')).ForecastPart })),
};
/** Parts that ask about chosen days and a kind; the others are reckoned by night. */
const withDays: readonly Part[] = ['spots', 'recurrences', 'flow'];

/** 规律研判: six questions to the same facts, each answered in sentences first. */
export function PatternsPage() {
  const { t } = useSay();
  const c = useText(common);
  const follow = useFollow();
  const [search, go] = usePatternSearch();
  const Chosen = shown[search.part];
  return (
    <div className="page-flow patterns">
      <header>
        <h1>{t.title}</h1>
        <p className="quiet">{t.lead}</p>
      </header>
      <nav aria-label={t.partsLabel} className="patterns-parts">
        {parts.map((part) => (
          <button
            key={part}
            type="button"
            className="tool tool-framed"
            aria-current={part === search.part ? 'page' : undefined}
            onClick={() => go({ part, anomaly: undefined, open: undefined })}
          >
            {t.parts[part]}
          </button>
        ))}
      </nav>
      {search.anomaly === undefined && <Filters />}
      <ChartLinkContext value={follow}>
        <Suspense fallback={<p className="waiting">{c.loading}</p>}>
          <Chosen />
        </Suspense>
      </ChartLinkContext>
    </div>
  );
}

function Filters() {
  const { t, named } = useSay();
  const [search, go] = usePatternSearch();
  const areas = useAreaChoices(search.area);
  const days = withDays.includes(search.part);
  return (
    <div className="page-filters" role="group" aria-label={t.filters}>
      {areas.length > 0 && (
        <FilterChoice
          label={t.area}
          value={search.area ?? ''}
          any={t.ownArea}
          choices={areas}
          onChange={(area) => go({ area })}
        />
      )}
      {days && <Kinds value={search.category ?? ''} onChange={(category) => go({ category })} named={named} />}
      {days && <Days />}
    </div>
  );
}

interface KindsProps {
  value: string;
  onChange: (code: string) => void;
  named: (one: { name: string; nameEn: string }) => string;
}

/** Kinds of events that are not further divided. */
function Kinds({ value, onChange, named }: KindsProps) {
  const { t } = useSay();
  const all = useQuery(libraryQuery).data?.categories ?? [];
  const parents = new Set(all.map(({ parentCode }) => parentCode));
  const choices = all
    .filter(({ code, retired }) => !parents.has(code) && !retired)
    .map((one) => ({ value: one.code, words: named(one) }));
  return <FilterChoice label={t.kind} value={value} any={t.anyKind} choices={choices} onChange={onChange} />;
}

function Days() {
  const { t } = useSay();
  const [search, go] = usePatternSearch();
  const today = dayOf(useNow());
  return (
    <>
      {(['from', 'to'] as const).map((end) => (
        <label key={end}>
          <span>{t[end]}</span>
          <input
            type="date"
            max={today}
            value={search[end] ?? ''}
            onChange={({ target }) => go({ [end]: target.value })}
          />
        </label>
      ))}
    </>
  );
}
