import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber, formatTime } from '#web/i18n/format.ts';
import { rehearsals } from '#web/i18n/rehearsals.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { ChoiceField } from '../shared/Field.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { usePageSearch } from '../shared/search.ts';
import { rehearsalsQuery, type RehearsalHead } from './queries.ts';
import { StateMark } from './StateMark.tsx';

const proposals = ['open', 'adopted', 'turned_down'] as const;

/** Every rehearsal of one's areas, those that wait for a decision first. */
export function RehearsalsPage() {
  const t = useText(rehearsals);
  const [search, setSearch] = usePageSearch();
  const proposal = proposals.find((one) => one === search.proposal);
  const list = useQuery(rehearsalsQuery(proposal));
  return (
    <AdminPage
      title={t.title}
      lead={t.lead}
      anyOf={['analytics.read', 'library.edit']}
      actions={
        <Go className="button-link" href="/desk/admin/library">
          {t.toLibrary}
        </Go>
      }
    >
      <search className="adm-filters">
        <ChoiceField
          label={t.list.filter}
          value={proposal ?? ''}
          none={t.list.all}
          options={proposals.map((value) => ({ value, words: t.proposal[value] }))}
          onChange={(value) => setSearch({ proposal: value })}
        />
      </search>
      <section className="adm-sheet">
        <Loaded query={list}>{({ items }) => <Rehearsals items={items} />}</Loaded>
      </section>
    </AdminPage>
  );
}

function Rehearsals({ items }: { items: readonly RehearsalHead[] }) {
  const t = useText(rehearsals);
  return (
    <DataTable
      label={t.title}
      rows={items}
      rowKey={({ id }) => id}
      empty={t.list.none}
      columns={[
        { head: t.list.name, cell: ({ id, title }) => <Go href={`/desk/rehearsals/${id}`}>{title}</Go> },
        { head: t.list.state, tight: true, cell: (row) => <StateMark row={row} /> },
        { head: t.list.area, cell: ({ areaName }) => areaName },
        { head: t.list.period, cell: ({ from, to }) => t.list.span(formatDate(from), formatDate(to)) },
        { head: t.list.events, number: true, cell: ({ events, late }) => (late === null ? '—' : formatNumber(events)) },
        {
          head: t.list.late,
          number: true,
          cell: ({ late }) =>
            late === null ? '—' : t.list.change(formatNumber(late.before), formatNumber(late.after)),
        },
        { head: t.list.asked, cell: ({ askedBy, askedAt }) => `${askedBy ?? ''} ${formatTime(askedAt)}` },
      ]}
    />
  );
}
