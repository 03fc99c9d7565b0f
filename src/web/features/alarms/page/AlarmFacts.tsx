import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { usePlanName } from '#web/app/plan-names.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { formatTime } from '#web/i18n/format.ts';
import { useRuleWords } from '#web/ui/rule-words.ts';
import { Fact } from '#web/ui/Fact.tsx';
import type { AlarmDetail } from '../queries.ts';
import { valueWords } from '../value-words.ts';

/** What is known of the alarm; the device's record of false alarms stands out, for most are false. */
export function AlarmFacts({ alarm }: { alarm: AlarmDetail }) {
  const t = useText(alarms).detail;
  const { counts, mutedUntil } = alarm;
  return (
    <>
      {counts !== null && (
        <p className="alarm-counts" aria-label={t.counts}>
          <b>{t.countsOf(counts.days, counts.alarms, counts.false)}</b>
          {counts.alarms >= 4 && counts.false * 2 > counts.alarms && <small>{t.countsHint}</small>}
        </p>
      )}
      {mutedUntil !== null && <p className="note">{t.mutedUntil(formatTime(mutedUntil))}</p>}
      <Trouble alarm={alarm} />
      {alarm.clockWrong && <p className="note">{t.clockWrong}</p>}
      <dl className="named-facts alarm-facts">
        <Where alarm={alarm} />
        <Times alarm={alarm} />
        <Handling alarm={alarm} />
      </dl>
    </>
  );
}

/** What a seat has to mend: becoming an event failed for good, or an event stands for a false alarm. */
function Trouble({ alarm: { refused, outcome, event } }: { alarm: AlarmDetail }) {
  const t = useText(alarms).detail;
  const { errors } = useText(words);
  const why = refused === null ? undefined : (errors[refused.code as keyof typeof errors] ?? refused.code);
  return (
    <>
      {refused !== null && (
        <p className="note" role="status">
          {t.refused[refused.step](why ?? '')}
        </p>
      )}
      {outcome === 'false' && event !== null && (
        <p className="note">
          <Go href={`/desk?event=${event.id}`}>{t.falseEventStays(event.number)}</Go>
        </p>
      )}
    </>
  );
}

function Where({ alarm }: { alarm: AlarmDetail }) {
  const t = useText(alarms).detail;
  const edits = may(useMe(), 'device.edit');
  const { device, source } = alarm;
  return (
    <>
      {device !== null && (
        <Fact name={t.device}>
          {device.name} {edits ? <Go href={`/desk/admin/devices?q=${device.code}`}>{device.code}</Go> : device.code}
        </Fact>
      )}
      {source !== null && <Fact name={t.source}>{source.name}</Fact>}
      <Fact name={t.place}>{alarm.placeWords === '' ? `${alarm.lon}, ${alarm.lat}` : alarm.placeWords}</Fact>
      <Fact name={t.area}>{alarm.areaName}</Fact>
      <Fact name={t.unit}>{alarm.unitName}</Fact>
      {alarm.value !== null && <Fact name={t.value}>{valueWords(alarm)}</Fact>}
      {alarm.text !== '' && <Fact name={t.text}>{alarm.text}</Fact>}
    </>
  );
}

function Times({ alarm }: { alarm: AlarmDetail }) {
  const t = useText(alarms).detail;
  const { acknowledgedAt, clearedAt, clearedHow } = alarm;
  return (
    <>
      <Fact name={t.raisedAt}>{formatTime(alarm.raisedAt)}</Fact>
      {formatTime(alarm.receivedAt) !== formatTime(alarm.raisedAt) && (
        <Fact name={t.receivedAt}>{formatTime(alarm.receivedAt)}</Fact>
      )}
      {alarm.repeats > 0 && <Fact name={t.lastAt}>{formatTime(alarm.lastAt)}</Fact>}
      {acknowledgedAt !== null && (
        <Fact name={t.acknowledged}>{t.by(alarm.acknowledgedBy ?? t.system, formatTime(acknowledgedAt))}</Fact>
      )}
      {clearedAt !== null && (
        <Fact name={t.cleared}>
          {clearedHow === null ? formatTime(clearedAt) : t.clearedAs(t.clearedHow[clearedHow], formatTime(clearedAt))}
          {alarm.clearReason !== '' && ` ${alarm.clearReason}`}
        </Fact>
      )}
    </>
  );
}

function Handling({ alarm }: { alarm: AlarmDetail }) {
  const t = useText(alarms).detail;
  const ruleWords = useRuleWords();
  const planName = usePlanName();
  return (
    <>
      <Fact name={t.rule}>{alarm.threshold === null ? t.noRule : ruleWords(alarm.threshold)}</Fact>
      <Fact name={t.handling}>
        {t.raises[alarm.raises]}
        {alarm.planCode !== null && ` · ${t.plan(planName(alarm.planCode))}`}
      </Fact>
      <Fact name={t.event}>
        {alarm.event === null ? t.noEvent : <Go href={`/desk?event=${alarm.event.id}`}>{alarm.event.number}</Go>}
      </Fact>
    </>
  );
}
