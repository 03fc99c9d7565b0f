import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { sensingRoutes } from '#contract/sensing.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { adminDevices } from '#web/i18n/admin-devices.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { formatRelative } from '#web/i18n/format.ts';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import { AdminPage } from '../shared/AdminPage.tsx';
import { Confirm } from '../shared/Confirm.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Mark } from '../shared/Mark.tsx';
import { Problem } from '../shared/Problem.tsx';
import { Secret } from '../shared/Secret.tsx';
import { useAct } from '../shared/use-act.ts';
import { sourcesKey, sourcesQuery, type Source } from './queries.ts';
import { SourceForm } from './SourceForm.tsx';

interface Told {
  name: string;
  secret: string;
}

/** Systems that deliver alerts signed: who, where to, what follows. */
export function SourcesPage() {
  const t = useText(adminDevices);
  const list = useQuery(sourcesQuery);
  const [editing, setEditing] = useState<Source | 'new' | null>(null);
  const [rotating, setRotating] = useState<Source | null>(null);
  const [told, setTold] = useState<Told | null>(null);
  const toggle = useAct(
    ({ id, version, enabled }: Pick<Source, 'id' | 'version' | 'enabled'>, opId) =>
      ask(sensingRoutes.editSource, { params: { id }, body: { opId, version, enabled } }),
    { stale: [sourcesKey] },
  );
  return (
    <AdminPage
      title={t.sources.title}
      lead={t.sources.lead}
      anyOf={['device.edit']}
      back={
        <Go className="adm-back" href="/desk/admin/thresholds">
          {t.menu.thresholds}
        </Go>
      }
      actions={
        <Button type="primary" onClick={() => setEditing('new')}>
          {t.sources.add}
        </Button>
      }
    >
      <Problem error={toggle.error} />
      <section className="adm-sheet">
        <Loaded query={list}>
          {(rows) => (
            <Sources
              rows={rows}
              onEdit={setEditing}
              onRotate={setRotating}
              onToggle={({ id, version, enabled }) => toggle.mutate({ id, version, enabled: !enabled })}
            />
          )}
        </Loaded>
      </section>
      {editing !== null && (
        <SourceForm
          source={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={(source, secret) => {
            setEditing(null);
            if (secret !== null) setTold({ name: source.name, secret });
          }}
        />
      )}
      {rotating !== null && <Rotate source={rotating} onClose={() => setRotating(null)} onSecret={setTold} />}
      {told !== null && (
        <Secret
          title={t.sources.secretTitle(told.name)}
          words={t.sources.secretWords}
          secret={told.secret}
          onClose={() => setTold(null)}
        />
      )}
    </AdminPage>
  );
}

interface SourcesProps {
  rows: readonly Source[];
  onEdit: (source: Source) => void;
  onRotate: (source: Source) => void;
  onToggle: (source: Source) => void;
}

function Sources({ rows, onEdit, onRotate, onToggle }: SourcesProps) {
  const t = useText(adminDevices);
  const a = useText(alarms).detail;
  return (
    <DataTable
      label={t.sources.title}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t.sources.none}
      columns={[
        {
          head: t.sources.name,
          cell: ({ name, code, enabled }) => (
            <>
              <strong>{name}</strong> <span className="adm-code">{code}</span>{' '}
              <Mark tone={enabled ? 'good' : 'quiet'}>{enabled ? t.sources.enabled : t.sources.disabled}</Mark>
            </>
          ),
        },
        { head: t.sources.url, cell: ({ url }) => <span className="adm-code">{url}</span> },
        { head: t.thresholds.priority, cell: ({ priority }) => <PriorityMark priority={priority} />, tight: true },
        {
          head: t.thresholds.then,
          cell: ({ raises, categoryCode }) => [a.raises[raises], categoryCode ?? ''].filter(Boolean).join(' · '),
        },
        {
          head: t.sources.received,
          cell: ({ received, lastAt }) =>
            lastAt === null ? t.sources.never : `${t.sources.count(received)} · ${formatRelative(lastAt)}`,
        },
        {
          head: t.thresholds.edit,
          cell: (source) => (
            <span className="adm-marks">
              <button type="button" className="adm-link" onClick={() => onEdit(source)}>
                {t.thresholds.edit}
              </button>
              <button type="button" className="adm-link" onClick={() => onToggle(source)}>
                {source.enabled ? t.sources.turnOff : t.sources.turnOn}
              </button>
              <button type="button" className="adm-link adm-link-danger" onClick={() => onRotate(source)}>
                {t.sources.rotate}
              </button>
            </span>
          ),
        },
      ]}
    />
  );
}

function Rotate(props: { source: Source; onClose: () => void; onSecret: (told: Told) => void }) {
  const { source, onClose, onSecret } = props;
  const t = useText(adminDevices).sources;
  const act = useAct(
    (version: number, opId) => ask(sensingRoutes.rotateSource, { params: { id: source.id }, body: { opId, version } }),
    {
      stale: [sourcesKey],
      onDone: ({ secret }) => {
        onClose();
        onSecret({ name: source.name, secret });
      },
    },
  );
  return (
    <Confirm
      title={t.rotateTitle(source.name)}
      words={t.rotateWords}
      act={t.rotate}
      danger
      busy={act.isPending}
      error={act.error}
      onAct={() => act.mutate(source.version)}
      onClose={onClose}
    />
  );
}
