import { useState } from 'react';
import { operationRoutes, positionMinutes } from '#contract/operations.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDuration, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { operations } from '#web/i18n/operations.ts';
import { usePosition } from '#web/map/position.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { ChoiceField } from '../parts/Fields.tsx';
import { eventsKey, type Room } from '../queries.ts';

const spans = [15, 30, 60, 120, 240].filter((one) => one >= positionMinutes.min && one <= positionMinutes.max);

/** Declares where this person is, for a time they choose, inside this room only; and takes it back. */
export function PositionTool({ room }: { room: Room }) {
  const t = useText(operations).map;
  const lang = languageChoice.use();
  const params = { id: room.event.id };
  const [minutes, setMinutes] = useState(`${positionMinutes.usual}`);
  const share = useAct(
    (body: { lon: number; lat: number; minutes: number }, opId) =>
      ask(operationRoutes.sharePosition, { params, body: { opId, ...body } }),
    { stale: [eventsKey] },
  );
  const stop = useAct((_: null, opId) => ask(operationRoutes.stopPosition, { params, body: { opId } }), {
    stale: [eventsKey],
  });
  const position = usePosition((at) => share.mutate({ ...at, minutes: Number(minutes) }));
  const mine = room.positions.find((one) => one.mine);
  if (!room.may.position) return null;
  return (
    <details className="room-fold">
      <summary>{t.sharePosition}</summary>
      <small>{t.shareAbout}</small>
      {mine === undefined ? (
        <ChoiceField
          label={t.shareMinutes}
          value={minutes}
          options={spans.map((one) => ({ value: `${one}`, words: formatDuration(one * 60_000, lang) }))}
          onChange={setMinutes}
        />
      ) : (
        <p>{t.shareUntil(formatTime(mine.until, lang))}</p>
      )}
      <div className="room-buttons">
        <button
          type="button"
          className="room-button"
          disabled={position.state === 'locating' || share.isPending}
          onClick={position.find}
        >
          {mine === undefined ? t.shareNow : t.shareAgain}
        </button>
        {mine !== undefined && (
          <button type="button" className="room-button" disabled={stop.isPending} onClick={() => stop.mutate(null)}>
            {t.shareStop}
          </button>
        )}
      </div>
      <p role="status" className="quiet">
        {position.state === 'locating' && t.locating}
        {position.state === 'refused' && t.refused}
        {position.state === 'unavailable' && t.unavailable}
      </p>
      <ProblemNote error={share.error ?? stop.error} />
    </details>
  );
}
