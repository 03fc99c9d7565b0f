import { Button, Modal } from 'antd';
import { useState, type FormEvent } from 'react';
import { rehearsalRoutes } from '#contract/rehearsals.ts';
import { ask } from '#web/app/ask.ts';
import { useGo } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { rehearsals } from '#web/i18n/rehearsals.ts';
import { rehearsalsKey } from '../rehearsals/queries.ts';
import { ChoiceField, TextField } from '../shared/Field.tsx';
import { Problem } from '../shared/Problem.tsx';
import { useAct } from '../shared/use-act.ts';
import type { Rule } from './draft.ts';

export interface AskRehearsalProps {
  baseVersion: number;
  changes: readonly Rule[];
  /** Of the categories that change. */
  names: readonly string[];
  onClose: () => void;
}

const spans = [1, 3, 6, 12];

/** A name and how far back; then the page of the rehearsal. */
export function AskRehearsal({ baseVersion, changes, names, onClose }: AskRehearsalProps) {
  const t = useText(rehearsals).ask;
  const c = useText(common);
  const go = useGo();
  const [title, setTitle] = useState(t.nameOf(names[0] ?? '', names.length));
  const [months, setMonths] = useState(3);
  const begin = useAct(
    (wish: { title: string; months: number; changes: readonly Rule[] }, opId) =>
      ask(rehearsalRoutes.ask, { body: { opId, baseVersion, ...wish, changes: [...wish.changes] } }),
    { stale: [rehearsalsKey], onDone: ({ rehearsal }) => go(`/desk/rehearsals/${rehearsal.id}`) },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    begin.mutate({ title, months, changes });
  };
  return (
    <Modal open title={t.title} footer={null} onCancel={onClose} closable={{ 'aria-label': c.close }}>
      <form className="adm-form" onSubmit={submit}>
        <TextField label={t.name} value={title} onChange={setTitle} required maxLength={80} />
        <ChoiceField
          label={t.months}
          value={String(months)}
          options={spans.map((n) => ({ value: String(n), words: t.monthsOf(n) }))}
          onChange={(value) => setMonths(Number(value))}
        />
        <Problem error={begin.error} />
        <div className="adm-buttons">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="primary" htmlType="submit" loading={begin.isPending} disabled={title.trim() === ''}>
            {t.start}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
