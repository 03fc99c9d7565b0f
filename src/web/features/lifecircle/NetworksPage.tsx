import { useQuery } from '@tanstack/react-query';
import { may, useMe } from '#web/app/me.ts';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatDistance, formatNumber, formatTime } from '#web/i18n/format.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { NetworkForm } from './NetworkForm.tsx';
import { networksQuery, type Network } from './queries.ts';
import './lifecircle.css';

/** Where the streets come from: every version with what is in it, and a new one. */
export function NetworksPage() {
  const t = useText(lifecircle).networks;
  const me = useMe();
  const { data, error, refetch } = useQuery(networksQuery());
  return (
    <div className="page-flow circle">
      <header>
        <Go href="/desk/circle">{t.back}</Go>
        <h1>{t.title}</h1>
        <p className="quiet">{t.lead}</p>
      </header>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {data?.items.length === 0 && <p>{t.none}</p>}
      <ul className="circle-networks">
        {data?.items.map((network, k) => (
          <NetworkLine key={network.version} network={network} used={isUsed(data.items, k)} />
        ))}
      </ul>
      {may(me, 'circle.plan') && <NetworkForm />}
    </div>
  );
}

/** The latest of any of its districts. */
function isUsed(items: readonly Network[], k: number): boolean {
  const earlier = new Set(items.slice(0, k).flatMap(({ districts }) => districts));
  return items[k]?.districts.some((code) => !earlier.has(code)) === true;
}

function NetworkLine({ network, used }: { network: Network; used: boolean }) {
  const t = useText(lifecircle).networks;
  const { stats } = network;
  const parts = [
    t.nodes(formatNumber(stats.nodes)),
    t.edges(formatNumber(stats.edges)),
    t.length(formatDistance(stats.lengthM)),
    t.stairs(formatDistance(stats.stairsM)),
    t.offGround(formatDistance(stats.offGroundM)),
    stats.heightKnown === null ? t.noHeights : t.heights(formatNumber(Math.round(stats.heightKnown * 100))),
    ...(stats.islandCount === null || stats.islandCount === 0
      ? []
      : [t.islands(formatNumber(stats.islandCount), formatNumber(stats.islandEdges ?? 0))]),
  ];
  return (
    <li>
      <h2>
        {network.name} {used && <span className="circle-used">{t.latest}</span>}
      </h2>
      <p>{parts.join(' · ')}</p>
      <p className="quiet">
        {network.source} · {network.districts.join(' ')} · {t.added(formatTime(network.createdAt))}
      </p>
      <p className="quiet">
        {t.version} <code className="circle-hash">{network.version}</code>
      </p>
    </li>
  );
}
