import { Button } from 'antd';
import { useState } from 'react';
import { deviceRoutes } from '#contract/devices.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { adminDevices } from '#web/i18n/admin-devices.ts';
import { useText } from '#web/i18n/area.ts';
import { formatRelative, formatTime } from '#web/i18n/format.ts';
import { Confirm } from '../shared/Confirm.tsx';
import { Mark } from '../shared/Mark.tsx';
import { useAct } from '../shared/use-act.ts';
import { DeviceForm } from './DeviceForm.tsx';
import { devicesKey, type Device } from './queries.ts';

type Act = 'edit' | 'rotate' | 'retire' | 'mute' | 'unmute';

/** What is known of a device, and what may be done with it. */
export function DevicePanel({ device, onSecret }: { device: Device; onSecret: (secret: string) => void }) {
  const t = useText(adminDevices);
  const [acting, setActing] = useState<Act | null>(null);
  const close = (): void => setActing(null);
  return (
    <>
      <h2>
        {device.name} <Mark tone={device.state === 'active' ? 'good' : 'warn'}>{t.state[device.state]}</Mark>
      </h2>
      <Facts device={device} />
      <p>
        <Go href={`/desk/admin/thresholds?device=${device.id}`}>{t.devices.rules}</Go>{' '}
        <Go href={`/desk/admin/dead-letters?device=${device.id}`}>{t.devices.letters}</Go>
      </p>
      {device.state !== 'retired' && (
        <div className="adm-buttons adm-buttons-start">
          <Button onClick={() => setActing('edit')}>{t.devices.edit}</Button>
          <Button onClick={() => setActing('rotate')}>{t.devices.rotate}</Button>
          {device.state === 'active' ? (
            <Button onClick={() => setActing('mute')}>{t.devices.mute}</Button>
          ) : (
            <Button onClick={() => setActing('unmute')}>{t.devices.unmute}</Button>
          )}
          <Button danger onClick={() => setActing('retire')}>
            {t.devices.retire}
          </Button>
        </div>
      )}
      {acting === 'edit' && <DeviceForm device={device} onClose={close} onSaved={close} />}
      {acting === 'rotate' && <Rotate device={device} onClose={close} onSecret={onSecret} />}
      {acting === 'retire' && <Retire device={device} onClose={close} />}
      {(acting === 'mute' || acting === 'unmute') && <Mute device={device} on={acting === 'mute'} onClose={close} />}
    </>
  );
}

function Facts({ device }: { device: Device }) {
  const t = useText(adminDevices);
  const d = t.devices;
  const facts: [name: string, words: string][] = [
    [d.code, device.code],
    [d.kind, t.deviceKind[device.kind]],
    [d.area, `${device.areaName} ${device.areaCode}`],
    [d.place, `${device.lon}, ${device.lat}`],
    [d.unit, device.unitName ?? d.unitNone],
    [d.riskPoint, device.riskPoint ?? ''],
    [d.metrics, device.metrics.map(({ name, unit }) => (unit === '' ? name : `${name} (${unit})`)).join(' · ')],
    [d.heartbeat, device.heartbeatS === null ? d.noHeartbeat : d.everySeconds(device.heartbeatS)],
    [d.seen, seenWords(device, d)],
    [d.firmware, device.firmware ?? ''],
    [d.alarms, d.alarmCount(device.trueAlarms, device.falseAlarms)],
    [d.created, formatTime(device.createdAt)],
  ];
  return (
    <dl className="adm-facts">
      {facts
        .filter(([, words]) => words !== '')
        .map(([name, words]) => (
          <Fact key={name} name={name} words={words} />
        ))}
    </dl>
  );
}

function Fact({ name, words }: { name: string; words: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{words}</dd>
    </>
  );
}

interface SeenWords {
  never: string;
  battery: (n: number) => string;
  decibel: (n: number) => string;
  signal: string;
}

function seenWords({ lastSeenAt, battery, signal }: Device, t: SeenWords): string {
  if (lastSeenAt === null) return t.never;
  const parts = [formatRelative(lastSeenAt)];
  if (battery !== null) parts.push(t.battery(battery));
  if (signal !== null) parts.push(`${t.signal} ${t.decibel(signal)}`);
  return parts.join(' · ');
}

function Rotate(props: { device: Device; onClose: () => void; onSecret: (secret: string) => void }) {
  const { device, onClose, onSecret } = props;
  const t = useText(adminDevices).devices;
  const act = useAct(
    (version: number, opId) =>
      ask(deviceRoutes.rotateDeviceSecret, { params: { id: device.id }, body: { opId, version } }),
    {
      stale: [devicesKey],
      onDone: ({ secret }) => {
        onClose();
        onSecret(secret);
      },
    },
  );
  return (
    <Confirm
      title={t.rotateTitle(device.name)}
      words={t.rotateWords}
      act={t.rotate}
      danger
      busy={act.isPending}
      error={act.error}
      onAct={() => act.mutate(device.version)}
      onClose={onClose}
    />
  );
}

function Retire({ device, onClose }: { device: Device; onClose: () => void }) {
  const t = useText(adminDevices).devices;
  const act = useAct(
    (reason: string, opId) =>
      ask(deviceRoutes.retireDevice, {
        params: { id: device.id },
        body: { opId, version: device.version, reason },
      }),
    { stale: [devicesKey], onDone: onClose },
  );
  return (
    <Confirm
      title={t.retireTitle(device.name)}
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

function Mute({ device, on, onClose }: { device: Device; on: boolean; onClose: () => void }) {
  const t = useText(adminDevices).devices;
  const act = useAct(
    (reason: string, opId) =>
      ask(deviceRoutes.editDevice, {
        params: { id: device.id },
        body: { opId, version: device.version, state: on ? 'muted' : 'active', reason },
      }),
    { stale: [devicesKey], onDone: onClose },
  );
  return (
    <Confirm
      title={on ? t.muteTitle(device.name) : t.unmute}
      words={on ? t.muteWords : device.name}
      act={on ? t.mute : t.unmute}
      {...(on ? { reason: t.muteReason } : {})}
      busy={act.isPending}
      error={act.error}
      onAct={(reason) => act.mutate(reason)}
      onClose={onClose}
    />
  );
}
