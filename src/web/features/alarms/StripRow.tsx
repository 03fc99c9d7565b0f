import { Go } from '#web/app/Go.tsx';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { formatRelative } from '#web/i18n/format.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import type { QuickVerb } from './acts.ts';
import { ageFace, type StripRow } from './rows.ts';
import { valueWords } from './value-words.ts';
import type { WatchedAlarm } from './watch.ts';

export interface StripRowProps {
  row: StripRow<WatchedAlarm>;
  now: number;
  handles: boolean;
  busy: boolean;
  onAnswer: (verb: QuickVerb) => void;
  onOpen: () => void;
}

const quick = [
  ['acknowledge', 'A'],
  ['false', 'F'],
  ['raise', 'E'],
] as const;

/** One device: what it reports, where, since when; its answers. Answered: by whom. */
export function AlarmStripRow({ row, now, handles, busy, onAnswer, onOpen }: StripRowProps) {
  const t = useText(alarms);
  const { top, waiting } = row;
  const waits = waiting.length > 0;
  return (
    <li className={`alarm-row alarm-p${top.priority}${waits ? '' : ' alarm-answered'}`} data-alarm-row={row.key}>
      <span className="alarm-sign">
        <Icon name={waits ? 'bell' : 'check'} size={20} />
        <PriorityMark priority={top.priority} />
      </span>
      <span className="alarm-what">
        <b>{t.alarmOf(t.kind[top.kind])}</b>
        {top.row?.test === true && <span className="tag">{t.strip.test}</span>}
        {waiting.length > 1 && <span className="tag">{t.strip.many(waiting.length)}</span>}
        <Where alarm={top} />
        {waits && <Facts alarm={top} />}
      </span>
      {waits ? (
        <time className="alarm-age" dateTime={top.raisedAt}>
          {t.strip.age(ageFace(top.raisedAt, now))}
        </time>
      ) : (
        <Answered alarm={top} now={now} />
      )}
      <span className="alarm-acts">
        {waits &&
          handles &&
          quick.map(([verb, key]) => (
            <button
              key={verb}
              type="button"
              className={verb === 'acknowledge' ? 'alarm-main' : undefined}
              disabled={busy}
              onClick={() => onAnswer(verb)}
            >
              {t.verb[verb]}
              <kbd aria-hidden="true">{key}</kbd>
            </button>
          ))}
        <button type="button" onClick={onOpen}>
          {t.strip.open}
        </button>
      </span>
    </li>
  );
}

function Where({ alarm: { row, deviceCode, id } }: { alarm: WatchedAlarm }) {
  const t = useText(alarms).strip;
  if (row === null)
    return (
      <span className="alarm-where">
        {deviceCode === id ? '' : deviceCode} {t.reading}
      </span>
    );
  const name = row.device?.name ?? row.source?.name ?? '';
  return (
    <span className="alarm-where">
      {[name, row.placeWords === name ? '' : row.placeWords, row.areaName].filter((one) => one !== '').join(' · ')}
    </span>
  );
}

/** What else a seat wants to know before answering. */
function Facts({ alarm: { row } }: { alarm: WatchedAlarm }) {
  const t = useText(alarms).strip;
  if (row === null) return null;
  return (
    <>
      {row.text !== '' && <span className="alarm-fact">{row.text}</span>}
      {row.value !== null && <b className="alarm-value">{valueWords(row)}</b>}
      {row.repeats > 0 && <span className="alarm-fact">{t.repeated(row.repeats)}</span>}
      {row.condition === 'cleared' && <span className="alarm-fact">{t.over}</span>}
      {row.secondChannelAt !== null && <span className="alarm-fact">{t.secondChannel}</span>}
      <EventOf row={row} />
    </>
  );
}

function EventOf({ row }: { row: NonNullable<WatchedAlarm['row']> }) {
  const t = useText(alarms).strip;
  if (row.event !== null) return <Go href={`/desk?event=${row.event.id}`}>{t.event(row.event.number)}</Go>;
  return row.eventWaiting ? <span className="alarm-fact">{t.eventWaiting}</span> : null;
}

function Answered({ alarm, now }: { alarm: WatchedAlarm; now: number }) {
  const t = useText(alarms).strip;
  const who = alarm.row?.acknowledgedBy ?? t.somebody;
  const time = formatRelative(alarm.answeredAt, undefined, now);
  return (
    <span className="alarm-age">
      {alarm.row?.outcome === 'false' ? t.answeredFalse(who, time) : t.answered(who, time)}{' '}
      {alarm.row !== null && <EventOf row={alarm.row} />}
    </span>
  );
}
