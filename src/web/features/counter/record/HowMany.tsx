import { visitorKinds } from '#contract/services-views.ts';
import { useText } from '#web/i18n/area.ts';
import { counter } from '#web/i18n/counter.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { Visitor } from '../counter-api.ts';

const groups = [5, 10, 20] as const;
const most = 5000;

interface HowManyProps {
  persons: number;
  onPersons: (persons: number) => void;
  visitor: Visitor | null;
  onVisitor: (visitor: Visitor | null) => void;
}

/** How many, and what they said they are; both optional. */
export function HowMany({ persons, onPersons, visitor, onVisitor }: HowManyProps) {
  const t = useText(counter);
  const set = (n: number): void => onPersons(Math.min(most, Math.max(1, n)));
  return (
    <section className="counter-many" aria-label={t.many.label}>
      <div className="counter-stepper">
        <button type="button" aria-label={t.many.less} disabled={persons === 1} onClick={() => set(persons - 1)}>
          <Icon name="minus" />
        </button>
        <output aria-label={t.many.persons(persons)} data-persons={persons}>
          {persons}
        </output>
        <button type="button" aria-label={t.many.more} onClick={() => set(persons + 1)}>
          <Icon name="plus" />
        </button>
        {groups.map((n) => (
          <button
            key={n}
            type="button"
            aria-label={t.many.group(n)}
            onClick={() => set(persons === 1 ? n : persons + n)}
          >
            +{n}
          </button>
        ))}
      </div>
      <Visitors visitor={visitor} onVisitor={onVisitor} />
    </section>
  );
}

export function Visitors({ visitor, onVisitor }: Pick<HowManyProps, 'visitor' | 'onVisitor'>) {
  const t = useText(counter);
  return (
    <div className="counter-chips" role="group" aria-label={t.visitor.label}>
      {visitorKinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className="counter-chip"
          aria-pressed={visitor === kind}
          onClick={() => onVisitor(visitor === kind ? null : kind)}
        >
          {t.visitor[kind]}
        </button>
      ))}
    </div>
  );
}
