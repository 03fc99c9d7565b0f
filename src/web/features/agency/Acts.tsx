import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { taskApi } from '#web/app/task-api.ts';
import { agency } from '#web/i18n/agency.ts';
import { useText } from '#web/i18n/area.ts';
import type { IconName } from '#web/ui/icons/drawings.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { ActSheet, type WrittenAct } from './ActSheet.tsx';
import { forget, opIdFor } from './kept.ts';
import type { TaskView } from './use-task.ts';

export interface ActsProps {
  task: TaskView;
  secret: string;
  onDone: () => void;
}

type QuickAct = 'accept' | 'arrive';
const icons: Record<QuickAct | WrittenAct, IconName> = {
  accept: 'check',
  arrive: 'place',
  finish: 'check',
  progress: 'pen',
  return: 'back',
  message: 'talk',
};

/** The next step as the largest button; what else may be done below it. Nothing is offered that would be refused. */
export function Acts({ task, secret, onDone }: ActsProps) {
  const t = useText(agency);
  const [open, setOpen] = useState<WrittenAct | null>(null);
  const quick = useQuick(secret, onDone);
  const may = (word: TaskView['allowed'][number]): boolean => task.allowed.includes(word);
  const others: readonly WrittenAct[] = [
    ...(may('finish') && task.task.status !== 'on_site' ? (['finish'] as const) : []),
    ...(may('note') ? (['progress'] as const) : []),
    ...(may('message') ? (['message'] as const) : []),
    ...(may('return') ? (['return'] as const) : []),
  ];
  const main = may('accept') ? 'accept' : may('arrive') && task.task.status === 'accepted' ? 'arrive' : null;
  return (
    <section className="part task-acts">
      {task.introduced !== null && <p className="field-hint">{t.as(task.introduced.name)}</p>}
      {main !== null && (
        <Button kind="main" wide icon={icons[main]} busy={quick.busy} onClick={() => void quick.send(main)}>
          {t.acts[main]}
        </Button>
      )}
      {main === null && may('finish') && task.task.status === 'on_site' && (
        <Button kind="main" wide icon={icons.finish} onClick={() => setOpen('finish')}>
          {t.acts.finish}
        </Button>
      )}
      {quick.error !== undefined && <ErrorNote error={quick.error} />}
      {others.map((act) => (
        <Button
          key={act}
          wide
          kind={act === 'return' ? 'danger' : 'plain'}
          icon={icons[act]}
          onClick={() => setOpen(act)}
        >
          {t.acts[act]}
        </Button>
      ))}
      {open !== null && (
        <ActSheet
          act={open}
          secret={secret}
          onClose={() => setOpen(null)}
          onDone={() => {
            toast(t.done[open]);
            setOpen(null);
            onDone();
          }}
        />
      )}
    </section>
  );
}

/** One press: accepting and arriving. A press repeated after a lost answer counts once. */
function useQuick(secret: string, onDone: () => void) {
  const t = useText(agency);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const send = async (act: QuickAct): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await call(taskApi[act], { params: { secret }, body: { opId: opIdFor(secret, act, act) } });
      forget(secret, act);
      toast(t.done[act]);
      onDone();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, send };
}
