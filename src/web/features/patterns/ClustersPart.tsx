import { useQuery } from '@tanstack/react-query';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { Awaited } from '#web/ui/Answer.tsx';
import { Cases, How } from './Pieces.tsx';
import { clustersQuery, type Clusters } from './queries.ts';
import { usePatternSearch } from './search.ts';
import { chance, roughly, runsOf, useSay } from './words.ts';

/** What has begun to gather in the last days. */
export function ClustersPart() {
  const { t } = useSay();
  const [search] = usePatternSearch();
  const query = useQuery(clustersQuery(search));
  const { data } = query;
  return (
    <section className="patterns-part">
      <Awaited query={query} />
      {data !== undefined && (
        <>
          {data.items.length === 0 && <p role="status">{data.tooLittle === null ? t.cluster.none : t.notYet}</p>}
          <ul className="patterns-findings">
            {data.items.map((one) => (
              <Cluster key={`${one.category.code} ${one.cells[0] ?? ''}`} one={one} area={data.asked.areaCode} />
            ))}
          </ul>
          {data.reckonedAt !== null && <p className="quiet">{t.reckonedAt(formatTime(data.reckonedAt))}</p>}
          <How>{t.cluster.explain(formatNumber(data.items[0]?.draws ?? 399))}</How>
        </>
      )}
    </section>
  );
}

function Cluster({ one, area }: { one: Clusters['items'][number]; area: string }) {
  const { t, kind } = useSay();
  const { days, areaName, category, seen, likely, times, p, from, to, steps, cells } = one;
  const what = kind(category);
  return (
    <li className="patterns-finding">
      <b>{days === 1 ? t.cluster.sayOne(areaName, what) : t.cluster.say(String(days), areaName, what)}</b>
      <span>
        {t.cluster.numbers(formatNumber(seen), roughly(likely))}
        {times !== null && ` · ${t.cluster.timesElsewhere(roughly(times))}`} · {t.cluster.p(chance(p))}
      </span>
      <Cases
        n={seen}
        wish={{
          area,
          from,
          to,
          steps,
          cells: runsOf(cells),
          ...(category.code === '' ? {} : { category: category.code }),
        }}
      />
    </li>
  );
}
