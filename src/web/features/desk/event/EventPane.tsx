import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useDeskSlots } from '#web/app/desk-slots.ts';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { ActionBar } from '../act/ActionBar.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { eventQuery, type EventDetail } from '../queries.ts';
import { Clocks } from './Clocks.tsx';
import { EventHead } from './EventHead.tsx';
import { Photos } from './Photos.tsx';
import { RuleNote } from './RuleNote.tsx';
import { Calls, Extensions, Merged } from './SmallSections.tsx';
import { Tasks } from './Tasks.tsx';
import { Timeline } from './Timeline.tsx';
import { Where } from './Where.tsx';

export interface EventPaneProps {
  id: string | undefined;
  onSelect: (id: string) => void;
}

/** One event: what it is, what may be done now, everything that happened. */
export function EventPane({ id, onSelect }: EventPaneProps) {
  const t = useText(desk).panes;
  if (id === undefined)
    return (
      <div className="event-none">
        <Icon name="list" size={36} />
        <p>{t.none}</p>
        <p className="quiet">{t.noneHint}</p>
      </div>
    );
  return <Shown key={id} id={id} onSelect={onSelect} />;
}

function Shown({ id, onSelect }: { id: string; onSelect: (id: string) => void }) {
  const t = useText(deskEvent);
  const { data, error, isPending, refetch } = useQuery(eventQuery(id));
  if (isPending)
    return (
      <p className="waiting" role="status">
        {t.loading}
      </p>
    );
  if (data === undefined)
    return (
      <div className="event-none">
        <ProblemNote error={error} onRetry={() => void refetch()} />
      </div>
    );
  return <Whole event={data} onSelect={onSelect} />;
}

function Whole({ event, onSelect }: { event: EventDetail; onSelect: (id: string) => void }) {
  const { eventSections } = useDeskSlots();
  const t = useText(deskEvent);
  return (
    <article className="event" aria-label={`${t.label} ${event.number}`}>
      <EventHead event={event} onSelect={onSelect} />
      <ActionBar event={event} />
      <div className="event-body">
        {event.description !== '' && <p className="event-text">{event.description}</p>}
        <Photos event={event} />
        <Clocks event={event} />
        <Tasks event={event} />
        {eventSections.map((Section, k) => (
          <Suspense key={k} fallback={null}>
            <Section event={event} />
          </Suspense>
        ))}
        <Extensions event={event} />
        <Where event={event} />
        <RuleNote event={event} />
        <Merged event={event} onSelect={onSelect} />
        <Calls event={event} />
        <Timeline event={event} />
      </div>
    </article>
  );
}
