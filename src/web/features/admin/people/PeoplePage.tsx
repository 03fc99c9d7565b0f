import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { AreaPick } from '../shared/AreaPick.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { ChoiceField } from '../shared/Field.tsx';
import { useName, useRoleName } from '../shared/names.ts';
import { Problem } from '../shared/Problem.tsx';
import { rolesQuery } from '../shared/queries.ts';
import { SearchField } from '../shared/SearchField.tsx';
import { usePageSearch } from '../shared/search.ts';
import { UnitPick } from '../shared/UnitPick.tsx';
import { AddPerson } from './AddPerson.tsx';
import { peopleQuery, type Person } from './queries.ts';
import { PersonMarks } from './PersonMarks.tsx';

/** Everybody who works with the platform: search, filters, list. */
export function PeoplePage() {
  const t = useText(admin).people;
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const mayEdit = may(me, 'identity.edit');
  return (
    <AdminPage
      title={t.title}
      lead={t.lead}
      anyOf={['people.read']}
      actions={
        <>
          <Go className="adm-button" href="/desk/admin/roles">
            {t.roles}
          </Go>
          {mayEdit && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t.add}
            </Button>
          )}
        </>
      }
    >
      <Filters />
      <List />
      {adding && <AddPerson onClose={() => setAdding(false)} />}
    </AdminPage>
  );
}

function Filters() {
  const t = useText(admin).people;
  const [search, setSearch] = usePageSearch();
  const roleName = useRoleName();
  const roles = useQuery(rolesQuery).data ?? [];
  return (
    <search className="adm-filters">
      <SearchField label={t.search} value={search.q ?? ''} onChange={(q) => setSearch({ q })} />
      <AreaPick label={t.area} value={search.area ?? ''} onChange={(area) => setSearch({ area })} />
      <UnitPick label={t.unit} value={search.unit ?? ''} onChange={(unit) => setSearch({ unit })} />
      <ChoiceField
        label={t.role}
        value={search.role ?? ''}
        none={t.any}
        options={roles.map(({ role }) => ({ value: role, words: roleName(role) }))}
        onChange={(role) => setSearch({ role })}
      />
      <ChoiceField
        label={t.status}
        value={search.status ?? ''}
        none={t.any}
        options={(['active', 'disabled'] as const).map((value) => ({ value, words: t.statuses[value] }))}
        onChange={(status) => setSearch({ status })}
      />
    </search>
  );
}

function List() {
  const t = useText(admin).people;
  const [search] = usePageSearch();
  const people = useInfiniteQuery(peopleQuery(search));
  const rows = people.data?.pages.flatMap((page) => page.items) ?? [];
  const total = people.data?.pages[0]?.total ?? 0;
  if (people.isPending) return <p className="adm-empty-line">{t.loading}</p>;
  return (
    <section className="adm-sheet">
      <p className="adm-soft" role="status">
        {t.count(formatNumber(rows.length), formatNumber(total))}
      </p>
      <Problem error={people.error} onRetry={() => void people.refetch()} />
      <DataTable
        label={t.title}
        rows={rows}
        rowKey={(person) => person.id}
        empty={t.none}
        columns={[
          { head: t.name, cell: (person) => <NameCell person={person} /> },
          { head: t.offices, cell: (person) => <Offices person={person} /> },
          { head: t.status, cell: (person) => <PersonMarks person={person} /> },
        ]}
      />
      {people.hasNextPage && (
        <Button block loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
          {t.more}
        </Button>
      )}
    </section>
  );
}

function NameCell({ person }: { person: Person }) {
  return (
    <>
      <Go href={`/desk/admin/people/${person.id}`}>{person.displayName}</Go>
      {person.login !== null && <span className="adm-soft adm-code"> {person.login}</span>}
    </>
  );
}

function Offices({ person }: { person: Person }) {
  const t = useText(admin).people;
  const name = useName();
  const roleName = useRoleName();
  const live = person.appointments.filter((office) => office.live);
  if (person.adminKind !== null) return <>{roleName(`${person.adminKind}_admin`)}</>;
  if (live.length === 0) return <span className="adm-soft">{t.noOffice}</span>;
  return (
    <ul className="adm-plain">
      {live.map((office) => (
        <li key={office.id}>
          <strong>{roleName(office.role)}</strong>{' '}
          <span className="adm-soft">
            {name({ name: office.unitName, nameEn: office.unitNameEn })}
            {office.areaName !== null && ` · ${office.areaName}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
