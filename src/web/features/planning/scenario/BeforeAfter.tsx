import { useQueries, useQuery } from '@tanstack/react-query';
import type { Map as MapLibre } from 'maplibre-gl';
import { Suspense, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { Go } from '#web/app/Go.tsx';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import type { LonLatPoint, MapLayer } from '#web/map/layers.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { cellsQuery, outlineQuery, type Cells, type Scenario } from '../queries.ts';
import type { Answer } from './names.ts';
import { candidateLayer, cellLayer, existingLayer, reachLayer } from './scenario-layers.ts';
import { TableFrame } from '../TableFrame.tsx';

interface MapsProps {
  scenario: Scenario;
  answer: Answer;
  chosen: readonly string[];
  /** What the address says; absent: what the engine chose. */
  mine: string | undefined;
  onChoose: (keys: readonly string[]) => void;
}

/** Two maps side by side, now and with the chosen places, and their twin in words. */
export function BeforeAfter(props: MapsProps) {
  const t = useText(planning).maps;
  const { scenario, mine } = props;
  const { data } = useQuery(cellsQuery(scenario.id, mine));
  const [failed, setFailed] = useState(false);
  const c = useText(common);
  if (data === undefined) return <p className="waiting">{c.map.loading}</p>;
  return (
    <section aria-labelledby="planning-maps">
      <h2 id="planning-maps">{t.title}</h2>
      {failed ? (
        <p className="quiet">{t.failed}</p>
      ) : (
        <div className="planning-pair">
          <Side {...props} side="before" cells={data} onFailure={() => setFailed(true)} />
          <Side {...props} side="after" cells={data} onFailure={() => setFailed(true)} />
        </div>
      )}
      <p className="quiet planning-no-print">
        {t.hint} {data.items.some(({ people }) => people === null) && t.few}
      </p>
      <Twin cells={data} classCode={scenario.classCode} />
    </section>
  );
}

interface SideProps extends MapsProps {
  side: 'before' | 'after';
  cells: Cells;
  onFailure: () => void;
}

function Side({ side, cells, scenario, answer, chosen, onChoose, onFailure }: SideProps) {
  const t = useText(planning).maps;
  const c = useText(common);
  const theme = themeChoice.use();
  const outline = useOutline(scenario, answer, side === 'after' ? chosen : []);
  const toggle = useRef((_key: string): void => undefined);
  toggle.current = (key) => onChoose(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  const layers = useMemo((): MapLayer[] => {
    const words = { near: t.near, newly: t.newly, beyond: t.beyond, none: t.none, size: t.size };
    return [
      reachLayer(outline, theme, t.reach(formatNumber(scenario.limitMin))),
      cellLayer({ cells, side, theme, words }),
      existingLayer(cells, theme, t.existing),
      candidateLayer({
        candidates: scenario.candidates,
        chosen: side === 'after' ? chosen : [],
        theme,
        words: { picked: t.picked, candidate: t.candidate },
        onSelect: (key) => toggle.current(key),
      }),
    ];
  }, [outline, cells, side, theme, scenario.candidates, scenario.limitMin, chosen, t]);
  const at = useMemo(
    () => windowOf(cells, scenario.candidates, answer.figures.chosen),
    [cells, scenario.candidates, answer.figures.chosen],
  );
  const title = side === 'before' ? t.before : t.after;
  const drawn = useRef<MapLibre | null>(null);
  const picture = useRef<HTMLImageElement>(null);
  usePrinted(drawn, picture);
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <div className="planning-map">
        <Suspense fallback={<p className="waiting">{c.map.loading}</p>}>
          <LazyMapCanvas
            label={t.label(title)}
            centre={at.centre}
            zoom={at.zoom}
            layers={layers}
            onReady={(map) => {
              drawn.current = map;
            }}
            onFailure={onFailure}
          />
        </Suspense>
        <img ref={picture} className="planning-picture" alt="" hidden />
      </div>
    </figure>
  );
}

/** What a map shows is gone from its canvas by the time a page is printed: it is drawn once more, and kept as a picture. */
function usePrinted(drawn: RefObject<MapLibre | null>, picture: RefObject<HTMLImageElement | null>): void {
  useEffect(() => {
    const keep = (): void => {
      const [map, image] = [drawn.current, picture.current];
      if (map === null || image === null) return;
      map.redraw();
      image.src = map.getCanvas().toDataURL('image/png');
      image.hidden = false;
    };
    const leave = (): void => {
      if (picture.current !== null) picture.current.hidden = true;
    };
    addEventListener('beforeprint', keep);
    addEventListener('afterprint', leave);
    return () => {
      removeEventListener('beforeprint', keep);
      removeEventListener('afterprint', leave);
    };
  }, [drawn, picture]);
}

/** What is within the limit of what exists and of these places; empty while nobody has measured. */
function useOutline({ classCode, limitMin, candidates }: Scenario, { runId }: Answer, chosen: readonly string[]) {
  const places = candidates.filter(({ key }) => chosen.includes(key) && chosen.length <= 12);
  const found = useQueries({
    queries: [
      outlineQuery(runId, { class: classCode }, limitMin),
      ...places.map(({ lon, lat }) => outlineQuery(runId, { lon, lat }, limitMin)),
    ],
    combine: (all) => all.flatMap(({ data }) => data ?? []),
  });
  return found;
}

/** All homes asked about and what the engine chose. */
function windowOf(
  { items }: Cells,
  candidates: Scenario['candidates'],
  chosen: readonly string[],
): { centre: LonLatPoint; zoom: number } {
  const shown = [...items, ...candidates.filter(({ key }) => chosen.includes(key))];
  const lons = shown.map(({ lon }) => lon);
  const lats = shown.map(({ lat }) => lat);
  const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
  const [west, east, south, north] = [least(lons), most(lons), least(lats), most(lats)];
  const span = Math.max(east - west, (north - south) * 1.3, 0.004);
  return {
    centre: { lon: (west + east) / 2, lat: (south + north) / 2 },
    zoom: Math.log2((360 / (span * 1.25)) * (560 / 512)),
  };
}

const rowsAtFirst = 8;

/** The same in words: by grid, who cannot reach one now and afterwards. */
function Twin({ cells, classCode }: { cells: Cells; classCode: string }) {
  const t = useText(planning).maps;
  const [all, setAll] = useState(false);
  const rows = all ? cells.areas : cells.areas.slice(0, rowsAtFirst);
  return (
    <TableFrame label={t.twin}>
      <table>
        <caption>{t.twin}</caption>
        <thead>
          <tr>
            <th scope="col">{t.grid}</th>
            <th scope="col" className="figure">
              {t.lives}
            </th>
            <th scope="col" className="figure">
              {t.lackBefore}
            </th>
            <th scope="col" className="figure">
              {t.lackAfter}
            </th>
            <th scope="col" className="planning-no-print" aria-label={t.needs} />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, name, people, before, after }) => (
            <tr key={code}>
              <th scope="row">{name}</th>
              <td className="figure">{formatNumber(people)}</td>
              <td className="figure">{formatNumber(before)}</td>
              <td className="figure">{formatNumber(after)}</td>
              <td className="planning-no-print">
                <Go href={`/desk/needs?class=${classCode}&area=${code}`}>{t.needs}</Go>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {cells.areas.length > rowsAtFirst && (
        <button type="button" className="tool planning-no-print" onClick={() => setAll(!all)}>
          {all ? t.less : t.more}
        </button>
      )}
    </TableFrame>
  );
}
