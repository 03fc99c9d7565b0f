import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { eventRoutes } from '#contract/events.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { operations } from '#web/i18n/operations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { LittleForm, WordsField } from '../parts/Fields.tsx';
import { useName } from '../parts/names.ts';
import { candidatesQuery, eventsKey, type Room } from '../queries.ts';

export interface InviteProps {
  room: Room;
  /** Units chosen already, as a step of the plan wants them. */
  chosen: readonly string[];
  onClose: () => void;
}

/** Any number of units at once; typing finds them in both languages, the library's suggestions come first. */
export function Invite({ room, chosen, onClose }: InviteProps) {
  const t = useText(operations).units;
  const c = useText(common);
  const nameOf = useName();
  const candidates = useQuery(candidatesQuery(room.event.id));
  const [unitIds, setUnitIds] = useState<readonly string[]>(chosen);
  const [instruction, setInstruction] = useState('');
  const act = useAct(
    (body: { unitIds: readonly string[]; instruction: string }, opId) =>
      ask(eventRoutes.invite, {
        params: { id: room.event.id },
        body: { opId, unitIds: [...body.unitIds], instruction: body.instruction.trim() },
      }),
    { stale: [eventsKey] },
  );
  const there = new Set(
    room.tasks.filter((task) => !['returned', 'waived', 'withdrawn'].includes(task.status)).map((task) => task.unit.id),
  );
  const options = (candidates.data?.items ?? [])
    .filter((one) => !there.has(one.unit.id))
    .map((one) => ({
      value: one.unit.id,
      label: nameOf(one.unit),
      search: `${one.unit.name} ${one.unit.nameEn}`,
      note: one.suggested === null ? t.load(one.openTasks) : t.suggested,
    }));
  const send = (): void => {
    if (unitIds.length > 0) act.mutate({ unitIds, instruction }, { onSuccess: onClose });
  };
  return (
    <LittleForm label={t.invite} onSend={send} onClose={onClose}>
      <div className="room-field">
        <span>{t.inviteWho}</span>
        <Select
          autoFocus
          mode="multiple"
          aria-label={t.inviteWho}
          loading={candidates.isPending}
          value={[...unitIds]}
          onChange={(next: string[]) => setUnitIds(next)}
          options={options}
          showSearch={{ optionFilterProp: 'search' }}
          optionRender={(option) => (
            <span className="unit-line">
              <span>{option.data.label}</span>
              <span className="spring" />
              <small>{option.data.note}</small>
            </span>
          )}
        />
      </div>
      <WordsField label={t.instructions} value={instruction} onChange={setInstruction} max={2000} />
      <ProblemNote error={candidates.error ?? act.error} />
      <div className="room-buttons">
        <Button type="primary" htmlType="submit" disabled={unitIds.length === 0} loading={act.isPending}>
          {t.inviteNow(unitIds.length)}
        </Button>
        <Button onClick={onClose}>{c.close}</Button>
      </div>
    </LittleForm>
  );
}
