import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { Pane } from '../parts/Pane.tsx';
import { useName } from '../parts/names.ts';
import type { Room } from '../queries.ts';
import type { Tell } from './intent.ts';
import { StepLine } from './StepLine.tsx';

/** The plan as a list to be worked off, in its own order. */
export function Checklist({ room, tell }: { room: Room; tell: Tell }) {
  const t = useText(operations);
  const nameOf = useName();
  const { operation } = room;
  if (operation === null) return null;
  const done = operation.steps.filter((step) => step.status !== 'todo').length;
  return (
    <Pane
      title={t.room.panes.steps}
      className="room-steps"
      aside={<span className="quiet">{t.steps.progress(done, operation.steps.length)}</span>}
    >
      {operation.planName === null ? (
        <p className="quiet">{t.steps.none}</p>
      ) : (
        <p className="room-plan">
          {t.steps.plan(
            nameOf({ name: operation.planName, nameEn: operation.planNameEn ?? '' }),
            operation.planVersion ?? 0,
          )}
        </p>
      )}
      <ol className="steps">
        {operation.steps.map((step) => (
          <StepLine key={step.id} step={step} room={room} operation={operation} tell={tell} />
        ))}
      </ol>
      {operation.places.length > 0 && (
        <>
          <h3 className="room-small-title">{t.steps.places}</h3>
          <ul className="room-list">
            {operation.places.map((place) => (
              <li key={place.name}>
                <b>{place.name}</b> {place.note}
              </li>
            ))}
          </ul>
        </>
      )}
    </Pane>
  );
}
