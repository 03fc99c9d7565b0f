import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { noticeAdminRoutes, webhookRoutes } from '#contract/notices.ts';
import { ask } from '#web/app/ask.ts';
import { useText } from '#web/i18n/area.ts';
import { formatRelative } from '#web/i18n/format.ts';
import { notices } from '#web/i18n/notices.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { Confirm } from '../shared/Confirm.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Mark } from '../shared/Mark.tsx';
import { Problem } from '../shared/Problem.tsx';
import { Secret } from '../shared/Secret.tsx';
import { useAct } from '../shared/use-act.ts';
import { EndpointForm } from './EndpointForm.tsx';
import { endpointsKey, endpointsQuery, queueKey, type Endpoint } from './queries.ts';

/** Addresses of other systems that are told what happens. */
export function WebhooksPage() {
  const t = useText(notices).hooks;
  const endpoints = useQuery(endpointsQuery);
  const [open, setOpen] = useState<Endpoint | 'new' | null>(null);
  const [ending, setEnding] = useState<Endpoint | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <AdminPage
      title={t.menu}
      lead={t.lead}
      anyOf={['notice.edit']}
      actions={
        <Button type="primary" onClick={() => setOpen('new')}>
          {t.add}
        </Button>
      }
    >
      <section className="adm-sheet">
        <Loaded query={endpoints}>
          {(rows) => <Endpoints rows={rows} onEdit={setOpen} onEnd={setEnding} onSecret={setSecret} />}
        </Loaded>
      </section>
      {open !== null && (
        <EndpointForm endpoint={open === 'new' ? null : open} onClose={() => setOpen(null)} onSecret={setSecret} />
      )}
      {ending !== null && <Remove endpoint={ending} onClose={() => setEnding(null)} />}
      {secret !== null && (
        <Secret title={t.secretTitle} words={t.secretWords} secret={secret} onClose={() => setSecret(null)} />
      )}
    </AdminPage>
  );
}

interface EndpointsProps {
  rows: readonly Endpoint[];
  onEdit: (endpoint: Endpoint) => void;
  onEnd: (endpoint: Endpoint) => void;
  onSecret: (secret: string) => void;
}

function Endpoints({ rows, onEdit, onEnd, onSecret }: EndpointsProps) {
  const t = useText(notices);
  return (
    <DataTable
      label={t.hooks.menu}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t.hooks.none}
      columns={[
        { head: t.hooks.name, cell: ({ name }) => <strong>{name}</strong> },
        { head: t.admin.url, cell: ({ url }) => <span className="adm-code">{url}</span> },
        { head: t.hooks.types, cell: ({ types }) => t.hooks.typeCount(types.length), tight: true },
        { head: t.admin.area, cell: ({ areaName }) => areaName ?? t.admin.everywhere },
        { head: t.hooks.state, cell: (row) => <Health row={row} /> },
        {
          head: t.admin.edit,
          cell: (row) => <Acts row={row} onEdit={() => onEdit(row)} onEnd={() => onEnd(row)} onSecret={onSecret} />,
        },
      ]}
    />
  );
}

function Health({ row }: { row: Endpoint }) {
  const t = useText(notices).hooks;
  const state = row.disabledReason === null ? t.active : t.disabled[row.disabledReason];
  return (
    <span className="adm-marks">
      <Mark tone={row.status === 'active' ? (row.failingSince === null ? 'good' : 'warn') : 'bad'}>{state}</Mark>
      <span className="adm-soft">{row.lastOkAt === null ? t.never : t.lastOk(formatRelative(row.lastOkAt))}</span>
      {row.failingSince !== null && (
        <span className="adm-soft">
          {t.failing(formatRelative(row.failingSince))} {row.lastError}
        </span>
      )}
    </span>
  );
}

interface ActsProps {
  row: Endpoint;
  onEdit: () => void;
  onEnd: () => void;
  onSecret: (secret: string) => void;
}

function Acts({ row, onEdit, onEnd, onSecret }: ActsProps) {
  const t = useText(notices);
  const { id, version, name, url, types, areaCode } = row;
  const stale = [endpointsKey, queueKey];
  const params = { id };
  const test = useAct((_: undefined, opId) => ask(webhookRoutes.testEndpoint, { params, body: { opId } }), { stale });
  const renew = useAct((_: undefined, opId) => ask(webhookRoutes.renewSecret, { params, body: { opId, version } }), {
    stale,
    onDone: ({ secret }) => onSecret(secret),
  });
  const replay = useAct((_: undefined, opId) => ask(noticeAdminRoutes.replay, { body: { opId, target: id } }), {
    stale,
  });
  const status = row.status === 'active' ? 'disabled' : 'active';
  const toggle = useAct(
    (_: undefined, opId) =>
      ask(webhookRoutes.editEndpoint, { params, body: { opId, version, name, url, types, areaCode, status } }),
    { stale },
  );
  const links = [
    { words: t.admin.test, run: () => test.mutate(undefined) },
    { words: t.admin.edit, run: onEdit },
    { words: t.hooks.renew, run: () => renew.mutate(undefined) },
    { words: status === 'active' ? t.hooks.switchOn : t.hooks.switchOff, run: () => toggle.mutate(undefined) },
    { words: t.hooks.replayAll, run: () => replay.mutate(undefined) },
    { words: t.admin.remove, run: onEnd },
  ];
  return (
    <span className="adm-marks">
      {links.map(({ words, run }) => (
        <button key={words} type="button" className="adm-link" onClick={run}>
          {words}
        </button>
      ))}
      <Problem error={test.error ?? renew.error ?? replay.error ?? toggle.error} />
    </span>
  );
}

function Remove({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const t = useText(notices).admin;
  const { id, version } = endpoint;
  const act = useAct(
    (_: undefined, opId) => ask(webhookRoutes.retireEndpoint, { params: { id }, body: { opId, version } }),
    { stale: [endpointsKey], onDone: onClose },
  );
  return (
    <Confirm
      title={t.removeTitle(endpoint.name)}
      words={t.removeWords}
      act={t.remove}
      danger
      busy={act.isPending}
      error={act.error}
      onAct={() => act.mutate(undefined)}
      onClose={onClose}
    />
  );
}
