import type { PlanBody } from '#contract/operations-plans.ts';
import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { plans } from '#web/i18n/plans.ts';
import { useCategoryName } from '../parts/names.ts';
import { diffOf, type Difference } from './plan-draft.ts';
import { useRoleName } from './role-names.ts';

/** What changed, one sentence each. */
export function DiffList({ before, after }: { before: PlanBody; after: PlanBody }) {
  const t = useText(plans).page;
  const say = useDifferenceWords();
  const differences = diffOf(before, after);
  if (differences.length === 0) return <p className="quiet">{t.noChange}</p>;
  return (
    <ul className="plan-diff">
      {differences.map((one) => {
        const words = say(one);
        return <li key={words}>{words}</li>;
      })}
    </ul>
  );
}

function useDifferenceWords(): (one: Difference) => string {
  const t = useText(plans);
  const valueWords = useValueWords();
  return (one) => {
    if (one.kind === 'head')
      return t.diff.head(t.field[one.field], valueWords(one.field, one.from), valueWords(one.field, one.to));
    const step = one.step.words;
    if (one.kind === 'added') return t.diff.added(step);
    if (one.kind === 'removed') return t.diff.removed(step);
    if (one.kind === 'moved') return t.diff.moved(step, one.from, one.to);
    return t.diff.changed(step, t.field[one.field], valueWords(one.field, one.from), valueWords(one.field, one.to));
  };
}

/** A value as people read it: names instead of codes, yes and no, lists joined. */
function useValueWords(): (field: string, value: unknown) => string {
  const t = useText(plans);
  const w = useText(operations).steps;
  const categoryName = useCategoryName();
  const roleName = useRoleName();
  const one = (field: string, value: unknown): string => {
    if (field === 'categories') return categoryName(String(value));
    if (field === 'inviteRoles') return roleName(String(value));
    if (field === 'role') return w.roles[value as keyof typeof w.roles];
    if (field === 'kind') return w.kinds[value as keyof typeof w.kinds];
    if (typeof value === 'boolean') return value ? t.diff.yes : t.diff.no;
    if (typeof value !== 'object' || value === null) return String(value);
    return Object.values(value)
      .filter((part) => part !== '')
      .join(' ');
  };
  return (field, value) => {
    const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (empty) return t.diff.nothing;
    return Array.isArray(value) ? value.map((part: unknown) => one(field, part)).join(t.list.comma) : one(field, value);
  };
}
