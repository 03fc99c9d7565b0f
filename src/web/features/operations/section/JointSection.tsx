import type { EventSectionProps } from '#web/app/desk-slots.ts';
import { Go, useGo } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { isOpen } from '#contract/events-words.ts';
import { useName } from '../parts/names.ts';
import { progressOf } from '../parts/tasks.ts';
import { useRoom } from '../queries.ts';
import { OpenPlan } from './OpenPlan.tsx';

/** In an event's detail: how far the joint operation is and the way into its room, or the plans that could be opened. */
export function JointSection({ event }: EventSectionProps) {
  const t = useText(operations).section;
  const nameOf = useName();
  const go = useGo();
  const room = useRoom(event.id).data;
  if (room === undefined) return null;
  const { operation } = room;
  const open = isOpen(event.status);
  if (operation === null && !(open && room.may.open)) return null;
  const address = `/desk/operations/${event.id}`;
  const units = progressOf(room.tasks);
  return (
    <section className="part joint" aria-label={t.title}>
      <header>
        <h3>{t.title}</h3>
        {operation?.planName !== null && operation !== null && (
          <small>{nameOf({ name: operation.planName, nameEn: operation.planNameEn ?? '' })}</small>
        )}
      </header>
      {operation === null ? (
        <OpenPlan eventId={event.id} mayOpen onOpened={() => go(address)} />
      ) : (
        <p className="joint-line">
          {operation.steps.length > 0 && (
            <span>
              {t.steps(operation.steps.filter((step) => step.status !== 'todo').length, operation.steps.length)}
            </span>
          )}
          <span>{t.units(units.done, units.total)}</span>
          <Go href={address}>{t.go}</Go>
        </p>
      )}
    </section>
  );
}
