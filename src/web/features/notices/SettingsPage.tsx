import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type FormEvent } from 'react';
import { noticeKinds, personalChannels, type NoticeKind, type PersonalChannel } from '#contract/notices-words.ts';
import { noticeRoutes } from '#contract/notices.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { notices } from '#web/i18n/notices.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { BrowserPart } from './BrowserPart.tsx';
import { noticesKey, settingQuery, type Setting } from './queries.ts';
import './notices.css';

/** How this person wants to be told, beside the inbox. */
export function SettingsPage() {
  const t = useText(notices);
  const setting = useQuery(settingQuery);
  return (
    <div className="inbox">
      <Go href="/desk/inbox">{t.back}</Go>
      <h1>{t.settings}</h1>
      <p>{t.lead}</p>
      {setting.error !== null && <ProblemNote error={setting.error} />}
      {setting.data !== undefined && (
        <>
          <BrowserPart setting={setting.data} />
          <SettingForm key={setting.data.version} setting={setting.data} />
        </>
      )}
    </div>
  );
}

const toTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const toMinutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function SettingForm({ setting }: { setting: Setting }) {
  const t = useText(notices);
  const [channels, setChannels] = useState(setting.channels);
  const [quiet, setQuiet] = useState(setting.quiet);
  const [email, setEmail] = useState(setting.email ?? '');
  const [phone, setPhone] = useState(setting.phone ?? '');
  const act = useAct((wish: Omit<Parameters<typeof save>[0], 'opId'>, opId) => save({ ...wish, opId }), {
    stale: [noticesKey],
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate({ version: setting.version, channels, quiet, email: orNull(email), phone: orNull(phone) });
  };
  return (
    <form className="inbox-form" onSubmit={submit}>
      <label className="inbox-field">
        {t.email}
        <input type="email" value={email} maxLength={200} onChange={(event) => setEmail(event.target.value)} />
        <small>{t.contactHint}</small>
      </label>
      <label className="inbox-field">
        {t.phone}
        <input type="tel" value={phone} pattern="\+?[0-9\-]{5,20}" onChange={(event) => setPhone(event.target.value)} />
        <small>{t.contactHint}</small>
      </label>
      <fieldset>
        <legend>{t.quiet}</legend>
        <label className="inbox-tick">
          <input
            type="checkbox"
            checked={quiet !== null}
            onChange={(event) => setQuiet(event.target.checked ? { from: 22 * 60, until: 7 * 60 } : null)}
          />
          {t.quietOn}
        </label>
        {quiet !== null && (
          <div className="inbox-times">
            <TimeField label={t.from} value={quiet.from} onChange={(from) => setQuiet({ ...quiet, from })} />
            <TimeField label={t.until} value={quiet.until} onChange={(until) => setQuiet({ ...quiet, until })} />
          </div>
        )}
      </fieldset>
      <Choice channels={channels} available={setting.available} onChange={setChannels} />
      <p className="inbox-soft">{t.secondNote}</p>
      {act.error !== null && <ProblemNote error={act.error} />}
      <div className="inbox-head">
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {t.save}
        </Button>
        {act.isSuccess && <span role="status">{t.saved}</span>}
      </div>
    </form>
  );
}

function save(body: {
  opId: string;
  version: number;
  channels: Setting['channels'];
  quiet: Setting['quiet'];
  email: string | null;
  phone: string | null;
}) {
  return ask(noticeRoutes.saveSettings, { body });
}

function TimeField({ label, value, onChange }: { label: string; value: number; onChange: (minutes: number) => void }) {
  return (
    <label className="inbox-field">
      {label}
      <input
        type="time"
        required
        value={toTime(value)}
        onChange={(event) => event.target.value !== '' && onChange(toMinutes(event.target.value))}
      />
    </label>
  );
}

interface ChoiceProps {
  channels: Setting['channels'];
  available: readonly PersonalChannel[];
  onChange: (channels: Setting['channels']) => void;
}

function Choice({ channels, available, onChange }: ChoiceProps) {
  const t = useText(notices);
  const toggle = (kind: NoticeKind, channel: PersonalChannel, on: boolean): void =>
    onChange({
      ...channels,
      [kind]: personalChannels.filter((one) => (one === channel ? on : channels[kind].includes(one))),
    });
  return (
    <fieldset>
      <legend>{t.choose}</legend>
      {noticeKinds
        .filter((kind) => kind !== 'second_channel')
        .map((kind) => (
          <div key={kind} className="inbox-choice" role="group" aria-label={t.kind[kind]}>
            <b>{t.kind[kind]}</b>
            {personalChannels.map((channel) => (
              <label key={channel} className="inbox-tick" title={available.includes(channel) ? undefined : t.notYet}>
                <input
                  type="checkbox"
                  checked={channels[kind].includes(channel)}
                  onChange={(event) => toggle(kind, channel, event.target.checked)}
                />
                {t.channel[channel]}
                {!available.includes(channel) && <span aria-hidden="true">*</span>}
              </label>
            ))}
          </div>
        ))}
      {available.length < personalChannels.length && <p className="inbox-soft">{`* ${t.notYet}`}</p>}
    </fieldset>
  );
}
