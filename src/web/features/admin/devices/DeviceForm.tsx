import { Button, Modal } from 'antd';
import { useState, type FormEvent } from 'react';
import { deviceKinds, deviceRoutes } from '#contract/devices.ts';
import { ask } from '#web/app/ask.ts';
import { adminDevices } from '#web/i18n/admin-devices.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { AreaPick } from '../shared/AreaPick.tsx';
import { ChoiceField, LongField, TextField } from '../shared/Field.tsx';
import { Problem } from '../shared/Problem.tsx';
import { UnitPick } from '../shared/UnitPick.tsx';
import { useAct } from '../shared/use-act.ts';
import { readMetrics, writeMetrics } from './metrics.ts';
import { devicesKey, type Device } from './queries.ts';

export interface DeviceFormProps {
  /** Null: a new one. */
  device: Device | null;
  onClose: () => void;
  /** `secret` is told for a new one. */
  onSaved: (device: Device, secret: string | null) => void;
}

type Draft = ReturnType<typeof draftOf>;

function draftOf(device: Device | null) {
  const text = (value: number | undefined | null): string => (value === undefined || value === null ? '' : `${value}`);
  return {
    code: device?.code ?? '',
    name: device?.name ?? '',
    kind: device?.kind ?? ('smoke' as const),
    lon: text(device?.lon),
    lat: text(device?.lat),
    areaCode: device?.areaCode ?? '',
    unitId: device?.unitId ?? '',
    riskPoint: device?.riskPoint ?? '',
    heartbeat: text(device?.heartbeatS),
    metrics: writeMetrics(device?.metrics ?? []),
  };
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

async function save(device: Device | null, draft: Draft, opId: string) {
  const fields = {
    opId,
    name: draft.name.trim(),
    kind: draft.kind,
    lon: Number(draft.lon),
    lat: Number(draft.lat),
    ...(draft.areaCode === '' ? {} : { areaCode: draft.areaCode }),
    unitId: orNull(draft.unitId),
    riskPoint: orNull(draft.riskPoint),
    heartbeatS: draft.heartbeat === '' ? null : Number(draft.heartbeat),
    metrics: readMetrics(draft.metrics),
  };
  if (device === null) return ask(deviceRoutes.createDevice, { body: { ...fields, code: draft.code.trim() } });
  const body = { ...fields, version: device.version };
  return { ...(await ask(deviceRoutes.editDevice, { params: { id: device.id }, body })), secret: null };
}

/** A new device, or other facts of one. */
export function DeviceForm({ device, onClose, onSaved }: DeviceFormProps) {
  const t = useText(adminDevices);
  const c = useText(common);
  const [draft, setDraft] = useState(() => draftOf(device));
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const act = useAct((wish: Draft, opId) => save(device, wish, opId), {
    stale: [devicesKey],
    onDone: (answer) => onSaved(answer.device, answer.secret),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(draft);
  };
  return (
    <Modal
      open
      title={device === null ? t.devices.add : t.devices.editTitle(device.name)}
      footer={null}
      onCancel={onClose}
      closable={{ 'aria-label': c.close }}
    >
      <form className="adm-form" onSubmit={submit}>
        {device === null && (
          <TextField
            label={t.devices.code}
            hint={t.devices.codeHint}
            value={draft.code}
            onChange={(code) => set({ code })}
            required
            maxLength={64}
            pattern="[A-Za-z0-9]([A-Za-z0-9._\-]{0,62}[A-Za-z0-9])?"
          />
        )}
        <TextField
          label={t.devices.name}
          value={draft.name}
          onChange={(name) => set({ name })}
          required
          maxLength={100}
        />
        <ChoiceField
          label={t.devices.kind}
          value={draft.kind}
          options={deviceKinds.map((value) => ({ value, words: t.deviceKind[value] }))}
          onChange={(kind) => set({ kind: deviceKinds.find((one) => one === kind) ?? 'other' })}
        />
        <Place draft={draft} set={set} />
        <UnitPick
          label={t.devices.unit}
          hint={t.devices.unitHint}
          value={draft.unitId}
          onChange={(unitId) => set({ unitId })}
        />
        <div className="adm-row">
          <TextField
            label={t.devices.riskPoint}
            value={draft.riskPoint}
            onChange={(riskPoint) => set({ riskPoint })}
            maxLength={64}
          />
          <TextField
            label={t.devices.heartbeat}
            hint={t.devices.heartbeatHint}
            type="number"
            min={10}
            max={2_592_000}
            value={draft.heartbeat}
            onChange={(heartbeat) => set({ heartbeat })}
          />
        </div>
        <LongField
          label={t.devices.metrics}
          hint={t.devices.metricsHint}
          value={draft.metrics}
          onChange={(metrics) => set({ metrics })}
        />
        <Problem error={act.error} />
        <div className="adm-buttons">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="primary" htmlType="submit" loading={act.isPending}>
            {t.devices.save}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Place({ draft, set }: { draft: Draft; set: (change: Partial<Draft>) => void }) {
  const t = useText(adminDevices).devices;
  return (
    <>
      <div className="adm-row">
        <TextField
          label={t.lon}
          type="number"
          step="any"
          min={-180}
          max={180}
          value={draft.lon}
          onChange={(lon) => set({ lon })}
          required
        />
        <TextField
          label={t.lat}
          type="number"
          step="any"
          min={-90}
          max={90}
          value={draft.lat}
          onChange={(lat) => set({ lat })}
          required
        />
      </div>
      <AreaPick label={t.area} hint={t.areaHint} value={draft.areaCode} onChange={(areaCode) => set({ areaCode })} />
    </>
  );
}
