import type { PlanBody } from '#contract/operations-plans.ts';
import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { plans } from '#web/i18n/plans.ts';
import { useCategoryName, useName } from '../parts/names.ts';
import { Table } from '../parts/Table.tsx';
import { useRoleName } from './role-names.ts';

/** What a plan says, to be read. */
export function PlanBodyView({ body }: { body: PlanBody }) {
  const t = useText(plans);
  const w = useText(operations).steps;
  const nameOf = useName();
  const categoryName = useCategoryName();
  const roleName = useRoleName();
  const purpose = nameOf({ name: body.purpose, nameEn: body.purposeEn });
  const facts = [
    [t.field.categories, body.categories.map(categoryName).join(t.list.comma)],
    [t.field.riskKinds, body.riskKinds.join(t.list.comma)],
    [t.field.nearbyM, `${body.nearbyM}`],
    [t.field.places, body.places.map((place) => `${place.name} ${place.note}`.trim()).join(t.list.comma)],
  ] as const;
  return (
    <section className="ops-part">
      {purpose !== '' && <p>{purpose}</p>}
      <ul className="room-list">
        {facts.map(([name, value]) =>
          value === '' ? null : (
            <li key={name}>
              <small>{name}</small> {value}
            </li>
          ),
        )}
        {body.riskPointIds.length > 0 && <li>{t.field.riskPoints(body.riskPointIds.length)}</li>}
      </ul>
      <Table
        label={t.field.steps}
        rows={body.steps}
        rowKey={(step) => step.key}
        columns={[
          { head: t.field.words, cell: (step) => nameOf({ name: step.words, nameEn: step.wordsEn }) },
          { head: t.field.kind, tight: true, cell: (step) => w.kinds[step.kind] },
          { head: t.field.role, tight: true, cell: (step) => w.roles[step.role] },
          { head: t.field.dueMinutes, number: true, cell: (step) => step.dueMinutes },
          { head: t.field.required, cell: (step) => (step.required ? t.diff.yes : t.diff.no) },
          {
            head: t.field.call,
            cell: (step) =>
              step.call === null
                ? step.inviteRoles.map(roleName).join(t.list.comma)
                : `${step.call.name} ${step.call.number}`,
          },
        ]}
      />
    </section>
  );
}
