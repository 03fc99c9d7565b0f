import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { deviceKinds } from '#contract/devices.ts';
import { sensingRoutes } from '#contract/sensing.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { usePlanName } from '#web/app/plan-names.ts';
import { adminDevices } from '#web/i18n/admin-devices.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import { useRuleWords } from '#web/ui/rule-words.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { Confirm } from '../shared/Confirm.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { Tick } from '../shared/Field.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { useName } from '../shared/names.ts';
import { usePageSearch } from '../shared/search.ts';
import { useAct } from '../shared/use-act.ts';
import { categoriesQuery, thresholdsKey, thresholdsQuery, type Threshold } from './queries.ts';
import { ThresholdForm } from './ThresholdForm.tsx';

/** When readings ring: every rule in words, new ones, other numbers, retire. */
export function ThresholdsPage() {
  const t = useText(adminDevices);
  const [search, setSearch] = usePageSearch();
  const [editing, setEditing] = useState<Threshold | 'new' | null>(null);
  const [ending, setEnding] = useState<Threshold | null>(null);
  const list = useQuery(thresholdsQuery(search.device, search.retired === '1'));
  return (
    <AdminPage
      title={t.thresholds.title}
      lead={t.thresholds.lead}
      anyOf={['device.edit']}
      actions={
        <>
          <Go className="adm-button" href="/desk/admin/alert-sources">
            {t.menu.sources}
          </Go>
          <Button type="primary" onClick={() => setEditing('new')}>
            {t.thresholds.add}
          </Button>
        </>
      }
    >
      <search className="adm-filters">
        <Tick checked={search.retired === '1'} onChange={(on) => setSearch({ retired: on ? '1' : '' })}>
          {t.thresholds.showRetired}
        </Tick>
      </search>
      <section className="adm-sheet">
        <Loaded query={list}>{(rows) => <Rules rows={rows} onEdit={setEditing} onRetire={setEnding} />}</Loaded>
      </section>
      {editing !== null && (
        <ThresholdForm
          rule={editing === 'new' ? null : editing}
          deviceId={search.device}
          onClose={() => setEditing(null)}
        />
      )}
      {ending !== null && <Retire rule={ending} onClose={() => setEnding(null)} />}
    </AdminPage>
  );
}

interface RulesProps {
  rows: readonly Threshold[];
  onEdit: (rule: Threshold) => void;
  onRetire: (rule: Threshold) => void;
}

function Rules({ rows, onEdit, onRetire }: RulesProps) {
  const t = useText(adminDevices).thresholds;
  const a = useText(alarms);
  const ruleWords = useRuleWords();
  const target = useTarget();
  const planName = usePlanName();
  const name = useName();
  const categories = useQuery(categoriesQuery).data?.categories ?? [];
  const categoryName = (code: string): string => {
    const found = categories.find((one) => one.code === code);
    return found === undefined ? code : `${code} ${name(found)}`;
  };
  return (
    <DataTable
      label={t.title}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t.none}
      columns={[
        { head: t.target, cell: (rule) => <strong>{target(rule)}</strong> },
        { head: t.kind, cell: ({ kind }) => a.alarmOf(a.kind[kind]), tight: true },
        { head: t.rule, cell: (rule) => ruleWords(rule) },
        { head: t.priority, cell: ({ priority }) => <PriorityMark priority={priority} />, tight: true },
        {
          head: t.then,
          cell: ({ raises, categoryCode, planCode }) =>
            [
              a.detail.raises[raises],
              categoryCode === null ? '' : categoryName(categoryCode),
              planCode === null ? '' : a.detail.plan(planName(planCode)),
            ]
              .filter((one) => one !== '')
              .join(' · '),
        },
        {
          head: t.edit,
          tight: true,
          cell: (rule) =>
            rule.retired ? (
              t.retired
            ) : (
              <span className="adm-marks">
                <button type="button" className="adm-link" onClick={() => onEdit(rule)}>
                  {t.edit}
                </button>
                <button type="button" className="adm-link adm-link-danger" onClick={() => onRetire(rule)}>
                  {t.retire}
                </button>
              </span>
            ),
        },
      ]}
    />
  );
}

/** For whom a rule is, in words. */
function useTarget(): (rule: Threshold) => string {
  const t = useText(adminDevices);
  return ({ deviceCode, deviceKind }) => {
    if (deviceKind === null) return t.thresholds.ofDevice(deviceCode ?? '');
    const known = deviceKinds.find((one) => one === deviceKind);
    return t.thresholds.ofKind(known === undefined ? deviceKind : t.deviceKind[known]);
  };
}

function Retire({ rule, onClose }: { rule: Threshold; onClose: () => void }) {
  const t = useText(adminDevices).thresholds;
  const act = useAct(
    (reason: string, opId) =>
      ask(sensingRoutes.retireThreshold, { params: { id: rule.id }, body: { opId, version: rule.version, reason } }),
    { stale: [thresholdsKey], onDone: onClose },
  );
  return (
    <Confirm
      title={t.retireTitle}
      words={t.retireWords}
      act={t.retire}
      danger
      reason={t.retireReason}
      busy={act.isPending}
      error={act.error}
      onAct={(reason) => act.mutate(reason)}
      onClose={onClose}
    />
  );
}
