import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { EventPane } from './event/EventPane.tsx';
import { EventMap } from './map/EventMap.tsx';
import { Panes } from './Panes.tsx';
import { eventQuery, type MapWindow } from './queries.ts';
import { Queue } from './queue/Queue.tsx';
import { UndoTray } from './queue/UndoTray.tsx';
import { useMedia } from '#web/app/media.ts';
import { useDeskSearch } from './workspace-state.ts';
import './queue/queue.css';
import './event/event.css';

/** Queue, map and detail of one view. */
export function Workspace() {
  const t = useText(desk);
  const me = useMe();
  const wide = useMedia('(min-width: 1280px)');
  const { search, change } = useDeskSearch();
  const [window, setWindow] = useState<MapWindow | null>(null);
  const [narrowPane, setNarrowPane] = useState<'queue' | 'map'>('queue');
  const client = useQueryClient();
  if (!may(me, 'event.read')) return <p className="plain-page">{t.problem.noEvents}</p>;

  const select = (id: string | undefined): void => {
    if (id !== undefined) void client.prefetchQuery(eventQuery(id));
    change({ event: id });
  };
  const queue = <Queue search={search} onChange={change} onSelect={select} window={window} />;
  const map = <EventMap search={search} onSelect={select} onWindow={setWindow} />;

  return (
    <>
      {wide ? (
        <Panes left={queue} middle={map} right={<EventPane id={search.event} onSelect={select} />} />
      ) : search.event === undefined ? (
        <div className="one-pane">
          <div className="one-pane-body">{narrowPane === 'queue' ? queue : map}</div>
          <button
            type="button"
            className="pane-switch"
            onClick={() => setNarrowPane(narrowPane === 'queue' ? 'map' : 'queue')}
          >
            <Icon name={narrowPane === 'queue' ? 'map' : 'list'} size={20} />
            {narrowPane === 'queue' ? t.panes.showMap : t.panes.showQueue}
          </button>
        </div>
      ) : (
        <div className="one-pane">
          <button type="button" className="pane-back" onClick={() => select(undefined)}>
            <Icon name="back" size={20} />
            {t.panes.back}
          </button>
          <div className="one-pane-body">
            <EventPane id={search.event} onSelect={select} />
          </div>
        </div>
      )}
      <UndoTray />
    </>
  );
}
