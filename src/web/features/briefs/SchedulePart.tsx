import { App } from 'antd';
import { useState } from 'react';
import { briefRoutes } from '#contract/briefs.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { briefs } from '#web/i18n/briefs.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { briefsKey, type Choices, type Schedule } from './queries.ts';
import { Recipients } from './Recipients.tsx';

const kinds = ['daily', 'weekly', 'monthly'] as const;
type Draft = Pick<Schedule, 'kind' | 'areaCode' | 'areaName' | 'at' | 'workdaysOnly' | 'enabled' | 'version'> & {
  recipients: string[];
};

/** When drafts make themselves: one line for each kind of each centre one edits for. */
export function SchedulePart({ choices }: { choices: Choices }) {
  const t = useText(briefs);
  const [editing, setEditing] = useState<Draft | null>(null);
  const areas = choices.areas.filter(({ mayEdit, tier }) => mayEdit && ['city', 'district', 'street'].includes(tier));
  const lines = areas.flatMap(({ code, name }) => kinds.map((kind) => lineOf(choices, { code, name }, kind)));
  if (lines.length === 0) return null;
  const s = t.schedule;
  return (
    <section className="briefs-schedule" aria-label={s.title}>
      <h2>{s.title}</h2>
      <p className="quiet">{s.lead}</p>
      <ul>
        {lines.map((line) => (
          <li key={`${line.areaCode} ${line.kind}`}>
            <b>
              {line.areaName} {t.kinds[line.kind]}
            </b>
            <span>{line.version === 0 ? s.none : line.enabled ? s.line(line.at, line.workdaysOnly) : s.off}</span>
            <button type="button" className="tool tool-framed" onClick={() => setEditing(line)}>
              {s.edit}
            </button>
          </li>
        ))}
      </ul>
      {editing !== null && (
        <ScheduleForm start={editing} recipients={choices.recipients} onClose={() => setEditing(null)} />
      )}
    </section>
  );
}

function lineOf({ schedules }: Choices, area: { code: string; name: string }, kind: (typeof kinds)[number]): Draft {
  const found = schedules.find((one) => one.areaCode === area.code && one.kind === kind);
  const begin = { kind, areaCode: area.code, areaName: area.name };
  return found === undefined
    ? { ...begin, at: '08:30', workdaysOnly: true, enabled: true, version: 0, recipients: [] }
    : { ...found, recipients: found.recipients.map(({ id }) => id) };
}

interface ScheduleFormProps {
  start: Draft;
  recipients: Choices['recipients'];
  onClose: () => void;
}

function ScheduleForm({ start, recipients, onClose }: ScheduleFormProps) {
  const t = useText(briefs);
  const s = t.schedule;
  const { message } = App.useApp();
  const [draft, setDraft] = useState(start);
  const act = useAct(
    ({ kind, areaCode, at, workdaysOnly, enabled, version, recipients: units }: Draft, opId) =>
      ask(briefRoutes.schedule, {
        body: { opId, kind, areaCode, at, workdaysOnly, enabled, version, recipients: units },
      }),
    {
      stale: [briefsKey],
      onDone: () => {
        void message.success(s.saved);
        onClose();
      },
    },
  );
  const change = (next: Partial<Draft>): void => setDraft({ ...draft, ...next });
  return (
    <FormFrame
      title={s.set(t.kinds[draft.kind], draft.areaName)}
      send={s.save}
      busy={act.isPending}
      error={act.error}
      ready={/^\d\d:\d\d$/.test(draft.at)}
      area="briefs-form"
      onSend={() => act.mutate(draft)}
      onClose={onClose}
    >
      <label className="form-field">
        {s.at}
        <input type="time" value={draft.at} required onChange={({ target }) => change({ at: target.value })} />
      </label>
      <label className="briefs-check">
        <input
          type="checkbox"
          checked={draft.workdaysOnly}
          onChange={({ target }) => change({ workdaysOnly: target.checked })}
        />
        {s.workdays}
      </label>
      <label className="briefs-check">
        <input type="checkbox" checked={draft.enabled} onChange={({ target }) => change({ enabled: target.checked })} />
        {s.enabled}
      </label>
      <Recipients choices={recipients} value={draft.recipients} onChange={(ids) => change({ recipients: ids })} />
    </FormFrame>
  );
}
