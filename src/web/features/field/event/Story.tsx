import type { TimelineLine } from '#web/field/field-api.ts';
import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { formatTime } from '#web/i18n/format.ts';
import { Timeline } from '#web/ui/light/Timeline.tsx';
import { tell } from './story.ts';

/** What happened, the newest first. */
export function Story({ lines, last }: { lines: readonly TimelineLine[]; last?: number }) {
  const t = useText(field).event;
  const shown = lines.toReversed().slice(0, last);
  return (
    <Timeline
      label={t.timeline}
      items={shown.map((line, index) => {
        const told = tell(line);
        return {
          key: told.id,
          title: told.title,
          when: formatTime(told.at),
          at: told.at,
          tone: index === 0 ? ('now' as const) : ('done' as const),
          body: (
            <>
              {told.who !== '' && <p className="told-who">{told.who}</p>}
              {told.said !== '' && <p className="told-said">{told.said}</p>}
            </>
          ),
        };
      })}
    />
  );
}
