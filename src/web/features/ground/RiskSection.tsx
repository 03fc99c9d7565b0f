import { useQuery } from '@tanstack/react-query';
import type { EventSectionProps } from '#web/app/desk-slots.ts';
import { Go } from '#web/app/Go.tsx';
import { useRiskKinds } from '#web/app/ground-words.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { ShapeMark } from '#web/ui/ShapeMark.tsx';
import { lookOfEventQuery } from './queries.ts';
import { levelKeyOf, levelShapeOf } from './risk-words.ts';

/** In the detail of an event: the risk point whose inspection it came from. */
export function RiskSection({ event }: EventSectionProps) {
  const t = useText(inspections);
  const { nameOf } = useRiskKinds();
  const { data } = useQuery(lookOfEventQuery(event.id));
  if (data?.point === undefined || data.point === null) return null;
  const { id, name, kind, level, code } = data.point;
  return (
    <section className="part" aria-label={t.event.title}>
      <header>
        <h3>{t.event.title}</h3>
        <Go className="link-button" href={`/desk/risk-points?row=${id}`}>
          {t.event.open}
        </Go>
      </header>
      <p>
        <ShapeMark shape={levelShapeOf(level)} words={t.levelMarks[levelKeyOf(level)]} /> <b>{name}</b>{' '}
        <small>
          {[nameOf(kind), code, data.inspection === null ? '' : formatTime(data.inspection.at)]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </p>
    </section>
  );
}
