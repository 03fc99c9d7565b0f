import { useEffect, useState } from 'react';
import { useShortcuts } from '#web/app/shortcuts.ts';
import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Pane } from '../parts/Pane.tsx';
import { useWhen } from '../parts/when.ts';
import type { Room } from '../queries.ts';
import { CallForm } from './CallForm.tsx';
import { Composer } from './Composer.tsx';
import { FeedLine } from './FeedLine.tsx';
import { gathered } from './gathered.ts';
import type { Intent, Tell } from './intent.ts';

const callKey = 'c';

export interface StreamPaneProps {
  room: Room;
  intent: Intent | null;
  tell: Tell;
}

/** What happens, as it happens: messages, photos, calls, steps of units; and the lines to write. */
export function StreamPane({ room, intent, tell }: StreamPaneProps) {
  const t = useText(operations);
  const [newest, setNewest] = useState(true);
  const call = intent?.kind === 'call' ? intent : null;
  const [calling, setCalling] = useState(call !== null);
  useEffect(() => {
    if (call !== null) setCalling(true);
  }, [call]);
  const mayCall = room.allowed.some((one) => one.verb === 'record_call');
  useShortcuts({
    [callKey]: mayCall ? () => setCalling(true) : undefined,
    m: () => document.querySelector<HTMLElement>('.room-stream .composer textarea')?.focus(),
  });
  const endCall = (): void => {
    setCalling(false);
    tell(null);
  };
  const lines = gathered(newest ? room.feed.toReversed() : room.feed);
  return (
    <Pane
      title={t.room.panes.stream}
      className="room-stream"
      aside={
        <button type="button" className="link-button" onClick={() => setNewest(!newest)}>
          {newest ? t.stream.oldest : t.stream.newest}
        </button>
      }
    >
      {room.may.message && (
        <Composer
          eventId={room.event.id}
          more={
            mayCall && (
              <button
                type="button"
                className="room-button"
                aria-expanded={calling}
                onClick={() => (calling ? endCall() : setCalling(true))}
              >
                <Icon name="phone" size={16} />
                {t.compose.call} <kbd>{callKey.toUpperCase()}</kbd>
              </button>
            )
          }
        />
      )}
      {calling && mayCall && (
        <CallForm key={call?.number ?? ''} eventId={room.event.id} start={call} onClose={endCall} />
      )}
      <Calls room={room} />
      {lines.length === 0 && <p className="quiet">{t.stream.empty}</p>}
      <ol className="feed" aria-live="polite" aria-label={t.room.panes.stream}>
        {lines.map(({ item, taskIds }) => (
          <FeedLine key={item.id} item={item} taskIds={taskIds} room={room} />
        ))}
      </ol>
    </Pane>
  );
}

/** The calls to 119 and the like stand above the stream: the incident number is asked for again and again. */
function Calls({ room }: { room: Room }) {
  const t = useText(operations).stream;
  const when = useWhen();
  if (room.calls.length === 0) return null;
  return (
    <ul className="room-calls" aria-label={t.calls}>
      {room.calls.map((one) => (
        <li key={one.id}>
          <Icon name="phone" size={15} />
          <b>{t.call(one.number, when(one.calledAt))}</b>
          {one.incidentNumber !== '' && <span>{t.incident(one.incidentNumber)}</span>}
          {one.note !== '' && <span className="quiet">{one.note}</span>}
        </li>
      ))}
    </ul>
  );
}
