import type { RehearsalMark } from '#contract/rehearsals.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { rehearsals } from '#web/i18n/rehearsals.ts';
import { words } from '#web/i18n/words.ts';
import { useDuties } from '../library/names.ts';
import { DataTable } from '../shared/DataTable.tsx';
import { useName } from '../shared/names.ts';
import { CaseLink } from './CaseLink.tsx';
import { useCategoryName } from './Changes.tsx';
import type { Figures } from './queries.ts';

interface Part {
  figures: Figures;
}

/** The numbers of the sentence, each with its events. */
export function KeyFigures({ figures }: Part) {
  const t = useText(rehearsals).figures;
  const { late, moved, returnsAvoided, transfers } = figures;
  const rows = [
    ['moved', moved],
    ['fewer', transfers.fewer],
    ['more', transfers.more],
    ['timely', late.becomeTimely],
    ['late', late.becomeLate],
    ['returned', returnsAvoided],
  ] as const;
  return (
    <section className="adm-sheet">
      <h2>{t.title}</h2>
      <dl className="adm-figures">
        {rows.map(([mark, value]) => (
          <div key={mark}>
            <dt>{t[mark]}</dt>
            <dd>
              <Counted mark={mark} value={value} />
            </dd>
          </div>
        ))}
        {moved > 0 &&
          (['agrees', 'disagrees'] as const).map((mark) => (
            <div key={mark}>
              <dt>{t[mark]}</dt>
              <dd>
                <Counted mark={mark} value={figures[mark]} />
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

/** A number with its events; nothing to open where there are none. */
function Counted({ mark, value }: { mark: RehearsalMark; value: number }) {
  const t = useText(rehearsals).figures;
  if (value === 0) return formatNumber(0);
  return (
    <CaseLink wish={{ mark }} label={t.open(t[mark])}>
      {formatNumber(value)}
    </CaseLink>
  );
}

export function BySteps({ figures }: Part) {
  const t = useText(rehearsals);
  const w = useText(words);
  return (
    <section className="adm-sheet">
      <h2>{t.steps.title}</h2>
      <DataTable
        label={t.steps.title}
        rows={figures.steps.filter(({ clocks }) => clocks > 0)}
        rowKey={({ step }) => step}
        empty={t.cases.none}
        columns={[
          { head: t.steps.step, cell: ({ step }) => w.clockStep[step] },
          { head: t.steps.clocks, number: true, cell: ({ clocks }) => formatNumber(clocks) },
          { head: t.steps.before, number: true, cell: ({ before }) => formatNumber(before) },
          { head: t.steps.after, number: true, cell: ({ after }) => formatNumber(after) },
          {
            head: t.steps.becomeLate,
            number: true,
            cell: ({ step, becomeLate }) => <StepLink step={step} count={becomeLate} />,
          },
          {
            head: t.steps.becomeTimely,
            number: true,
            cell: ({ step, becomeTimely }) => <StepLink step={step} count={becomeTimely} />,
          },
        ]}
      />
    </section>
  );
}

function StepLink({ step, count }: { step: Figures['steps'][number]['step']; count: number }) {
  const t = useText(rehearsals).figures;
  const w = useText(words);
  if (count === 0) return '0';
  return (
    <CaseLink wish={{ step }} label={t.open(w.clockStep[step])}>
      {formatNumber(count)}
    </CaseLink>
  );
}

export function ByCategory({ figures }: Part) {
  const t = useText(rehearsals);
  const w = useText(words);
  const duties = useDuties();
  const nameOf = useCategoryName();
  const tiers: Readonly<Record<string, string>> = w.tier;
  const way = (from: string, to: string): string => (from === to ? to : t.list.change(from, to));
  return (
    <section className="adm-sheet">
      <h2>{t.categories.title}</h2>
      <DataTable
        label={t.categories.title}
        rows={figures.byCategory}
        rowKey={({ categoryCode }) => categoryCode}
        empty={t.cases.none}
        columns={[
          {
            head: t.categories.category,
            cell: ({ categoryCode }) => (
              <CaseLink wish={{ category: categoryCode }} label={t.figures.open(nameOf(categoryCode))}>
                {nameOf(categoryCode)}
              </CaseLink>
            ),
          },
          { head: t.categories.events, number: true, cell: ({ events }) => formatNumber(events) },
          { head: t.categories.tier, cell: (row) => way(tiers[row.tierFrom] ?? '', tiers[row.tierTo] ?? '') },
          { head: t.categories.lead, cell: (row) => way(duties.nameOf(row.leadFrom), duties.nameOf(row.leadTo)) },
          { head: t.categories.priority, cell: (row) => way(`P${row.priorityFrom}`, `P${row.priorityTo}`) },
          { head: t.categories.moved, number: true, cell: ({ moved }) => formatNumber(moved) },
          {
            head: t.categories.late,
            number: true,
            cell: ({ late }) => way(formatNumber(late.before), formatNumber(late.after)),
          },
        ]}
      />
    </section>
  );
}

const daysOfWeek = 7;

/** What each unit would lead in a week. Ordered by name: it is no appraisal. */
export function ByUnit({ figures }: Part) {
  const t = useText(rehearsals);
  const name = useName();
  const weeks = Math.max(1, figures.days / daysOfWeek);
  const perWeek = (n: number): string => formatNumber(Math.round((n / weeks) * 10) / 10);
  return (
    <section className="adm-sheet">
      <h2>{t.units.title}</h2>
      <p className="adm-soft">{t.units.means}</p>
      <DataTable
        label={t.units.title}
        rows={figures.byUnit.filter(({ before, after }) => before !== after).slice(0, 60)}
        rowKey={({ unit }) => unit?.id ?? 'none'}
        empty={t.sentence.stayed}
        columns={[
          { head: t.units.unit, cell: ({ unit }) => (unit === null ? t.flow.nobody : name(unit)) },
          { head: t.units.before, number: true, cell: ({ before }) => perWeek(before) },
          { head: t.units.after, number: true, cell: ({ after }) => perWeek(after) },
          {
            head: t.units.change,
            number: true,
            cell: ({ before, after }) => `${after > before ? '+' : '−'}${perWeek(Math.abs(after - before))}`,
          },
        ]}
      />
    </section>
  );
}

export function Caveat({ figures, hash }: Part & { hash: string }) {
  const t = useText(rehearsals).caveat;
  const { noUnit, uncertain } = figures;
  return (
    <section className="adm-sheet adm-soft">
      <h2>{t.title}</h2>
      <ul>
        {Object.entries(t.lines).map(([key, line]) => (
          <li key={key}>{line}</li>
        ))}
        {uncertain > 0 && <li>{t.uncertain(formatNumber(uncertain))}</li>}
        {noUnit.before + noUnit.after > 0 && (
          <li>{t.noUnit(formatNumber(noUnit.before), formatNumber(noUnit.after))}</li>
        )}
      </ul>
      <p className="adm-code">{t.hash(hash.slice(0, 16))}</p>
    </section>
  );
}
