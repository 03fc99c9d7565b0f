import type { PlanBody } from '#contract/operations-plans.ts';
import { useText } from '#web/i18n/area.ts';
import { plans } from '#web/i18n/plans.ts';
import { problemsOf } from './plan-draft.ts';

/** What keeps the plan from being saved, each said with its step; nothing when it may be saved. */
export function PlanProblems({ body }: { body: PlanBody }) {
  const t = useText(plans).problem;
  const problems = problemsOf(body);
  if (problems.length === 0) return null;
  return (
    <div className="note">
      <div>
        <p>{t.title}</p>
        <ul>
          {problems.map((one) => (
            <li key={`${one.index}${one.what}`}>
              {one.index === null ? t[one.what] : t.at(one.index + 1, t[one.what])}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
