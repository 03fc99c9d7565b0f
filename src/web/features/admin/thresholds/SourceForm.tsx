import { Button, Modal } from 'antd';
import { useState, type FormEvent } from 'react';
import { sensingRoutes } from '#contract/sensing.ts';
import { ask } from '#web/app/ask.ts';
import { adminDevices } from '#web/i18n/admin-devices.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { TextField } from '../shared/Field.tsx';
import { Problem } from '../shared/Problem.tsx';
import { useAct } from '../shared/use-act.ts';
import { outcomeBody, OutcomeFields, type Outcome } from './OutcomeFields.tsx';
import { sourcesKey, type Source } from './queries.ts';

export interface SourceFormProps {
  /** Null: a new one. */
  source: Source | null;
  onClose: () => void;
  /** `secret` is told for a new one. */
  onSaved: (source: Source, secret: string | null) => void;
}

interface Draft extends Outcome {
  code: string;
  name: string;
}

function draftOf(source: Source | null): Draft {
  return {
    code: source?.code ?? '',
    name: source?.name ?? '',
    priority: source?.priority ?? 2,
    categoryCode: source?.categoryCode ?? '',
    planCode: source?.planCode ?? '',
    raises: source?.raises ?? 'ask',
  };
}

async function save(source: Source | null, draft: Draft, opId: string) {
  const fields = { opId, name: draft.name.trim(), ...outcomeBody(draft) };
  if (source === null) return ask(sensingRoutes.createSource, { body: { ...fields, code: draft.code.trim() } });
  const body = { ...fields, version: source.version };
  return { ...(await ask(sensingRoutes.editSource, { params: { id: source.id }, body })), secret: null };
}

/** A system of a third party and what its alerts become. */
export function SourceForm({ source, onClose, onSaved }: SourceFormProps) {
  const t = useText(adminDevices).sources;
  const th = useText(adminDevices).thresholds;
  const c = useText(common);
  const [draft, setDraft] = useState(() => draftOf(source));
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const act = useAct((wish: Draft, opId) => save(source, wish, opId), {
    stale: [sourcesKey],
    onDone: (answer) => onSaved(answer.source, answer.secret),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(draft);
  };
  return (
    <Modal
      open
      title={source === null ? t.add : t.editTitle(source.name)}
      footer={null}
      onCancel={onClose}
      closable={{ 'aria-label': c.close }}
    >
      <form className="adm-form" onSubmit={submit}>
        {source === null && (
          <TextField
            label={t.code}
            hint={t.codeHint}
            value={draft.code}
            onChange={(code) => set({ code })}
            required
            pattern="[a-z][a-z0-9_\-]{1,39}"
          />
        )}
        <TextField label={t.name} value={draft.name} onChange={(name) => set({ name })} required maxLength={60} />
        <OutcomeFields value={draft} onChange={set} />
        <Problem error={act.error} />
        <div className="adm-buttons">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="primary" htmlType="submit" loading={act.isPending}>
            {th.save}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
