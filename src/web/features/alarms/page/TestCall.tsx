import { useState } from 'react';
import { Button, Modal } from 'antd';
import { sensingRoutes } from '#contract/sensing.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { words } from '#web/i18n/words.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { alarmKeys } from '../queries.ts';

const priorities = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;

/** A test call: of a device, or of the seat itself. */
export function TestCall({ deviceId, onClose }: { deviceId?: string; onClose: () => void }) {
  const t = useText(alarms).page;
  const c = useText(common);
  const w = useText(words);
  const [priority, setPriority] = useState(2);
  const act = useAct(
    (wanted: number, opId) =>
      ask(sensingRoutes.testCall, {
        body: { opId, priority: wanted, ...(deviceId === undefined ? {} : { deviceId }) },
      }),
    { stale: [alarmKeys.all], onDone: onClose },
  );
  return (
    <Modal
      open
      title={t.testTitle}
      onCancel={onClose}
      closable={{ 'aria-label': c.close }}
      footer={
        <>
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="primary" loading={act.isPending} onClick={() => act.mutate(priority)}>
            {t.testRun}
          </Button>
        </>
      }
    >
      <p>{t.testWords}</p>
      <label className="alarms-field">
        <span>{t.testPriority}</span>
        <select value={priority} onChange={({ target }) => setPriority(Number(target.value))}>
          {priorities.map((key, k) => (
            <option key={key} value={k}>
              {w.priorityCode[key]} {w.priority[key]}
            </option>
          ))}
        </select>
      </label>
      <ProblemNote error={act.error} />
    </Modal>
  );
}
