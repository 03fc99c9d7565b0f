import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { unitKinds } from '#contract/grids-views.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { ChoiceField, Tick } from '../shared/Field.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { unitsQuery, type Unit } from '../shared/queries.ts';
import { SearchField } from '../shared/SearchField.tsx';
import { usePageSearch } from '../shared/search.ts';
import { UnitForm } from './UnitForm.tsx';
import { UnitPanel } from './UnitPanel.tsx';
import { UnitList } from './UnitList.tsx';

/** Centres, committees, posts, departments and agencies: the tree, and one of them beside it. */
export function UnitsPage() {
  const t = useText(admin).units;
  const me = useMe();
  const [search, setSearch] = usePageSearch();
  const [adding, setAdding] = useState(false);
  const units = useQuery(unitsQuery(search.retired === '1'));
  const chosen = units.data?.find(({ id }) => id === search.unit);
  const mayEdit = may(me, 'grids.edit');
  return (
    <AdminPage
      title={t.title}
      lead={t.lead}
      anyOf={['grids.read']}
      actions={
        mayEdit && (
          <>
            <Go className="adm-button" href="/desk/admin/import?kind=units">
              {t.import}
            </Go>
            <Button type="primary" onClick={() => setAdding(true)}>
              {t.add}
            </Button>
          </>
        )
      }
    >
      <Filters />
      <div className="adm-columns">
        <section className="adm-sheet">
          <Loaded query={units}>{(rows) => <UnitList units={narrowed(rows, search)} all={rows} />}</Loaded>
        </section>
        <aside className="adm-sheet" aria-live="polite">
          {chosen === undefined ? (
            <p className="adm-empty-line">{t.choose}</p>
          ) : (
            <UnitPanel key={`${chosen.id}/${chosen.version}`} unit={chosen} mayEdit={mayEdit} />
          )}
        </aside>
      </div>
      {adding && (
        <UnitForm
          unit={null}
          onClose={() => setAdding(false)}
          onSaved={(unit) => {
            setAdding(false);
            setSearch({ unit: unit.id });
          }}
        />
      )}
    </AdminPage>
  );
}

function Filters() {
  const t = useText(admin).units;
  const w = useText(words);
  const [search, setSearch] = usePageSearch();
  return (
    <search className="adm-filters">
      <SearchField label={t.search} value={search.q ?? ''} onChange={(q) => setSearch({ q })} />
      <ChoiceField
        label={t.kind}
        value={search.kind ?? ''}
        none={t.any}
        options={unitKinds.map((value) => ({ value, words: w.unitKind[value] }))}
        onChange={(kind) => setSearch({ kind })}
      />
      <Tick checked={search.retired === '1'} onChange={(on) => setSearch({ retired: on ? '1' : '' })}>
        {t.showRetired}
      </Tick>
    </search>
  );
}

function narrowed(units: readonly Unit[], { q = '', kind = '' }: Readonly<Record<string, string>>): Unit[] {
  const text = q.toLowerCase();
  return units.filter(
    (unit) =>
      (kind === '' || unit.kind === kind) && `${unit.name}\n${unit.nameEn}\n${unit.code}`.toLowerCase().includes(text),
  );
}
