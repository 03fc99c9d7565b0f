import { useQuery } from '@tanstack/react-query';
import { shortfallRoutes } from '#contract/shortfalls.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { matchesQuery, shortfallKey, type DemandDetail, type Match } from './queries.ts';
import { hrefOf } from './search.ts';
import { useHeads } from './words.ts';

/** Idle rooms that could answer a demand, and thinking of one of them. */
export function Matches({ demand }: { demand: DemandDetail }) {
  const t = useText(shortfalls).matches;
  const c = useText(common);
  const query = useQuery(matchesQuery(demand.id));
  const found = query.data;
  const act = useAct(
    ({ idleId, reason }: { idleId: string | null; reason: string }, opId) =>
      ask(shortfallRoutes.editDemand, {
        params: { id: demand.id },
        body: { opId, version: demand.version, idleId, reason },
      }),
    { stale: [shortfallKey] },
  );
  const think = (idleId: string | null): void => act.mutate({ idleId, reason: idleId === null ? t.whyNot : t.why });
  return (
    <section className="shortfalls-part">
      <h3>{t.title}</h3>
      <ProblemNote error={query.error ?? act.error} onRetry={() => void query.refetch()} />
      {found === undefined && query.error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {found !== undefined && <p className="quiet">{t.lead(formatNumber(found.limitMin))}</p>}
      {found?.items.length === 0 && <p>{t.none}</p>}
      <ul className="shortfalls-rooms">
        {found?.items.map((room) => (
          <li key={room.id}>
            <Room room={room} chosen={demand.idle?.id === room.id} />
            {demand.mayEdit && (
              <button
                type="button"
                className="tool tool-framed"
                disabled={act.isPending}
                onClick={() => think(demand.idle?.id === room.id ? null : room.id)}
              >
                {demand.idle?.id === room.id ? t.drop : t.use}
              </button>
            )}
          </li>
        ))}
      </ul>
      {found !== undefined && <Excluded {...found.excluded} />}
    </section>
  );
}

function Room({ room, chosen }: { room: Match; chosen: boolean }) {
  const t = useText(shortfalls).matches;
  const conditions = useText(shortfalls).conditions;
  const heads = useHeads();
  return (
    <div className="shortfalls-room">
      <span className="shortfalls-row-head">
        <Go href={hrefOf('idle', { row: room.id })} aria-label={`${t.open}: ${room.name}`}>
          {room.name}
        </Go>
        <span>{room.areaName}</span>
        {chosen && <span className="tag tag-leaf">{t.chosen}</span>}
      </span>
      <span>
        {room.joined ? t.newly(heads.people(room.newly.people), heads.count(room.newly.elders)) : t.aside}
        {room.joined && <span className="quiet"> {t.here(heads.people(room.here.people))}</span>}
      </span>
      <span className="shortfalls-row-more">
        <span>{t.m2(formatNumber(room.areaM2))}</span>
        {room.largeEnough !== null && <span className="tag">{room.largeEnough ? t.large : t.small}</span>}
        <span>{conditions[room.condition] ?? room.condition}</span>
        <span>{t[room.use]}</span>
      </span>
    </div>
  );
}

function Excluded(left: Readonly<Record<'otherUse' | 'unsafe' | 'taken' | 'elsewhere', number>>) {
  const t = useText(shortfalls).matches;
  const { otherUse, unsafe, taken, elsewhere } = left;
  if (otherUse + unsafe + taken + elsewhere === 0) return null;
  const [other, risky, held, far] = [otherUse, unsafe, taken, elsewhere].map((n) => formatNumber(n)) as [
    string,
    string,
    string,
    string,
  ];
  return <p className="quiet">{t.excluded(other, risky, held, far)}</p>;
}
