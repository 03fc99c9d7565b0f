import type { Grade } from '#contract/analytics-views.ts';
import { analytics } from '#web/i18n/analytics.ts';
import { useText } from '#web/i18n/area.ts';

/** A grade as letter and colour. */
export function GradeMark({ grade }: { grade: Grade | null }) {
  const t = useText(analytics);
  if (grade === null) return null;
  return (
    <span className={`analytics-grade analytics-grade-${grade.toLowerCase()}`} title={t.grade(grade)}>
      <span aria-hidden="true">{grade}</span>
      <span className="visually-hidden">{t.grade(grade)}</span>
    </span>
  );
}
