import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatDate, formatDistance, formatNumber } from '#web/i18n/format.ts';
import { Awaited } from '#web/ui/Answer.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { Cases, How } from './Pieces.tsx';
import { hotSpotsQuery, type HotSpots, type Spot } from './queries.ts';
import { usePatternSearch } from './search.ts';
import { SpotMap } from './SpotMap.tsx';
import { roughly, runsOf, useSay } from './words.ts';

/** Where events gather more than the average of the area: sentences, the map, and the map as a table. */
export function SpotsPart() {
  const { t } = useSay();
  const [search] = usePatternSearch();
  const query = useQuery(hotSpotsQuery(search));
  const { data } = query;
  return (
    <section className="patterns-part" aria-busy={query.isPlaceholderData}>
      <Awaited query={query} />
      {data !== undefined && <Told data={data} key={`${data.asked.areaCode} ${data.steps}`} />}
      {data !== undefined && <How>{t.spot.explain(formatDistance(data.radiusM))}</How>}
    </section>
  );
}

function Told({ data }: { data: HotSpots }) {
  const { t } = useSay();
  const [chosen, setChosen] = useState<number | null>(null);
  const { asked, before, seen, seenBefore, cellsLooked, acrossM, tooLittle, spots, cells, cut } = data;
  const cold = cells.filter(({ heat }) => heat <= -2).length;
  const notes = [
    ...(cold > 0 ? [t.spot.cold(formatNumber(cold))] : []),
    ...(cut > 0 ? [t.spot.cut(formatNumber(cut))] : []),
  ];
  return (
    <>
      <p className="quiet" role="status">
        {formatDate(asked.from)} – {formatDate(asked.to)} ({formatDate(before.from)} – {formatDate(before.to)}).{' '}
        {t.spot.basis(formatNumber(seen), formatNumber(seenBefore), formatNumber(cellsLooked), formatDistance(acrossM))}
        {asked.ownOnly && ` ${t.ownOnly}`}
      </p>
      {tooLittle !== null && <p role="status">{t.tooLittle[tooLittle]}</p>}
      {tooLittle === null && spots.length === 0 && <p role="status">{t.spot.none}</p>}
      <div className={spots.length === 0 ? undefined : 'patterns-map-side'}>
        <ol className="patterns-findings">
          {spots.map((spot, k) => (
            <SpotLine key={spot.cells[0]} spot={spot} data={data} chosen={chosen === k} onChoose={() => setChosen(k)} />
          ))}
        </ol>
        <SpotMap data={data} chosen={chosen} onChoose={setChosen} />
      </div>
      {notes.length > 0 && <p className="quiet">{notes.join(' ')}</p>}
      {spots.length > 0 && <SpotTable spots={spots} />}
    </>
  );
}

interface SpotLineProps {
  spot: Spot;
  data: HotSpots;
  chosen: boolean;
  onChoose: () => void;
}

function SpotLine({ spot, data, chosen, onChoose }: SpotLineProps) {
  const { t, kind } = useSay();
  const [, go] = usePatternSearch();
  const { asked, steps } = data;
  return (
    <li className="patterns-finding" aria-current={chosen ? 'true' : undefined}>
      <button type="button" className="link-button patterns-say" onClick={onChoose}>
        <b>{t.spot.say(spot.areaName, roughly(spot.times))}</b>
      </button>
      <span>
        {t.spot.numbers(formatNumber(spot.seen), roughly(spot.likely), formatNumber(spot.before))} ·{' '}
        {heatWords(t.spot.heat, spot.heat)}
      </span>
      {asked.category === null && (
        <span>
          {t.spot.kinds}{' '}
          {spot.kinds.map((one) => (
            <button key={one.code} type="button" className="link-button" onClick={() => go({ category: one.code })}>
              {kind(one)} {formatNumber(one.seen)}
            </button>
          ))}
        </span>
      )}
      <Cases
        n={spot.seen}
        wish={{
          area: asked.areaCode,
          from: asked.from,
          to: asked.to,
          steps,
          cells: runsOf(spot.cells),
          ...(asked.category === null ? {} : { category: asked.category.code }),
        }}
      />
    </li>
  );
}

const heatWords = (words: { 1: string; 2: string; 3: string }, heat: number): string =>
  heat >= 3 ? words[3] : heat === 2 ? words[2] : words[1];

function SpotTable({ spots }: { spots: readonly Spot[] }) {
  const { t, kind } = useSay();
  const { heads, heat } = t.spot;
  return (
    <ScrollFrame area="table-frame" label={t.spot.table}>
      <table className="data-table">
        <caption>{t.spot.table}</caption>
        <thead>
          <tr>
            {[heads.place, heads.seen, heads.likely, heads.times, heads.before, heads.sure, heads.kinds].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {spots.map((spot) => (
            <tr key={spot.cells[0]}>
              <th scope="row">{spot.areaName}</th>
              <td>{formatNumber(spot.seen)}</td>
              <td>{roughly(spot.likely)}</td>
              <td>{roughly(spot.times)}</td>
              <td>{formatNumber(spot.before)}</td>
              <td>{heatWords(heat, spot.heat)}</td>
              <td>{spot.kinds.map((one) => kind(one)).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
