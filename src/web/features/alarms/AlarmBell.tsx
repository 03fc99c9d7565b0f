import { Popover } from 'antd';
import { useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { SoundPanel } from './sound/SoundPanel.tsx';
import { useSound, type SoundView } from '#web/app/sound/sound.ts';
import { useWaiting } from './watch.ts';
import './alarms.css';

/** How many alarms wait and whether they can be heard; opens the sound's settings. */
export function AlarmBell() {
  const reads = may(useMe(), 'alarm.read');
  return reads ? <Bell /> : null;
}

function Bell() {
  const t = useText(alarms).bell;
  const [open, setOpen] = useState(false);
  const sound = useSound();
  const count = (useWaiting().data ?? []).filter(({ answeredAt }) => answeredAt === null).length;
  const words = { ready: t.soundOn, muted: t.soundMuted, off: t.soundBlocked }[stateOf(sound)];
  const panel = (
    <div className="bell-panel">
      <p>{count === 0 ? t.none : t.count(count)}</p>
      <Go href="/desk/alarms" onClick={() => setOpen(false)}>
        {t.all}
      </Go>
      <SoundPanel />
    </div>
  );
  return (
    <Popover content={panel} trigger="click" open={open} onOpenChange={setOpen} placement="bottomRight">
      <button
        type="button"
        className={`tool bell bell-${stateOf(sound)}${count > 0 ? ' bell-calls' : ''}`}
        aria-expanded={open}
        data-ringing={sound.ringing?.id}
        aria-label={t.label(count, words)}
        title={words}
      >
        <Icon name="bell" size={18} />
        <b>{count}</b>
        {stateOf(sound) !== 'ready' && <span className="bell-words">{words}</span>}
      </button>
    </Popover>
  );
}

function stateOf({ speaker, muted }: SoundView): 'ready' | 'muted' | 'off' {
  if (speaker !== 'ready') return 'off';
  return muted ? 'muted' : 'ready';
}
