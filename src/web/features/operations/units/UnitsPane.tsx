import { useEffect, useState } from 'react';
import { useShortcuts } from '#web/app/shortcuts.ts';
import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { Pane } from '../parts/Pane.tsx';
import { inOrder, progressOf } from '../parts/tasks.ts';
import type { Room } from '../queries.ts';
import type { Intent, Tell } from '../room/intent.ts';
import { Invite } from './Invite.tsx';
import { UnitCard } from './UnitCard.tsx';

const inviteKey = 'i';

export interface UnitsPaneProps {
  room: Room;
  intent: Intent | null;
  tell: Tell;
}

/** Everyone who takes part: how far each is, how much time is left, what came of it; and who else should come. */
export function UnitsPane({ room, intent, tell }: UnitsPaneProps) {
  const t = useText(operations);
  const asked = intent?.kind === 'invite' ? intent.unitIds : null;
  const [inviting, setInviting] = useState(asked !== null);
  useEffect(() => {
    if (asked !== null) setInviting(true);
  }, [asked]);
  const mayInvite = room.allowed.some((one) => one.verb === 'invite');
  useShortcuts({ [inviteKey]: mayInvite ? () => setInviting(true) : undefined });
  const { done, total } = progressOf(room.tasks);
  return (
    <Pane
      title={t.room.panes.units}
      className="room-units"
      aside={<span className="quiet">{t.units.progress(done, total)}</span>}
    >
      {mayInvite && (
        <div className="room-buttons">
          <button type="button" className="room-button" aria-expanded={inviting} onClick={() => setInviting(!inviting)}>
            {t.units.invite} <kbd>{inviteKey.toUpperCase()}</kbd>
          </button>
        </div>
      )}
      {inviting && mayInvite && (
        <Invite
          key={asked?.join() ?? ''}
          room={room}
          chosen={asked ?? []}
          onClose={() => {
            setInviting(false);
            tell(null);
          }}
        />
      )}
      {room.tasks.length === 0 && <p className="quiet">{t.units.none}</p>}
      <ul className="unit-cards">
        {inOrder(room.tasks).map((task) => (
          <UnitCard key={task.id} task={task} room={room} />
        ))}
      </ul>
    </Pane>
  );
}
