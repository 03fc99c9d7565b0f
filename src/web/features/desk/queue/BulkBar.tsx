import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { may, useMe } from '#web/app/me.ts';
import type { Permission } from '#contract/route.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { desk } from '#web/i18n/desk.ts';
import { words } from '#web/i18n/words.ts';
import type { EventRow } from '../queries.ts';
import { bulkQueue, bulkVerbs, needsReason, type BulkVerb } from './bulk.ts';

const permissionOf: Record<BulkVerb, Permission> = {
  receive: 'event.receive',
  file: 'event.file',
  decline: 'event.file',
  shelve: 'event.dispatch',
  supervise: 'event.supervise',
  urge: 'event.annotate',
};
/** Where an act can do anything at all; the server judges each event by itself. */
const statusesOf: Record<BulkVerb, readonly EventRow['status'][]> = {
  receive: ['reported'],
  file: ['reported', 'verifying'],
  decline: ['reported', 'verifying'],
  shelve: ['filed', 'handling'],
  supervise: ['reported', 'verifying', 'filed', 'dispatched', 'handling', 'checking', 'shelved'],
  urge: ['reported', 'verifying', 'filed', 'dispatched', 'handling', 'checking', 'shelved'],
};

export interface BulkBarProps {
  rows: readonly EventRow[];
  onClear: () => void;
  onAll: () => void;
}

/** What can be done with the picked events together. Each act names how many of them it fits. */
export function BulkBar({ rows, onClear, onAll }: BulkBarProps) {
  const t = useText(desk);
  const w = useText(words);
  const me = useMe();
  const [verb, setVerb] = useState<BulkVerb | null>(null);
  const fitting = (one: BulkVerb): EventRow[] => rows.filter((row) => statusesOf[one].includes(row.status));
  const offered = bulkVerbs.filter((one) => may(me, permissionOf[one]) && fitting(one).length > 0);
  const add = (one: BulkVerb, reason: string, reviewAt?: string): void => {
    const items = fitting(one).map((row) => ({
      id: row.id,
      number: row.number,
      title: row.title,
      opId: crypto.randomUUID(),
    }));
    bulkQueue.add({ verb: one, items, reason, ...(reviewAt === undefined ? {} : { reviewAt }) });
    setVerb(null);
    onClear();
  };
  return (
    <div className="bulk">
      {verb !== null && offered.includes(verb) && (
        <BulkForm
          verb={verb}
          count={fitting(verb).length}
          onCancel={() => setVerb(null)}
          onSend={(reason, reviewAt) => add(verb, reason, reviewAt)}
        />
      )}
      <div className="bulk-line">
        <b role="status">{t.queue.selected(rows.length)}</b>
        {offered.map((one) => (
          <Button
            key={one}
            size="small"
            type={one === verb ? 'primary' : 'default'}
            onClick={() => (one === 'receive' || one === 'file' ? add(one, '') : setVerb(one))}
          >
            {t.bulk.act(w.verb[one], fitting(one).length)}
          </Button>
        ))}
        <span className="spring" />
        <button type="button" className="link-button" onClick={onAll}>
          {t.queue.selectAll}
        </button>
        <button type="button" className="link-button" onClick={onClear}>
          {t.queue.clear}
        </button>
      </div>
    </div>
  );
}

interface BulkFormProps {
  verb: BulkVerb;
  count: number;
  onSend: (reason: string, reviewAt?: string) => void;
  onCancel: () => void;
}

function BulkForm({ verb, count, onSend, onCancel }: BulkFormProps) {
  const t = useText(desk).bulk;
  const c = useText(common);
  const w = useText(words);
  const [reason, setReason] = useState('');
  const [day, setDay] = useState('');
  const ready = (!needsReason(verb) || reason.trim().length >= 2) && (verb !== 'shelve' || day !== '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) onSend(reason.trim(), day === '' ? undefined : `${day}T09:00:00+08:00`);
  };
  return (
    <form className="bulk-form" onSubmit={submit}>
      <label className="form-field">
        {needsReason(verb) ? t.reason : t.note}
        <Input.TextArea
          autoFocus
          autoSize={{ minRows: 2, maxRows: 5 }}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {needsReason(verb) && <small>{t.reasonHint}</small>}
      </label>
      {verb === 'shelve' && (
        <label className="form-field">
          {t.reviewAt}
          <input type="date" value={day} min={tomorrow()} onChange={(event) => setDay(event.target.value)} required />
        </label>
      )}
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" disabled={!ready}>
          {t.act(w.verb[verb], count)}
        </Button>
        <Button onClick={onCancel}>{c.cancel}</Button>
      </div>
    </form>
  );
}

/** Tomorrow's calendar day in Shanghai. */
export function tomorrow(nowMs: number = Date.now()): string {
  return new Date(nowMs + 32 * 3_600_000).toISOString().slice(0, 10);
}
