import { Button, Modal } from 'antd';
import { useState, type FormEvent } from 'react';
import { channelKinds, type ChannelKind } from '#contract/notices-words.ts';
import { noticeAdminRoutes } from '#contract/notices.ts';
import { ask } from '#web/app/ask.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { notices } from '#web/i18n/notices.ts';
import { AreaPick } from '../shared/AreaPick.tsx';
import { ChoiceField, TextField, Tick } from '../shared/Field.tsx';
import { Problem } from '../shared/Problem.tsx';
import { useAct } from '../shared/use-act.ts';
import { channelsKey, type NoticeChannel } from './queries.ts';

interface Draft {
  kind: ChannelKind;
  name: string;
  url: string;
  secret: string;
  areaCode: string;
  minPriority: number;
  enabled: boolean;
}

const fresh: Draft = { kind: 'wecom', name: '', url: '', secret: '', areaCode: '', minPriority: 1, enabled: true };

function send(channel: NoticeChannel | null, draft: Draft, opId: string): Promise<unknown> {
  const { kind, name, url, secret, minPriority, enabled } = draft;
  const areaCode = draft.areaCode === '' ? null : draft.areaCode;
  const body = { opId, name, areaCode, minPriority, enabled };
  if (channel === null) return ask(noticeAdminRoutes.saveChannel, { body: { ...body, kind, url, secret } });
  const changed = { ...(url === '' ? {} : { url }), ...(secret === '' ? {} : { secret }) };
  return ask(noticeAdminRoutes.editChannel, {
    params: { id: channel.id },
    body: { ...body, ...changed, version: channel.version },
  });
}

/** A gateway or a group robot; what was kept secret stays unless something new is typed. */
export function ChannelForm({ channel, onClose }: { channel: NoticeChannel | null; onClose: () => void }) {
  const t = useText(notices).admin;
  const c = useText(common);
  const [draft, setDraft] = useState<Draft>(
    channel === null ? fresh : { ...fresh, ...channel, areaCode: channel.areaCode ?? '', url: '', secret: '' },
  );
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const act = useAct((wish: Draft, opId) => send(channel, wish, opId), { stale: [channelsKey], onDone: onClose });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(draft);
  };
  return (
    <Modal
      open
      title={channel === null ? t.addChannel : t.editChannel}
      footer={null}
      onCancel={onClose}
      closable={{ 'aria-label': c.close }}
    >
      <form className="adm-form" onSubmit={submit}>
        {channel === null && (
          <ChoiceField
            label={t.channelKind}
            value={draft.kind}
            options={channelKinds.map((value) => ({ value, words: t.kinds[value] }))}
            onChange={(kind) => change({ kind: channelKinds.find((one) => one === kind) ?? draft.kind })}
          />
        )}
        <TextField
          label={t.channelName}
          value={draft.name}
          onChange={(name) => change({ name })}
          required
          maxLength={60}
        />
        <TextField
          label={t.url}
          hint={channel === null ? undefined : t.urlKeep}
          value={draft.url}
          onChange={(url) => change({ url })}
          required={channel === null}
          maxLength={500}
        />
        <TextField
          label={t.secret}
          hint={t.secretHint}
          type="password"
          autoComplete="off"
          value={draft.secret}
          onChange={(secret) => change({ secret })}
          maxLength={200}
        />
        <AreaPick
          label={t.area}
          hint={t.areaHint}
          value={draft.areaCode}
          onChange={(areaCode) => change({ areaCode })}
        />
        <ChoiceField
          label={t.upTo}
          value={String(draft.minPriority)}
          options={[0, 1, 2, 3, 4].map((level) => ({ value: String(level), words: `P${level}` }))}
          onChange={(level) => change({ minPriority: Number(level) })}
        />
        <Tick checked={draft.enabled} onChange={(enabled) => change({ enabled })}>
          {t.on}
        </Tick>
        <Problem error={act.error} />
        <div className="adm-buttons">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="primary" htmlType="submit" loading={act.isPending}>
            {channel === null ? t.addChannel : t.editChannel}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
