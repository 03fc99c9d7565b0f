import { Button, Modal } from 'antd';
import { useState, type FormEvent } from 'react';
import { bridgeSecrets, bridgeWays, wecomRoutes } from '#contract/wecom.ts';
import { ask } from '#web/app/ask.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { wecom } from '#web/i18n/wecom.ts';
import { ChoiceField, Field, TextField, Tick } from '../shared/Field.tsx';
import { Problem } from '../shared/Problem.tsx';
import { useAct } from '../shared/use-act.ts';
import { bridgesKey, type BridgeItem } from './queries.ts';

interface Draft {
  way: (typeof bridgeWays)[number];
  corpId: string;
  agentId: string;
  chatId: string;
  apiUrl: string;
  token: string;
  aesKey: string;
  appSecret: string;
  robotUrl: string;
  enabled: boolean;
}
type Change = (part: Partial<Draft>) => void;

function firstDraft({ bridge }: BridgeItem): Draft {
  const { way = 'app', corpId = '', agentId = '', chatId = '', apiUrl = '', enabled = true } = bridge ?? {};
  return { way, corpId, agentId, chatId, apiUrl, enabled, token: '', aesKey: '', appSecret: '', robotUrl: '' };
}

/** What was kept secret stays unless something new is typed. */
function send(groupId: string, draft: Draft, opId: string) {
  const { way, corpId, agentId, chatId, apiUrl, enabled } = draft;
  const typed = Object.fromEntries(
    bridgeSecrets.flatMap((name) => (draft[name] === '' ? [] : [[name, draft[name].trim()]])),
  );
  return ask(wecomRoutes.save, {
    params: { id: groupId },
    body: { opId, way, corpId, agentId, chatId, apiUrl, enabled, ...typed },
  });
}

/** How one group is tied to WeCom. */
export function BridgeForm({ item, onClose }: { item: BridgeItem; onClose: () => void }) {
  const t = useText(wecom);
  const c = useText(common);
  const [draft, setDraft] = useState(() => firstDraft(item));
  const change: Change = (part) => setDraft((now) => ({ ...now, ...part }));
  const act = useAct((wish: Draft, opId) => send(item.groupId, wish, opId), { stale: [bridgesKey], onDone: onClose });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(draft);
  };
  return (
    <Modal open title={t.formTitle(item.name)} footer={null} onCancel={onClose} closable={{ 'aria-label': c.close }}>
      <form className="adm-form" onSubmit={submit}>
        <Callback url={item.callbackUrl} />
        <ChoiceField
          label={t.way}
          value={draft.way}
          options={bridgeWays.map((value) => ({ value, words: t.ways[value] }))}
          onChange={(way) => change({ way: way === 'robot' ? 'robot' : 'app' })}
        />
        <Names draft={draft} change={change} />
        <Secrets item={item} draft={draft} change={change} />
        <TextField
          label={t.apiUrl}
          hint={t.apiUrlHint}
          value={draft.apiUrl}
          maxLength={500}
          onChange={(apiUrl) => change({ apiUrl })}
        />
        <Tick checked={draft.enabled} onChange={(enabled) => change({ enabled })}>
          {t.enabled}
        </Tick>
        <Problem error={act.error} />
        <div className="adm-buttons">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="primary" htmlType="submit" loading={act.isPending}>
            {t.save}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Callback({ url }: { url: string }) {
  const t = useText(wecom);
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(url).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <>
      <Field label={t.callback} hint={t.callbackHint}>
        {(props) => (
          <input {...props} className="adm-input" readOnly value={url} onFocus={({ target }) => target.select()} />
        )}
      </Field>
      <Button onClick={copy}>{copied ? t.copied : t.copy}</Button>
    </>
  );
}

function Names({ draft, change }: { draft: Draft; change: Change }) {
  const t = useText(wecom);
  if (draft.way === 'robot')
    return (
      <TextField
        label={t.chatId}
        hint={t.chatIdHint}
        value={draft.chatId}
        maxLength={128}
        onChange={(chatId) => change({ chatId })}
      />
    );
  return (
    <>
      <TextField
        label={t.corpId}
        value={draft.corpId}
        maxLength={64}
        required={draft.enabled}
        onChange={(corpId) => change({ corpId })}
      />
      <TextField
        label={t.agentId}
        value={draft.agentId}
        maxLength={64}
        required={draft.enabled}
        onChange={(agentId) => change({ agentId })}
      />
    </>
  );
}

function Secrets({ item: { bridge }, draft, change }: { item: BridgeItem; draft: Draft; change: Change }) {
  const t = useText(wecom);
  const labels = { token: t.token, aesKey: t.aesKey, appSecret: t.appSecret, robotUrl: t.robotUrl };
  const hints = { token: undefined, aesKey: undefined, appSecret: t.appSecretHint, robotUrl: t.robotUrlHint };
  const shown = bridgeSecrets.filter((name) => name !== 'appSecret' || draft.way === 'app');
  return shown.map((name) => {
    const kept = bridge?.kept[name] === true;
    const needed = draft.enabled && !kept && (name === 'token' || name === 'aesKey');
    const hint = [...(kept ? [t.keep] : []), ...(hints[name] === undefined ? [] : [hints[name]])].join(' · ');
    return (
      <TextField
        key={name}
        label={labels[name]}
        {...(hint === '' ? {} : { hint })}
        type="password"
        autoComplete="off"
        value={draft[name]}
        maxLength={500}
        required={needed}
        onChange={(value) => change({ [name]: value })}
      />
    );
  });
}
