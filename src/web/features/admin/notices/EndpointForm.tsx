import { Button, Modal } from 'antd';
import { useState, type FormEvent } from 'react';
import { webhookTypes, type WebhookType } from '#contract/notices-words.ts';
import { webhookRoutes } from '#contract/notices.ts';
import { ask } from '#web/app/ask.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { notices } from '#web/i18n/notices.ts';
import { AreaPick } from '../shared/AreaPick.tsx';
import { TextField, Tick } from '../shared/Field.tsx';
import { Problem } from '../shared/Problem.tsx';
import { useAct } from '../shared/use-act.ts';
import { endpointsKey, type Endpoint } from './queries.ts';

interface Draft {
  name: string;
  url: string;
  types: readonly WebhookType[];
  areaCode: string;
}

async function send(endpoint: Endpoint | null, draft: Draft, opId: string): Promise<string | null> {
  const areaCode = draft.areaCode === '' ? null : draft.areaCode;
  const body = { opId, name: draft.name, url: draft.url, types: [...draft.types], areaCode };
  if (endpoint === null) return (await ask(webhookRoutes.addEndpoint, { body })).secret;
  const { id, version, status } = endpoint;
  await ask(webhookRoutes.editEndpoint, { params: { id }, body: { ...body, version, status } });
  return null;
}

interface EndpointFormProps {
  endpoint: Endpoint | null;
  onClose: () => void;
  onSecret: (secret: string) => void;
}

/** Where to, which types, of which area. A new endpoint's secret is shown afterwards, once. */
export function EndpointForm({ endpoint, onClose, onSecret }: EndpointFormProps) {
  const t = useText(notices);
  const c = useText(common);
  const [draft, setDraft] = useState<Draft>({
    name: endpoint?.name ?? '',
    url: endpoint?.url ?? '',
    types: endpoint?.types ?? [],
    areaCode: endpoint?.areaCode ?? '',
  });
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const act = useAct((wish: Draft, opId) => send(endpoint, wish, opId), {
    stale: [endpointsKey],
    onDone: (secret) => {
      onClose();
      if (secret !== null) onSecret(secret);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(draft);
  };
  const title = endpoint === null ? t.hooks.add : t.hooks.editTitle;
  return (
    <Modal open title={title} footer={null} onCancel={onClose} closable={{ 'aria-label': c.close }} width={680}>
      <form className="adm-form" onSubmit={submit}>
        <TextField
          label={t.hooks.name}
          value={draft.name}
          onChange={(name) => change({ name })}
          required
          maxLength={60}
        />
        <TextField label={t.admin.url} value={draft.url} onChange={(url) => change({ url })} required maxLength={500} />
        <AreaPick
          label={t.admin.area}
          hint={t.admin.areaHint}
          value={draft.areaCode}
          onChange={(areaCode) => change({ areaCode })}
        />
        <Types types={draft.types} onChange={(types) => change({ types })} />
        <Problem error={act.error} />
        <div className="adm-buttons">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="primary" htmlType="submit" loading={act.isPending} disabled={draft.types.length === 0}>
            {title}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface TypesProps {
  types: readonly WebhookType[];
  onChange: (types: readonly WebhookType[]) => void;
}

function Types({ types, onChange }: TypesProps) {
  const t = useText(notices).hooks;
  return (
    <fieldset className="adm-ticks">
      <legend className="adm-legend">{t.types}</legend>
      <Tick checked={types.length === webhookTypes.length} onChange={(on) => onChange(on ? webhookTypes : [])}>
        {t.all}
      </Tick>
      {webhookTypes.map((type) => (
        <Tick
          key={type}
          checked={types.includes(type)}
          onChange={(on) => onChange(on ? [...types, type] : types.filter((one) => one !== type))}
        >
          <span className="adm-code">{type}</span>
        </Tick>
      ))}
    </fieldset>
  );
}
