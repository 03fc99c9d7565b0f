import { useQuery } from '@tanstack/react-query';
import { casesLink } from '#web/app/cases-link.ts';
import { Go } from '#web/app/Go.tsx';
import { formatDate, formatNumber, formatRoughly, formatPercent } from '#web/i18n/format.ts';
import { Awaited } from '#web/ui/Answer.tsx';
import { BarChart } from '#web/ui/charts/BarChart.tsx';
import { Sankey } from '#web/ui/charts/Sankey.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { How } from './Pieces.tsx';
import { flowQuery, type Flow } from './queries.ts';
import { usePatternSearch } from './search.ts';
import { useSay } from './words.ts';

const minute = 60_000;
const mostRibbons = 30;

/** Where cases travel, where they wait, and what comes back. */
export function FlowPart() {
  const { t } = useSay();
  const [search, go] = usePatternSearch();
  const query = useQuery(flowQuery(search));
  const { data } = query;
  const by = search.by === 'steps' ? 'steps' : 'units';
  return (
    <section className="patterns-part" aria-busy={query.isPlaceholderData}>
      <div role="group" aria-label={t.flow.by} className="patterns-parts">
        {(['units', 'steps'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className="tool tool-framed"
            aria-pressed={one === by}
            onClick={() => go({ by: one })}
          >
            {t.flow[one]}
          </button>
        ))}
      </div>
      <Awaited query={query} />
      {data !== undefined && data.cases === 0 && <p role="status">{t.flow.none}</p>}
      {data !== undefined && data.cases > 0 && <Told data={data} />}
    </section>
  );
}

function useNodeNames(data: Flow): (key: string) => string {
  const { t, named } = useSay();
  const nodes = new Map(data.nodes.map((node) => [node.key, node]));
  const steps: Readonly<Record<string, string>> = t.flow.stepNames;
  return (key) => (data.by === 'steps' ? (steps[key] ?? key) : named(nodes.get(key)));
}

function Told({ data }: { data: Flow }) {
  const { t } = useSay();
  const nameOf = useNodeNames(data);
  const [worst] = data.nodes;
  const { from, to, areaCode, category } = data.asked;
  const cases = casesLink({ from, to, area: areaCode, class: category?.code });
  return (
    <>
      {worst !== undefined && worst.medianMin !== null && (
        <p role="status">
          <b>{t.flow.say(nameOf(worst.key), formatPercent(worst.share), formatRoughly(worst.medianMin * minute))}</b>
          {data.by === 'units' && <> {t.flow.returned(formatNumber(data.returned), formatNumber(data.cases))}</>}{' '}
          <span className="quiet">
            {formatDate(from)} – {formatDate(to)}
          </span>{' '}
          <Go href={cases}>{t.flow.caseList}</Go>
        </p>
      )}
      {data.asked.ownOnly && <p className="quiet">{t.ownOnly}</p>}
      <NodeTable data={data} nameOf={nameOf} />
      <Sankey
        title={t.flow.sankey}
        means={t.flow.sankeyMeans}
        nodes={data.nodes.map(({ key, share }) => ({
          key,
          name: nameOf(key),
          ...(share > 0.3 ? { tone: 'amber' as const } : {}),
          ...(data.by === 'units' && key !== 'check'
            ? { href: casesLink({ from, to, area: areaCode, class: category?.code, unit: key }) }
            : {}),
        }))}
        links={data.edges.slice(0, mostRibbons).map((edge) => ({ from: edge.from, to: edge.to, value: edge.count }))}
      />
      {data.by === 'units' && <Hops hops={data.hops} />}
      {data.cut && <p className="quiet">{t.flow.cut}</p>}
      <How>{t.flow.explain}</How>
    </>
  );
}

function Hops({ hops }: { hops: readonly number[] }) {
  const { t } = useSay();
  return (
    <BarChart
      title={t.flow.hopsTitle}
      means={t.flow.hopsMeans}
      first={t.flow.hopsHead}
      second={t.flow.casesHead}
      rows={hops.map((value, k) => ({ key: String(k), name: t.flow.hops(String(k)), value }))}
    />
  );
}

function NodeTable({ data, nameOf }: { data: Flow; nameOf: (key: string) => string }) {
  const { t } = useSay();
  const heads = t.flow.heads;
  const time = (minutes: number | null): string => (minutes === null ? '–' : formatRoughly(minutes * minute));
  return (
    <ScrollFrame area="table-frame" label={t.flow.table}>
      <table className="data-table">
        <caption>{t.flow.table}</caption>
        <thead>
          <tr>
            {[heads.node, heads.stays, heads.waiting, heads.median, heads.p90, heads.share, heads.returns].map(
              (head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {data.nodes.map(({ key, stays, waiting, medianMin, p90Min, share, returns }) => (
            <tr key={key}>
              <th scope="row">{nameOf(key)}</th>
              <td>{formatNumber(stays)}</td>
              <td>{formatNumber(waiting)}</td>
              <td>{time(medianMin)}</td>
              <td>{time(p90Min)}</td>
              <td>{formatPercent(share)}</td>
              <td>{formatNumber(returns)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
