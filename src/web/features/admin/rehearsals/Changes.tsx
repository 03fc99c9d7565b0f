import { useQuery } from '@tanstack/react-query';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { rehearsals } from '#web/i18n/rehearsals.ts';
import { words } from '#web/i18n/words.ts';
import { byCategory, changedFields, limitSteps, type Rule, type RuleField } from '../library/draft.ts';
import { useDuties, useLimitWords } from '../library/names.ts';
import { libraryQuery } from '../library/queries.ts';
import { DataTable } from '../shared/DataTable.tsx';
import { useName } from '../shared/names.ts';
import type { RehearsalDetail } from './queries.ts';

/** Each changed part of each rule, as it is and as it would be. */
export function Changes({ rehearsal }: { rehearsal: RehearsalDetail }) {
  const t = useText(rehearsals).changes;
  const fields = useText(adminLibrary).rule.fields;
  const w = useText(words);
  const wordsOf = useFieldWords();
  const nameOf = useCategoryName();
  const published = byCategory(rehearsal.before);
  const rows = rehearsal.changes.flatMap((rule) => {
    const before = published.get(rule.categoryCode);
    const changed = changedFields(before, rule);
    return changed.flatMap((field) =>
      field === 'limits'
        ? limitSteps
            .map((step) => ({
              key: `${rule.categoryCode}.${step}`,
              code: rule.categoryCode,
              field: w.clockStep[step],
              before: wordsOf.limit(before?.limits[step]),
              after: wordsOf.limit(rule.limits[step]),
            }))
            .filter((row) => row.before !== row.after)
        : [
            {
              key: `${rule.categoryCode}.${field}`,
              code: rule.categoryCode,
              field: fields[field],
              before: before === undefined ? t.nothing : wordsOf.field(before, field),
              after: wordsOf.field(rule, field),
            },
          ],
    );
  });
  if (rows.length === 0) return null;
  return (
    <section className="adm-sheet">
      <h2>{t.title}</h2>
      <DataTable
        label={t.title}
        rows={rows}
        rowKey={({ key }) => key}
        empty=""
        columns={[
          { head: t.category, cell: ({ code }) => nameOf(code) },
          { head: t.field, cell: ({ field }) => field },
          { head: t.before, cell: ({ before }) => before },
          { head: t.after, cell: ({ after }) => <strong>{after}</strong> },
        ]}
      />
    </section>
  );
}

/** The name of a category by its code. */
export function useCategoryName(): (code: string) => string {
  const library = useQuery(libraryQuery).data;
  const name = useName();
  return (code) => {
    const category = library?.categories.find((one) => one.code === code);
    return category === undefined ? code : name(category);
  };
}

function useFieldWords() {
  const t = useText(rehearsals).changes;
  const w = useText(words);
  const duties = useDuties();
  const limit = useLimitWords();
  const list = (roles: readonly string[]) => (roles.length === 0 ? t.nothing : roles.map(duties.nameOf).join(' · '));
  const priorities = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;
  const field = (rule: Rule, of: Exclude<RuleField, 'limits'>): string => {
    switch (of) {
      case 'tier':
        return w.tier[rule.tier];
      case 'leadRole':
        return duties.nameOf(rule.leadRole);
      case 'assistRoles':
        return list(rule.assistRoles);
      case 'priority':
        return `P${rule.priority} ${w.priority[priorities[rule.priority] ?? 'p3']}`;
      case 'evidence':
        return w.evidence[rule.evidence];
      case 'planCode':
        return rule.planCode ?? t.nothing;
      case 'areas':
        return rule.areas.length === 0 ? t.nothing : t.areas(rule.areas.length);
    }
  };
  return { field, limit };
}
