import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import { Fact } from '#web/ui/Fact.tsx';
import { PaneFrame } from '#web/ui/PaneFrame.tsx';
import { DemandForm } from './EditForm.tsx';
import { Matches } from './Matches.tsx';
import { demandQuery, matchesQuery, useClassNames, type DemandDetail } from './queries.ts';
import { Marks } from './RowLine.tsx';
import { hrefOf } from './search.ts';
import type { MapExtras } from './ShortfallMap.tsx';
import { HeadFacts, MovedNote, RowLinks, Sources } from './Sources.tsx';
import { minutesOf, useHeads } from './words.ts';

interface PaneProps {
  id: string;
  onBack: () => void;
  /** What the map shows of it. */
  onShow: (extras: MapExtras | null) => void;
}

/** One demand in full, with the idle rooms that could answer it. */
export function DemandPane({ id, onBack, onShow }: PaneProps) {
  const query = useQuery(demandQuery(id));
  const rooms = useQuery(matchesQuery(id)).data?.items;
  const cells = query.data?.cells;
  useEffect(() => {
    onShow(cells === undefined ? null : { cells, rooms: rooms ?? [] });
    return () => onShow(null);
  }, [cells, rooms, onShow]);
  return (
    <PaneFrame area="shortfalls" back={useText(shortfalls).back} query={query} onBack={onBack}>
      {(found) => <Whole demand={found} />}
    </PaneFrame>
  );
}

function Whole({ demand }: { demand: DemandDetail }) {
  const t = useText(shortfalls);
  const me = useMe();
  const { nameOf } = useClassNames();
  const [editing, setEditing] = useState(false);
  const { classCode, areaCode, id } = demand;
  return (
    <>
      <h2>
        {nameOf(classCode)}
        <Marks row={demand} />
      </h2>
      <p className="shortfalls-says">{useSentence(demand)}</p>
      <MovedNote row={demand} />
      <dl className="named-facts shortfalls-facts">
        <HeadFacts row={demand} />
        <DemandFacts demand={demand} />
      </dl>
      <div className="form-buttons">
        {may(me, 'circle.plan') && (
          <Go className="tool tool-framed" href={hrefOf('planner', { class: classCode, area: areaCode, demand: id })}>
            {t.toPlanner}
          </Go>
        )}
        <RowLinks row={demand} />
        {demand.mayEdit && (
          <button type="button" className="tool tool-framed" onClick={() => setEditing(true)}>
            {t.edit}
          </button>
        )}
      </div>
      <Matches demand={demand} />
      <Sources row={demand} />
      {editing && <DemandForm demand={demand} onClose={() => setEditing(false)} />}
    </>
  );
}

function DemandFacts({ demand }: { demand: DemandDetail }) {
  const t = useText(shortfalls).facts;
  const states = useText(shortfalls).demandStates;
  const { floorM2, idle, projectId, note, reason } = demand;
  return (
    <>
      <Fact name={t.floor}>{floorM2 === null ? t.noFloor : t.m2(formatNumber(floorM2))}</Fact>
      <Fact name={t.idle}>
        {idle === null ? (
          <span className="quiet">{t.none}</span>
        ) : (
          <Go href={hrefOf('idle', { row: idle.id })}>{idle.name}</Go>
        )}
      </Fact>
      <Fact name={t.state}>{states[demand.state]}</Fact>
      {projectId !== null && (
        <Fact name={t.project}>
          <Go href={`/desk/projects/${projectId}`}>{t.openProject}</Go>
        </Fact>
      )}
      {note !== '' && <Fact name={t.note}>{note}</Fact>}
      {reason !== '' && <Fact name={t.reason}>{reason}</Fact>}
    </>
  );
}

/** The demand in plain words. */
function useSentence({ areaName, people, limitMin, nearestS, voices, classCode }: DemandDetail): string {
  const { says: t, join } = useText(shortfalls);
  const { nameOf } = useClassNames();
  const heads = useHeads();
  const lacks =
    people === 0 ? '' : t.demand(areaName, heads.people(people), formatNumber(limitMin ?? 0), nameOf(classCode));
  const nearest = nearestS === null ? '' : t.nearest(minutesOf(nearestS));
  const asked = voices === 0 ? '' : t.asked(formatNumber(voices));
  return join([lacks, nearest, asked].filter((sentence) => sentence !== ''));
}
