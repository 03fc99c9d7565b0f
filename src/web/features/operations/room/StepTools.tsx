import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { useName } from '../parts/names.ts';
import type { Room, Step } from '../queries.ts';
import type { Tell } from './intent.ts';

/** What helps to do a step: the number to call, the units to invite, the map to draw on. */
export function StepTools({ step, room, tell }: { step: Step; room: Room; tell: Tell }) {
  if (step.kind === 'call' && step.call !== null) return <CallTools call={step.call} room={room} tell={tell} />;
  if (step.kind === 'invite') return <InviteTools step={step} room={room} tell={tell} />;
  if (step.kind === 'cordon' && room.may.cordon) return <CordonTool tell={tell} />;
  return null;
}

function CallTools({ call, room, tell }: { call: { number: string; name: string }; room: Room; tell: Tell }) {
  const t = useText(operations).steps;
  const mayRecord = room.allowed.some((one) => one.verb === 'record_call');
  return (
    <div className="room-buttons">
      <a className="room-button room-button-grave" href={`tel:${call.number.replaceAll(' ', '')}`}>
        <Icon name="phone" size={16} />
        {t.call(call.name, call.number)}
      </a>
      {mayRecord && (
        <button type="button" className="room-button" onClick={() => tell({ kind: 'call', ...call })}>
          {t.record}
        </button>
      )}
    </div>
  );
}

function InviteTools({ step, room, tell }: { step: Step; room: Room; tell: Tell }) {
  const t = useText(operations).steps;
  const nameOf = useName();
  const open = step.units.filter((one) => !one.hasTask);
  const reachable = open.filter((one) => one.reachable);
  const mayInvite = room.allowed.some((one) => one.verb === 'invite');
  return (
    <>
      <ul className="step-units">
        {step.units.map(({ unit, hasTask, reachable: near }) => (
          <li key={unit.id}>
            <Icon name={hasTask ? 'check' : near ? 'plus' : 'minus'} size={13} />
            {nameOf(unit)}
            {!hasTask && !near && <small>{t.beyond}</small>}
          </li>
        ))}
        {step.missingRoles.map((role) => (
          <li key={role}>
            <Icon name="question" size={13} />
            <small>{t.missing(role)}</small>
          </li>
        ))}
      </ul>
      {mayInvite && reachable.length > 0 && (
        <div className="room-buttons">
          <button
            type="button"
            className="room-button room-button-main"
            onClick={() => tell({ kind: 'invite', unitIds: reachable.map((one) => one.unit.id) })}
          >
            {t.invite(reachable.length)}
          </button>
        </div>
      )}
    </>
  );
}

function CordonTool({ tell }: { tell: Tell }) {
  const t = useText(operations).steps;
  return (
    <div className="room-buttons">
      <button type="button" className="room-button" onClick={() => tell({ kind: 'cordon' })}>
        <Icon name="map" size={16} />
        {t.draw}
      </button>
    </div>
  );
}
