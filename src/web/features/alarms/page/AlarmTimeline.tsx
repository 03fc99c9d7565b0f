import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import type { AlarmDetail } from '../queries.ts';

/** Who did what with it, oldest first. */
export function AlarmTimeline({ alarm }: { alarm: AlarmDetail }) {
  const t = useText(alarms).detail;
  return (
    <section className="alarm-part" aria-label={t.timeline}>
      <h3>{t.timeline}</h3>
      <ol className="alarm-timeline">
        {alarm.timeline.map((line) => (
          <li key={line.id}>
            <time dateTime={line.at}>{formatTime(line.at)}</time>
            <b>{t.actions[line.action] ?? line.action}</b>
            <span>{line.actorName ?? t.system}</span>
            {Object.values(line.words)
              .filter((one): one is string => typeof one === 'string' && one !== '')
              .map((one) => (
                <q key={one}>{one}</q>
              ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
