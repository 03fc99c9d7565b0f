import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { plans } from '#web/i18n/plans.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useCategoryName, useName } from '../parts/names.ts';
import { Page } from '../parts/Page.tsx';
import { Table } from '../parts/Table.tsx';
import { plansQuery, type PlanRow } from '../queries.ts';
import { Coverage } from './Coverage.tsx';

/** All plans, and how far they are used. */
export function PlansPage() {
  const t = useText(plans).list;
  const me = useMe();
  const [retired, setRetired] = useState(false);
  const list = useQuery(plansQuery(retired));
  return (
    <Page
      title={t.title}
      lead={t.lead}
      actions={
        may(me, 'plan.edit') && (
          <Go className="ops-link" href="/desk/plans/new">
            {t.fresh}
          </Go>
        )
      }
    >
      <label className="check">
        <input type="checkbox" checked={retired} onChange={(event) => setRetired(event.target.checked)} />
        {t.retired}
      </label>
      <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
      {list.data?.items.length === 0 && <p className="quiet">{t.empty}</p>}
      {list.data !== undefined && list.data.items.length > 0 && <Rows rows={list.data.items} />}
      {may(me, 'event.read') && <Coverage />}
    </Page>
  );
}

function Rows({ rows }: { rows: readonly PlanRow[] }) {
  const t = useText(plans).list;
  const nameOf = useName();
  const categoryName = useCategoryName();
  return (
    <Table
      label={t.title}
      rows={rows}
      rowKey={(row) => row.code}
      columns={[
        {
          head: t.name,
          cell: (row) => (
            <Go className="ops-link" href={`/desk/plans/${row.code}`}>
              {nameOf(row)}
            </Go>
          ),
        },
        {
          head: t.state,
          cell: (row) => (
            <>
              <i className={`tag ${row.state === 'published' ? 'tag-leaf' : ''}`}>{t.states[row.state]}</i>{' '}
              {row.hasDraft && row.state !== 'draft' && <small>{t.hasDraft}</small>}
            </>
          ),
        },
        { head: t.version, cell: (row) => t.versionOf(row.version) },
        { head: t.steps, number: true, cell: (row) => row.stepCount },
        { head: t.categories, cell: (row) => row.categories.map(categoryName).join(t.comma) },
        {
          head: t.opened,
          number: true,
          cell: (row) =>
            row.opened === 0 ? (
              0
            ) : (
              <Go className="ops-link" href={`/desk/operations?open=false&plan=${row.code}`}>
                {row.opened}
              </Go>
            ),
        },
      ]}
    />
  );
}
