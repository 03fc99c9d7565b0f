import { useQuery } from '@tanstack/react-query';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { alarmQuery } from '../queries.ts';
import { AlarmActs } from './AlarmActs.tsx';
import { AlarmFacts } from './AlarmFacts.tsx';
import { AlarmMarks } from './AlarmTable.tsx';
import { AlarmTimeline } from './AlarmTimeline.tsx';
import { Readings } from './Readings.tsx';

/** One alarm in full: answers first, then what helps to judge it. */
export function AlarmPane({ id, onBack }: { id: string; onBack: () => void }) {
  const t = useText(alarms);
  const query = useQuery(alarmQuery(id));
  const alarm = query.data;
  return (
    <div className="alarm-pane">
      <button type="button" className="link-button alarms-back" onClick={onBack}>
        <Icon name="back" size={14} /> {t.page.back}
      </button>
      {query.error !== null && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {alarm === undefined && query.error === null && (
        <p className="waiting" role="status">
          {t.detail.loading}
        </p>
      )}
      {alarm !== undefined && (
        <>
          <header className="alarm-head">
            <PriorityMark priority={alarm.priority} />
            <h2>{t.alarmOf(t.kind[alarm.kind])}</h2>
            {alarm.test && <span className="tag">{t.strip.test}</span>}
            <AlarmMarks row={alarm} />
          </header>
          <AlarmActs alarm={alarm} />
          <AlarmFacts alarm={alarm} />
          {alarm.device !== null && <Readings alarm={alarm} />}
          <AlarmTimeline alarm={alarm} />
        </>
      )}
    </div>
  );
}
