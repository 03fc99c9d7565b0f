import { useRiskKinds } from '#web/app/ground-words.ts';
import { useNow } from '#web/app/now.ts';
import { useText } from '#web/i18n/area.ts';
import { formatRelative, formatRoughly } from '#web/i18n/format.ts';
import { ground } from '#web/i18n/ground.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { ShapeMark } from '#web/ui/ShapeMark.tsx';
import type { RiskMark } from './queries.ts';
import { levelKeyOf, levelShapeOf } from './risk-words.ts';

/** A point in two lines: how grave, what, and when somebody last looked. */
export function RiskLine({ point, more }: { point: RiskMark; more: readonly (string | null)[] }) {
  const t = useText(ground).risk;
  const i = useText(inspections);
  const { nameOf } = useRiskKinds();
  const facts = [nameOf(point.kind), t.states[point.state], ...more];
  return (
    <>
      <span className="ground-row-head">
        <ShapeMark shape={levelShapeOf(point.level)} words={i.levelMarks[levelKeyOf(point.level)]} />
        <b>{point.name}</b>
      </span>
      <span className="ground-row-head">
        <Late dueAt={point.lookDueAt} />
        <span className="quiet">
          {point.lastLookAt === null ? i.never : i.lastLook(formatRelative(point.lastLookAt))}
          {' · '}
          {facts.filter(Boolean).join(' · ')}
        </span>
      </span>
    </>
  );
}

/** How long ago it should have been looked at; nothing while there is time. */
export function Late({ dueAt }: { dueAt: string | null }) {
  const t = useText(inspections);
  const now = useNow();
  const late = dueAt === null ? 0 : now - Date.parse(dueAt);
  return late > 0 ? <span className="tag ground-urgent">{t.overdue(formatRoughly(late))}</span> : null;
}
