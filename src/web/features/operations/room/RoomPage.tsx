import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { useMedia } from '#web/app/media.ts';
import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useRoom, type Room } from '../queries.ts';
import { OpenPlan } from '../section/OpenPlan.tsx';
import { UnitsPane } from '../units/UnitsPane.tsx';
import { Checklist } from './Checklist.tsx';
import type { Intent } from './intent.ts';
import { MapPane } from './MapPane.tsx';
import { RoomHead } from './RoomHead.tsx';
import { StreamPane } from './StreamPane.tsx';
import './room.css';

/** The joint room of an event: what is to be done, what happens, who is there, where. */
export function RoomPage() {
  const t = useText(operations);
  const { id = '' } = useParams({ strict: false });
  const room = useRoom(id);
  if (room.data === undefined)
    return (
      <div className="room-wait">
        {room.error === null ? (
          <p role="status">{t.room.loading}</p>
        ) : (
          <ProblemNote error={room.error} onRetry={() => void room.refetch()} />
        )}
        <Go href={`/desk?event=${id}`}>{t.room.back}</Go>
      </div>
    );
  return (
    <div className="room">
      <RoomHead room={room.data} />
      {room.error !== null && <ProblemNote error={room.error} onRetry={() => void room.refetch()} />}
      {room.data.operation === null ? (
        <div className="room-wait">
          <OpenPlan eventId={id} mayOpen={room.data.may.open} />
        </div>
      ) : (
        <Parts room={room.data} />
      )}
    </div>
  );
}

const tabs = ['steps', 'stream', 'units', 'map'] as const;
type Tab = (typeof tabs)[number];
const tabOf = { call: 'stream', invite: 'units', cordon: 'map' } as const satisfies Record<Intent['kind'], Tab>;

/** Side by side where there is room for it; one after another under tabs on small screens. */
function Parts({ room }: { room: Room }) {
  const t = useText(operations).room;
  const wide = useMedia('(min-width: 1100px)');
  const [tab, setTab] = useState<Tab>('steps');
  const [intent, setIntent] = useState<Intent | null>(null);
  const tell = (next: Intent | null): void => {
    setIntent(next);
    if (next !== null) setTab(tabOf[next.kind]);
  };
  const parts = {
    steps: <Checklist room={room} tell={tell} />,
    stream: <StreamPane room={room} intent={intent} tell={tell} />,
    units: <UnitsPane room={room} intent={intent} tell={tell} />,
    map: <MapPane room={room} intent={intent} tell={tell} />,
  };
  if (wide)
    return (
      <div className="room-parts">
        {parts.steps}
        {parts.stream}
        <div className="room-right">
          {parts.map}
          {parts.units}
        </div>
      </div>
    );
  return (
    <>
      <div className="room-tabs" role="group" aria-label={t.tabs}>
        {tabs.map((one) => (
          <button key={one} type="button" aria-pressed={tab === one} onClick={() => setTab(one)}>
            {t.panes[one]}
          </button>
        ))}
      </div>
      {parts[tab]}
    </>
  );
}
