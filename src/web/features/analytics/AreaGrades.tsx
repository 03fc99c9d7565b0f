import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { grades, type Grade } from '#contract/analytics-views.ts';
import type { Tier } from '#kit/tiers.ts';
import { casesLink, type CasesFilter } from '#web/app/cases-link.ts';
import { Go } from '#web/app/Go.tsx';
import { outlinesQuery } from '#web/app/outlines.ts';
import { toSearchText } from '#web/app/search-text.ts';
import { analytics } from '#web/i18n/analytics.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { FittedMap } from '#web/map/FittedMap.tsx';
import type { MapFeatures, MapLayer } from '#web/map/layers.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { GradeMark } from './GradeMark.tsx';
import { mapQuery, type IndicatorWord, type MapAnswer } from './queries.ts';
import type { FiguresSearch } from './search.ts';
import { formatValue } from './values.ts';

/** From good to bad in one run of hues that differ in lightness too. The map cannot read the style sheet. */
const inks: Record<Grade, string> = { A: '#154a37', B: '#4f9476', C: '#c9b458', D: '#c9762f', E: '#8e2a1c' };
const noneInk = '#b9b2a2';
const below: Record<string, Tier> = { city: 'district', district: 'street', street: 'community', community: 'grid' };

interface Props {
  search: FiguresSearch;
  word: IndicatorWord;
  name: string;
  where: CasesFilter;
  onOpen: (area: string) => void;
}

/** One indicator in the areas below: a graded map, and the same as a table. */
export function AreaGrades({ search, word, name, where, onOpen }: Props) {
  const t = useText(analytics);
  const { data, error, refetch } = useQuery(mapQuery({ ...search, indicator: word.code }));
  return (
    <section>
      <h2>
        {t.map}: {name}
      </h2>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {data !== undefined && data.areas.length === 0 && <p className="quiet">{t.mapNone}</p>}
      {data !== undefined && data.areas.length > 0 && (
        <div className="analytics-below">
          <AreaTable data={data} search={search} word={word} where={where} />
          <GradeMap data={data} label={t.mapLabel(name)} onOpen={onOpen} />
        </div>
      )}
    </section>
  );
}

function AreaTable({ data, search, word, where }: Pick<Props, 'search' | 'word' | 'where'> & { data: MapAnswer }) {
  const t = useText(analytics);
  return (
    <div className="table-frame">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t.area}</th>
            <th scope="col">{t.value}</th>
            <th scope="col">{t.gradeHead}</th>
            <th scope="col">{t.casesHead}</th>
          </tr>
        </thead>
        <tbody>
          {data.areas.map((area) => (
            <tr key={area.code}>
              <th scope="row">
                <Go
                  href={`/desk/figures${toSearchText({ ...search, area: area.code })}`}
                  aria-label={t.openArea(area.name)}
                >
                  {area.name}
                </Go>
              </th>
              <td>{formatValue(word.kind, area.value)}</td>
              <td>
                {area.few && area.value !== null ? (
                  <span className="quiet">{t.few}</span>
                ) : (
                  <GradeMark grade={area.grade} />
                )}
              </td>
              <td>
                <Go href={casesLink({ ...where, area: area.code, indicator: word.code, part: 'denominator' })}>
                  {formatNumber(area.denominator)}
                </Go>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function GradeMap({ data, label, onOpen }: { data: MapAnswer; label: string; onOpen: (area: string) => void }) {
  const t = useText(analytics);
  const outlines = useQuery(outlinesQuery(below[data.place?.tier ?? ''] ?? 'grid')).data;
  const latest = useRef(onOpen);
  latest.current = onOpen;
  const drawn = useMemo(() => {
    const gradeOf = new Map(data.areas.map((area) => [area.code, area.grade]));
    return ((outlines?.features ?? []) as MapFeatures['features'])
      .filter(({ properties }) => gradeOf.has(String(properties?.['code'])))
      .map((feature) => {
        const code = String(feature.properties?.['code']);
        const grade = gradeOf.get(code) ?? null;
        return { ...feature, properties: { code, ink: grade === null ? noneInk : inks[grade] } };
      });
  }, [outlines, data.areas]);
  const layers = useMemo(() => [layerOf(drawn, t.gradeLegend, (code) => latest.current(code))], [drawn, t]);
  return <FittedMap area="analytics-map" label={label} drawn={drawn} layers={layers} failedWords={t.mapTwin} />;
}

function layerOf(
  features: MapFeatures['features'],
  names: Readonly<Record<Grade | 'none', string>>,
  onOpen: (code: string) => void,
): MapLayer {
  return {
    id: 'grades',
    data: { type: 'FeatureCollection', features },
    styles: [
      { type: 'fill', paint: { 'fill-color': ['get', 'ink'], 'fill-opacity': 0.62 } },
      { type: 'line', paint: { 'line-color': '#1f2a26', 'line-width': 1 } },
    ],
    legend: [
      ...grades.map((grade) => ({ words: names[grade], colour: inks[grade], shape: 'area' as const })),
      { words: names.none, colour: noneInk, shape: 'area' as const },
    ],
    onSelect: ({ code }) => {
      if (typeof code === 'string') onOpen(code);
    },
  };
}
