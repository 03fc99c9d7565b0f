import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { deviceKinds, deviceStates } from '#contract/devices.ts';
import { Go } from '#web/app/Go.tsx';
import { adminDevices } from '#web/i18n/admin-devices.ts';
import { useText } from '#web/i18n/area.ts';
import { formatRelative } from '#web/i18n/format.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { ChoiceField } from '../shared/Field.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Mark } from '../shared/Mark.tsx';
import { SearchField } from '../shared/SearchField.tsx';
import { Secret } from '../shared/Secret.tsx';
import { usePageSearch } from '../shared/search.ts';
import { DeviceForm } from './DeviceForm.tsx';
import { DevicePanel } from './DevicePanel.tsx';
import { deviceQuery, devicesQuery, type Device } from './queries.ts';

interface Told {
  code: string;
  secret: string;
}

/** The register of devices, and one of them beside it. */
export function DevicesPage() {
  const t = useText(adminDevices).devices;
  const menu = useText(adminDevices).menu;
  const [search, setSearch] = usePageSearch();
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState<Told | null>(null);
  const list = useInfiniteQuery(devicesQuery(search));
  return (
    <AdminPage
      title={t.title}
      lead={t.lead}
      anyOf={['device.edit']}
      actions={
        <>
          <Go className="adm-button" href="/desk/admin/dead-letters">
            {menu.letters}
          </Go>
          <Go className="adm-button" href="/desk/admin/devices/import">
            {t.import}
          </Go>
          <Button type="primary" onClick={() => setAdding(true)}>
            {t.add}
          </Button>
        </>
      }
    >
      <Filters />
      <div className="adm-columns">
        <section className="adm-sheet">
          <Loaded query={list}>
            {({ pages }) => (
              <>
                <p className="adm-soft">{t.total(pages[0]?.total ?? 0)}</p>
                <Devices rows={pages.flatMap(({ items }) => items)} />
              </>
            )}
          </Loaded>
          {list.hasNextPage && (
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t.more}
            </Button>
          )}
        </section>
        <aside className="adm-sheet" aria-live="polite">
          {search.device === undefined ? (
            <p className="adm-empty-line">{t.choose}</p>
          ) : (
            <Chosen key={search.device} id={search.device} onSecret={setTold} />
          )}
        </aside>
      </div>
      {adding && (
        <DeviceForm
          device={null}
          onClose={() => setAdding(false)}
          onSaved={(device, secret) => {
            setAdding(false);
            setSearch({ device: device.id });
            if (secret !== null) setTold({ code: device.code, secret });
          }}
        />
      )}
      {told !== null && (
        <Secret
          title={t.secretTitle(told.code)}
          words={t.secretWords}
          secret={told.secret}
          onClose={() => setTold(null)}
        />
      )}
    </AdminPage>
  );
}

function Chosen({ id, onSecret }: { id: string; onSecret: (told: Told) => void }) {
  const query = useQuery(deviceQuery(id));
  return (
    <Loaded query={query}>
      {(device) => (
        <DevicePanel
          key={device.version}
          device={device}
          onSecret={(secret) => onSecret({ code: device.code, secret })}
        />
      )}
    </Loaded>
  );
}

function Filters() {
  const t = useText(adminDevices);
  const [search, setSearch] = usePageSearch();
  return (
    <search className="adm-filters">
      <SearchField label={t.devices.search} value={search.q ?? ''} onChange={(q) => setSearch({ q })} />
      <ChoiceField
        label={t.devices.kind}
        value={search.kind ?? ''}
        none={t.devices.any}
        options={deviceKinds.map((value) => ({ value, words: t.deviceKind[value] }))}
        onChange={(kind) => setSearch({ kind })}
      />
      <ChoiceField
        label={t.devices.stateFilter}
        value={search.state ?? ''}
        none={t.devices.anyState}
        options={deviceStates.map((value) => ({ value, words: t.state[value] }))}
        onChange={(state) => setSearch({ state })}
      />
    </search>
  );
}

function Devices({ rows }: { rows: readonly Device[] }) {
  const t = useText(adminDevices);
  const [search, setSearch] = usePageSearch();
  return (
    <DataTable
      label={t.devices.title}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t.devices.none}
      isCurrent={({ id }) => id === search.device}
      columns={[
        {
          head: t.devices.name,
          cell: ({ id, name, code }) => (
            <>
              <button type="button" className="adm-link" onClick={() => setSearch({ device: id })}>
                {name}
              </button>
              <br />
              <span className="adm-code adm-soft">{code}</span>
            </>
          ),
        },
        { head: t.devices.kind, cell: ({ kind }) => t.deviceKind[kind], tight: true },
        { head: t.devices.area, cell: ({ areaName }) => areaName },
        {
          head: t.devices.stateFilter,
          cell: ({ state }) => (
            <Mark tone={state === 'active' ? 'good' : state === 'muted' ? 'warn' : 'quiet'}>{t.state[state]}</Mark>
          ),
          tight: true,
        },
        {
          head: t.devices.seen,
          cell: ({ lastSeenAt }) => (lastSeenAt === null ? t.devices.never : formatRelative(lastSeenAt)),
          tight: true,
        },
      ]}
    />
  );
}
