import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { briefKinds } from '#contract/briefs.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { briefs } from '#web/i18n/briefs.ts';
import { formatTime } from '#web/i18n/format.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { MakeForm } from './MakeForm.tsx';
import { MakeIssueForm } from './MakeIssueForm.tsx';
import { briefsQuery, choicesQuery, type BriefRow } from './queries.ts';
import { SchedulePart } from './SchedulePart.tsx';
import { parseBriefsSearch, type BriefsSearch } from './search.ts';
import './briefs.css';

/** All briefs one may read; a draft can be made, and drafts that make themselves are set here. */
export function BriefsPage() {
  const t = useText(briefs);
  const search = parseBriefsSearch(useSearch({ strict: false }));
  const { issue, ...filter } = search;
  const list = useInfiniteQuery(briefsQuery(filter));
  const navigate = useNavigate();
  const choices = useQuery(choicesQuery);
  const mayEdit = may(useMe(), 'analytics.edit');
  const [making, setMaking] = useState(false);
  const rows = list.data?.pages.flatMap(({ items }) => items);
  return (
    <div className="page-flow briefs">
      <header className="briefs-head">
        <h1>{t.title}</h1>
        {mayEdit && (
          <button type="button" className="tool tool-framed briefs-main" onClick={() => setMaking(true)}>
            {t.make}
          </button>
        )}
      </header>
      <p className="quiet">{t.lead}</p>
      <Filters search={search} />
      <ProblemNote error={list.error} />
      {rows !== undefined && (rows.length === 0 ? <p>{t.none}</p> : <Table rows={rows} />)}
      <MoreButton list={list} words={t.more} />
      {choices.data !== undefined && <SchedulePart choices={choices.data} />}
      {making && choices.data !== undefined && <MakeForm choices={choices.data} onClose={() => setMaking(false)} />}
      {issue !== undefined && mayEdit && choices.data !== undefined && (
        <MakeIssueForm
          id={issue}
          choices={choices.data}
          onClose={() => void navigate({ to: '.', search: filter as never, replace: true })}
        />
      )}
    </div>
  );
}

function Filters({ search }: { search: BriefsSearch }) {
  const t = useText(briefs);
  const navigate = useNavigate();
  const go = (change: Record<string, string | undefined>): void =>
    void navigate({ to: '.', search: parseBriefsSearch({ ...search, ...change }) as never, replace: true });
  return (
    <form className="briefs-filters" role="search" aria-label={t.filters}>
      <label>
        {t.kind}
        <select value={search.kind ?? ''} onChange={({ target }) => go({ kind: target.value })}>
          <option value="">{t.anyKind}</option>
          {briefKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t.kinds[kind]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.state}
        <select value={search.state ?? ''} onChange={({ target }) => go({ state: target.value })}>
          <option value="">{t.anyState}</option>
          {(['draft', 'issued'] as const).map((state) => (
            <option key={state} value={state}>
              {t.states[state]}
            </option>
          ))}
        </select>
      </label>
    </form>
  );
}

function Table({ rows }: { rows: readonly BriefRow[] }) {
  const t = useText(briefs);
  const w = t.table;
  return (
    <ScrollFrame area="briefs-table" label={t.title}>
      <table>
        <thead>
          <tr>
            {[w.title, w.days, w.number, w.state, w.at].map((words) => (
              <th key={words} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Go href={`/desk/briefs/${row.id}`}>{row.title}</Go>
              </th>
              <td>{t.days(row.firstDay, row.lastDay)}</td>
              <td>{row.number ?? '—'}</td>
              <td>
                <span className={`tag briefs-${row.state}`}>{t.states[row.state]}</span>
              </td>
              <td>{formatTime(row.issuedAt ?? row.madeAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
