import { Button } from 'antd';
import { useState } from 'react';
import { operationRoutes } from '#contract/operations.ts';
import type { LonLat } from '#kit/geo.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDistance } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { operations } from '#web/i18n/operations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { ChoiceField, LittleForm, WordsField } from '../parts/Fields.tsx';
import { eventsKey, type Cordon, type Room } from '../queries.ts';
import { cordonRadii, lengthM, moved, ringOf, type CordonDraft } from './cordon.ts';

export interface CordonToolProps {
  room: Room;
  at: LonLat;
  draft: CordonDraft | null;
  onDraft: (draft: CordonDraft) => void;
  /** Where the map's middle is now. */
  middle: () => LonLat;
  onEnd: () => void;
}

const stepM = 5;
const ways = { north: [0, stepM], south: [0, -stepM], east: [stepM, 0], west: [-stepM, 0] } as const;

/** Draws a cordon, as a circle or by its corners, by pointer or by keys alone; and lifts those that stand. */
export function CordonTool({ room, at, draft, onDraft, middle, onEnd }: CordonToolProps) {
  return (
    <>
      {room.cordons.map((cordon) => (
        <Standing key={cordon.id} cordon={cordon} room={room} />
      ))}
      {draft !== null && <Drawing room={room} at={at} draft={draft} onDraft={onDraft} middle={middle} onEnd={onEnd} />}
    </>
  );
}

function Drawing({ room, at, draft, onDraft, middle, onEnd }: CordonToolProps & { draft: CordonDraft }) {
  const t = useText(operations).map;
  const lang = languageChoice.use();
  const [words, setWords] = useState('');
  const ring = ringOf(draft);
  const act = useAct(
    (body: { shape: Cordon['shape']; words: string }, opId) =>
      ask(operationRoutes.cordon, { params: { id: room.event.id }, body: { opId, ...body } }),
    { stale: [eventsKey], onDone: onEnd },
  );
  const send = (): void => {
    if (ring === undefined) return;
    const shape =
      draft.shape === 'circle'
        ? { type: 'circle' as const, lon: draft.centre[0], lat: draft.centre[1], radiusM: draft.radiusM }
        : { type: 'polygon' as const, geometry: { type: 'Polygon' as const, coordinates: [ring] } };
    act.mutate({ shape, words: words.trim() });
  };
  return (
    <LittleForm label={t.draw} onSend={send} onClose={onEnd}>
      <div className="room-buttons" role="group" aria-label={t.draw}>
        <button
          type="button"
          className="room-button"
          aria-pressed={draft.shape === 'circle'}
          onClick={() => onDraft({ shape: 'circle', centre: at, radiusM: 30 })}
        >
          {t.circle}
        </button>
        <button
          type="button"
          className="room-button"
          aria-pressed={draft.shape === 'polygon'}
          onClick={() => onDraft({ shape: 'polygon', corners: [] })}
        >
          {t.polygon}
        </button>
        {ring !== undefined && <small>{t.length(formatDistance(lengthM(ring), lang))}</small>}
      </div>
      {draft.shape === 'circle' ? (
        <ChoiceField
          label={t.radius}
          value={`${draft.radiusM}`}
          options={cordonRadii.map((metres) => ({ value: `${metres}`, words: formatDistance(metres, lang) }))}
          onChange={(metres) => onDraft({ ...draft, radiusM: Number(metres) })}
        />
      ) : (
        <Corners draft={draft} onDraft={onDraft} middle={middle} />
      )}
      <Nudge draft={draft} onDraft={onDraft} />
      <WordsField label={t.words} rows={1} max={200} value={words} onChange={setWords} />
      <ProblemNote error={act.error} />
      <div className="room-buttons">
        <Button type="primary" htmlType="submit" disabled={ring === undefined} loading={act.isPending}>
          {t.keep}
        </Button>
        <Button onClick={onEnd}>{t.cancel}</Button>
      </div>
    </LittleForm>
  );
}

interface DraftProps {
  draft: CordonDraft;
  onDraft: (draft: CordonDraft) => void;
}

function Corners({ draft, onDraft, middle }: DraftProps & { middle: () => LonLat }) {
  const t = useText(operations).map;
  if (draft.shape !== 'polygon') return null;
  return (
    <>
      <small>{t.how}</small>
      <div className="room-buttons">
        <button
          type="button"
          className="room-button"
          onClick={() => onDraft({ ...draft, corners: [...draft.corners, middle()] })}
        >
          {t.corner}
        </button>
        <button
          type="button"
          className="room-button"
          disabled={draft.corners.length === 0}
          onClick={() => onDraft({ ...draft, corners: draft.corners.slice(0, -1) })}
        >
          {t.undo}
        </button>
        <small role="status">{t.corners(draft.corners.length)}</small>
      </div>
    </>
  );
}

/** Moves the middle of the circle, or the last corner, by steps. */
function Nudge({ draft, onDraft }: DraftProps) {
  const t = useText(operations).map;
  const nothing = draft.shape === 'polygon' && draft.corners.length === 0;
  const nudge = ([east, north]: readonly [number, number]): void => {
    if (draft.shape === 'circle') return onDraft({ ...draft, centre: moved(draft.centre, east, north) });
    const last = draft.corners.at(-1);
    if (last !== undefined) onDraft({ ...draft, corners: [...draft.corners.slice(0, -1), moved(last, east, north)] });
  };
  return (
    <div className="room-buttons">
      {(Object.keys(ways) as (keyof typeof ways)[]).map((way) => (
        <button key={way} type="button" className="room-button" disabled={nothing} onClick={() => nudge(ways[way])}>
          {t.nudge[way]}
        </button>
      ))}
    </div>
  );
}

/** A cordon in force, with the way to lift it. */
function Standing({ cordon, room }: { cordon: Cordon; room: Room }) {
  const t = useText(operations).map;
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const lang = languageChoice.use();
  const act = useAct(
    (text: string, opId) =>
      ask(operationRoutes.liftCordon, {
        params: { id: room.event.id, messageId: cordon.id },
        body: { opId, reason: text },
      }),
    { stale: [eventsKey], onDone: () => setAsking(false) },
  );
  const ready = reason.trim().length >= 2;
  const send = (): void => {
    if (ready) act.mutate(reason.trim());
  };
  return (
    <div className="cordon-line">
      <p className="unit-line">
        <b>{t.cordon}</b>
        <span>
          {cordon.shape.type === 'circle' ? t.circleOf(formatDistance(cordon.shape.radiusM, lang)) : t.polygon}{' '}
          {cordon.words}
        </span>
        <span className="spring" />
        {room.may.cordon && (
          <button type="button" className="link-button" aria-expanded={asking} onClick={() => setAsking(!asking)}>
            {t.lift}
          </button>
        )}
      </p>
      {asking && (
        <LittleForm label={t.lift} onSend={send} onClose={() => setAsking(false)}>
          <WordsField first rows={1} label={t.liftWhy} value={reason} onChange={setReason} />
          <ProblemNote error={act.error} />
          <div className="room-buttons">
            <Button htmlType="submit" disabled={!ready} loading={act.isPending}>
              {t.lift}
            </Button>
          </div>
        </LittleForm>
      )}
    </div>
  );
}
