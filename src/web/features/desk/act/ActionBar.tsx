import { Button, Dropdown } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { words } from '#web/i18n/words.ts';
import { useUnitName } from '../names.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import type { EventDetail } from '../queries.ts';
import { useShortcuts } from '#web/app/shortcuts.ts';
import { draftKey, keyOf } from './action-key.ts';
import { ActionPanel } from './ActionPanel.tsx';
import { Conflict, linesOf, type SeenLines } from './Conflict.tsx';
import { useDraft } from './draft.ts';
import { actionSpecs, orderActions, verbKeys, type AllowedAction } from './specs.ts';
import { useAction } from './use-action.ts';

/** What this person may do with the event now: the next step first. One panel is open at a time. */
export function ActionBar({ event }: { event: EventDetail }) {
  const t = useText(deskEvent).act;
  const say = useActionWords(event);
  const [opened, setOpened] = useState<{ key: string; seen: SeenLines } | null>(null);
  const [outrun, setOutrun] = useState<SeenLines | null>(null);
  const open = opened?.key ?? null;
  const actions = useMemo(() => withExtensions(event), [event]);
  const { primary, beside, more } = orderActions(actions, event);
  const chosen = actions.find((one) => keyOf(one) === open);
  const toggle = (action: AllowedAction): void => {
    setOutrun(null);
    setOpened(open === keyOf(action) ? null : { key: keyOf(action), seen: linesOf(event) });
  };
  const close = (): void => setOpened(null);
  const [directed, setDirected] = useState<AllowedAction | null>(null);

  const begin = (action: AllowedAction): void => {
    if (actionSpecs[action.verb]?.direct === true && !more.includes(action)) setDirected(action);
    else toggle(action);
  };
  useShortcuts({
    ...Object.fromEntries(
      Object.entries(verbKeys).map(([verb, key]) => {
        const action = actions.find((one) => one.verb === verb);
        return [key, action === undefined ? undefined : () => begin(action)];
      }),
    ),
    ...(chosen === undefined ? {} : { Escape: close }),
  });

  return (
    <section className="acts" aria-label={t.label}>
      {actions.length === 0 && <p className="quiet acts-none">{t.none}</p>}
      <div className="acts-line">
        {primary.map((action) => (
          <ActionButton
            key={keyOf(action)}
            event={event}
            action={action}
            primary
            open={open === keyOf(action)}
            onOpen={toggle}
            onOutrun={() => setOutrun(linesOf(event))}
            start={directed === action}
            onStarted={() => setDirected(null)}
          >
            {say(action)}
          </ActionButton>
        ))}
        {beside.map((action) => (
          <ActionButton
            key={keyOf(action)}
            event={event}
            action={action}
            open={open === keyOf(action)}
            onOpen={toggle}
            onOutrun={() => setOutrun(linesOf(event))}
            start={directed === action}
            onStarted={() => setDirected(null)}
          >
            {say(action)}
          </ActionButton>
        ))}
        {more.length > 0 && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: more.map((action) => ({
                key: keyOf(action),
                label: say(action),
                danger: actionSpecs[action.verb]?.grave === true,
              })),
              onClick: ({ key }) => {
                const action = more.find((one) => keyOf(one) === key);
                if (action !== undefined) begin(action);
              },
            }}
          >
            <Button>{t.more} ▾</Button>
          </Dropdown>
        )}
      </div>
      {chosen !== undefined && (
        <ActionPanel key={keyOf(chosen)} event={event} action={chosen} title={say(chosen)} onClose={close} />
      )}
      {opened !== null && chosen === undefined && <Outrun event={event} seen={opened.seen} kept onClose={close} />}
      {outrun !== null && <Outrun event={event} seen={outrun} kept={false} onClose={() => setOutrun(null)} />}
    </section>
  );
}

/** Stays when the act itself is gone: somebody else did it, or the matter went another way. */
function Outrun({ onClose, ...rest }: { event: EventDetail; seen: SeenLines; kept: boolean; onClose: () => void }) {
  const c = useText(common);
  return (
    <div className="acts-outrun">
      <Conflict {...rest} />
      <Button onClick={onClose}>{c.close}</Button>
    </div>
  );
}

interface ActionButtonProps {
  event: EventDetail;
  action: AllowedAction;
  primary?: boolean;
  open: boolean;
  onOpen: (action: AllowedAction) => void;
  /** Sent at once, and somebody had been faster. */
  onOutrun: () => void;
  /** Its letter was pressed. */
  start: boolean;
  onStarted: () => void;
  children: string;
}

/** Opens a panel, or acts at once when nothing needs to be said. */
function ActionButton(props: ActionButtonProps) {
  const { event, action, primary = false, open, onOpen, onOutrun, start, onStarted, children } = props;
  const draft = useDraft(draftKey(event.id, action), {});
  const { busy, error, conflict, send } = useAction(event, action, onOutrun);
  const direct = actionSpecs[action.verb]?.direct === true;
  const key: string | undefined = (verbKeys as Record<string, string>)[action.verb];
  const latest = useRef({ send, draft, onStarted });
  latest.current = { send, draft, onStarted };
  useEffect(() => {
    if (!start) return;
    latest.current.onStarted();
    void latest.current.send(latest.current.draft);
  }, [start]);
  return (
    <>
      <Button
        type={primary ? 'primary' : 'default'}
        danger={actionSpecs[action.verb]?.grave === true}
        loading={busy}
        aria-expanded={direct ? undefined : open}
        onClick={() => (direct ? void send(draft) : onOpen(action))}
      >
        {children}
        {key !== undefined && (
          <kbd className="act-key" aria-hidden="true">
            {key}
          </kbd>
        )}
      </Button>
      {!conflict && <ProblemNote error={error} />}
    </>
  );
}

/** Verb, with the unit whose task it is when there are several. */
function useActionWords(event: EventDetail): (action: AllowedAction) => string {
  const t = useText(deskEvent).act;
  const w = useText(words);
  const unitName = useUnitName();
  return (action) => {
    const same = event.allowed.filter((one) => one.verb === action.verb);
    const task = event.tasks.find((one) => one.id === action.taskId);
    const verb = w.verb[action.verb];
    return task !== undefined && same.length > 1 ? t.for(verb, unitName(task.unit)) : verb;
  };
}

/** Deciding about an extension names which one: one action for each that is asked for. */
function withExtensions(event: EventDetail): AllowedAction[] {
  const asked = event.extensions.filter((one) => one.status === 'asked');
  return event.allowed.flatMap((one): AllowedAction[] => {
    if (one.verb !== 'grant_extension' && one.verb !== 'refuse_extension') return [one];
    return asked
      .filter((extension) => one.taskId === null || one.taskId === extension.taskId)
      .map((extension) => ({ verb: one.verb, taskId: null, extensionId: extension.id }));
  });
}
