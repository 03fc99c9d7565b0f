import { Button } from 'antd';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { ProblemError } from '#web/app/problem.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { OfflineError } from '#web/app/problem.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import type { EventDetail } from '../queries.ts';
import { draftKey } from './action-key.ts';
import { Conflict, linesOf } from './Conflict.tsx';
import { useDraft } from './draft.ts';
import { ActionField } from './fields/ActionField.tsx';
import { actionSpecs, type AllowedAction } from './specs.ts';
import { useAction } from './use-action.ts';
import { isReady, type ActionValues } from './values.ts';

export interface ActionPanelProps {
  event: EventDetail;
  action: AllowedAction;
  title: string;
  onClose: () => void;
}

/** Asks for exactly what the verb needs, and no more. Ctrl + Enter sends; what is typed survives everything. */
export function ActionPanel({ event, action, title, onClose }: ActionPanelProps) {
  const t = useText(deskEvent).act;
  const c = useText(common);
  const draft = useDraft(draftKey(event.id, action), startOf(action, event));
  const { busy, error, conflict, send } = useAction(event, action);
  // What lay before the person's eyes when they began: a guarded action is sent with it, not with what came since.
  const [began] = useState(() => ({ version: event.version, seen: linesOf(event) }));
  const moved = event.timeline.some((line) => !began.seen.has(line.id));
  const form = useRef<HTMLFormElement>(null);
  const spec = actionSpecs[action.verb];
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('[data-first], textarea, input:not([type="hidden"])');
    first?.focus({ preventScroll: true });
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  if (spec === undefined) return null;
  const ready = isReady(spec, action, draft.values);

  const submit = async (pressed?: FormEvent, how = { seenVersion: began.version }): Promise<void> => {
    pressed?.preventDefault();
    if (ready && (await send(draft, how))) onClose();
  };
  const key = (pressed: KeyboardEvent): void => {
    if (pressed.key === 'Escape') {
      pressed.stopPropagation();
      onClose();
    }
    if (pressed.key === 'Enter' && (pressed.ctrlKey || pressed.metaKey)) {
      pressed.preventDefault();
      void submit();
    }
  };
  return (
    // Hears Escape and Ctrl + Enter from the fields inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      className="act-panel"
      aria-label={title}
      onSubmit={(pressed) => void submit(pressed)}
      onKeyDown={key}
    >
      <h3>{title}</h3>
      {spec.fields.map((kind) => (
        <ActionField
          key={kind}
          kind={kind}
          event={event}
          action={action}
          values={draft.values}
          set={draft.set}
          fields={spec.fields}
        />
      ))}
      {conflict || (moved && !busy) ? <Conflict event={event} seen={began.seen} /> : <ProblemNote error={error} />}
      {error instanceof OfflineError && <p className="quiet">{t.offlineHint}</p>}
      <div className="form-buttons">
        <Button
          type="primary"
          htmlType="submit"
          danger={spec.grave === true}
          disabled={!ready}
          loading={busy}
          data-confirm=""
        >
          {busy ? t.sending : t.confirm(title)}
        </Button>
        {error instanceof ProblemError && error.code === 'version_conflict' && (
          <Button onClick={() => void submit(undefined, { seenVersion: event.version })}>{t.sendAnyway}</Button>
        )}
        <Button onClick={onClose}>{c.close}</Button>
      </div>
    </form>
  );
}

/** What a panel begins with. */
function startOf(action: AllowedAction, event: EventDetail): Partial<ActionValues> {
  const showReporter = event.channel === 'resident';
  if (action.verb === 'finish') return { showReporter };
  if (action.verb === 'check') return { outcome: 'pass', showReporter };
  if (action.verb === 'verify') return { outcome: 'confirmed' };
  return {};
}
