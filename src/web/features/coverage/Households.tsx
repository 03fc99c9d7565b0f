import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { coverageRoutes } from '#contract/coverage.ts';
import { ask } from '#web/app/ask.ts';
import { may, useMe } from '#web/app/me.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { coverage } from '#web/i18n/coverage.ts';
import { formatNumber, formatRelative } from '#web/i18n/format.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { HouseholdForm } from './HouseholdForm.tsx';
import { ImportForm } from './ImportForm.tsx';
import { coverageKeys, householdsQuery, type CoverageRow, type Household } from './queries.ts';

const hows = ['home', 'phone', 'other'] as const;
type How = (typeof hows)[number];

/** The households of one grid, longest not visited first: tick a staircase, note it once. */
export function Households({ area }: { area: CoverageRow }) {
  const t = useText(coverage).households;
  const me = useMe();
  const [due, setDue] = useState(true);
  const [form, setForm] = useState<Household | 'new' | 'import' | null>(null);
  const list = useInfiniteQuery(householdsQuery(area.code, due));
  const rows = list.data?.pages.flatMap(({ items }) => items);
  return (
    <section className="coverage-households" aria-label={t.title}>
      <header>
        <h2>{t.title}</h2>
        <span className="coverage-tools">
          <button type="button" className="tool tool-framed" onClick={() => setForm('new')}>
            {t.add}
          </button>
          {may(me, 'visit.plan') && (
            <button type="button" className="tool tool-framed" onClick={() => setForm('import')}>
              {t.import}
            </button>
          )}
        </span>
      </header>
      <p className="quiet">{t.lead}</p>
      <p className="coverage-tools">
        <label>
          <input type="checkbox" checked={due} onChange={({ target }) => setDue(target.checked)} /> {t.due}
        </label>
        {list.data !== undefined && (
          <span className="quiet" role="status">
            {t.total(formatNumber(list.data.pages[0]?.total ?? 0))}
          </span>
        )}
      </p>
      <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
      {rows !== undefined && <Rows key={area.code} rows={rows} onEdit={setForm} />}
      <MoreButton list={list} words={t.more} />
      {form === 'import' && <ImportForm onClose={() => setForm(null)} />}
      {form !== null && form !== 'import' && (
        <HouseholdForm area={area.code} household={form === 'new' ? null : form} onClose={() => setForm(null)} />
      )}
    </section>
  );
}

interface RowsProps {
  rows: readonly Household[];
  onEdit: (household: Household) => void;
}

function Rows({ rows, onEdit }: RowsProps) {
  const t = useText(coverage).households;
  const c = useText(common);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [how, setHow] = useState<How>('home');
  const act = useAct(
    (input: { ids: string[]; how: How }, opId) => ask(coverageRoutes.visit, { body: { opId, ...input } }),
    { stale: [coverageKeys.figures, coverageKeys.households], onDone: () => setTicked(new Set()) },
  );
  const tick = (id: string, on: boolean): void =>
    setTicked(new Set(on ? [...ticked, id] : [...ticked].filter((one) => one !== id)));
  if (rows.length === 0) return <p className="ground-none">{t.none}</p>;
  return (
    <>
      <ul className="coverage-doors">
        {rows.map((row) => (
          <li key={row.id}>
            <label className="coverage-door">
              <input
                type="checkbox"
                aria-label={t.choose(`${row.address} ${row.door}`)}
                checked={ticked.has(row.id)}
                disabled={!ticked.has(row.id) && ticked.size >= 200}
                onChange={({ target }) => tick(row.id, target.checked)}
              />
              <span>
                <b>{row.address}</b> {row.door}
                <span className="quiet">
                  {t.people(formatNumber(row.residents))} ·{' '}
                  {row.visitedAt === null ? t.never : t.last(formatRelative(row.visitedAt))}
                </span>
              </span>
            </label>
            <button type="button" className="tool" onClick={() => onEdit(row)}>
              {t.edit}
            </button>
          </li>
        ))}
      </ul>
      <div className="coverage-note">
        <label>
          {t.how}{' '}
          <select value={how} onChange={({ target }) => setHow(hows.find((one) => one === target.value) ?? 'home')}>
            {hows.map((one) => (
              <option key={one} value={one}>
                {t.hows[one]}
              </option>
            ))}
          </select>
        </label>
        <Button
          type="primary"
          disabled={ticked.size === 0}
          loading={act.isPending}
          onClick={() => act.mutate({ ids: [...ticked], how })}
        >
          {ticked.size === 0 ? t.visitNone : t.visit(formatNumber(ticked.size))}
        </Button>
        {act.isSuccess && ticked.size === 0 && <span role="status">{t.visited(formatNumber(act.data.visited))}</span>}
        {act.isPending && <span className="quiet">{c.loading}</span>}
      </div>
      <ProblemNote error={act.error} />
    </>
  );
}
