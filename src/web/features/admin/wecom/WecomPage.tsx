import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { wecomRoutes } from '#contract/wecom.ts';
import { ask } from '#web/app/ask.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { wecom } from '#web/i18n/wecom.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Mark } from '../shared/Mark.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { useAct } from '../shared/use-act.ts';
import { BridgeForm } from './BridgeForm.tsx';
import { bridgesKey, bridgesQuery, type BridgeItem } from './queries.ts';

/** Groups on WeCom: how each is tied, how it fares. */
export function WecomPage() {
  const t = useText(wecom);
  const bridges = useQuery(bridgesQuery);
  const [open, setOpen] = useState<BridgeItem | null>(null);
  return (
    <AdminPage title={t.menu} lead={t.lead} anyOf={['group.manage']}>
      <Note kind="info">{t.about}</Note>
      <section className="adm-sheet">
        <h2>{t.groups}</h2>
        <Loaded query={bridges}>{(rows) => <Bridges rows={rows} onSet={setOpen} />}</Loaded>
      </section>
      {open !== null && <BridgeForm item={open} onClose={() => setOpen(null)} />}
    </AdminPage>
  );
}

function Bridges({ rows, onSet }: { rows: readonly BridgeItem[]; onSet: (item: BridgeItem) => void }) {
  const t = useText(wecom);
  const trial = useAct((id: string, opId) => ask(wecomRoutes.test, { params: { id }, body: { opId } }), {
    stale: [bridgesKey],
  });
  return (
    <>
      <Problem error={trial.error} />
      {trial.data !== undefined && (
        <Note kind={trial.data.robot === 'failed' || trial.data.app === 'failed' ? 'warn' : 'good'}>
          {t.robot[trial.data.robot]}
          {trial.data.robotWords !== '' && ` (${trial.data.robotWords})`}
          <br />
          {t.app[trial.data.app]}
        </Note>
      )}
      <DataTable
        label={t.groups}
        rows={rows}
        rowKey={({ groupId }) => groupId}
        empty={t.none}
        columns={[
          { head: t.group, cell: ({ name }) => <strong>{name}</strong> },
          { head: t.state, cell: (row) => <State item={row} /> },
          { head: t.last, cell: ({ bridge }) => <Last at={bridge?.lastAt ?? null} /> },
          {
            head: t.act,
            cell: (row) => (
              <span className="adm-marks">
                <button type="button" className="adm-link" onClick={() => onSet(row)}>
                  {t.set}
                </button>
                {row.bridge !== null && (
                  <button
                    type="button"
                    className="adm-link"
                    disabled={trial.isPending}
                    onClick={() => trial.mutate(row.groupId)}
                  >
                    {trial.isPending && trial.variables === row.groupId ? t.trying : t.try}
                  </button>
                )}
              </span>
            ),
          },
        ]}
      />
    </>
  );
}

function Last({ at }: { at: string | null }) {
  const t = useText(wecom);
  return at === null ? t.never : formatTime(at);
}

function State({ item: { bridge } }: { item: BridgeItem }) {
  const t = useText(wecom);
  if (bridge === null) return <Mark tone="quiet">{t.notYet}</Mark>;
  const { enabled, verifiedAt, lastAt, lastFault, lastFaultAt, waiting } = bridge;
  return (
    <span className="adm-marks">
      <Mark tone={enabled ? 'good' : 'quiet'}>{enabled ? t.on : t.off}</Mark>
      {enabled && verifiedAt === null && lastAt === null && <span>{t.waitingForCheck}</span>}
      {waiting > 0 && <span>{t.waiting(waiting)}</span>}
      {lastFault !== null && (
        <Mark tone="warn">
          {lastFaultAt === null ? t.fault[lastFault] : t.faultAt(t.fault[lastFault], formatTime(lastFaultAt))}
        </Mark>
      )}
    </span>
  );
}
