import { useState } from 'react';
import { planningRoutes } from '#contract/planning.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { planning } from '#web/i18n/planning.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { planningKey, type Project } from '../queries.ts';
import { wanOf, yuanOf } from '../words.ts';

/** Name, dates, budget, size; the hours are told when it opens. */
export function PlanForm({ project, onClose }: { project: Project; onClose: () => void }) {
  const p = useText(planning).project;
  const [name, setName] = useState(project.name);
  const [budget, setBudget] = useState(wanOf(project.budgetYuan));
  const [floor, setFloor] = useState(project.floorM2 === null ? '' : String(project.floorM2));
  const [planned, setPlanned] = useState<Record<string, string>>(
    Object.fromEntries(project.stages.map(({ stage, plannedOn }) => [stage, plannedOn ?? ''])),
  );
  const { id, version } = project;
  const send = useAct(
    (
      wish: { name: string; budgetYuan: number | null; floorM2: number | null; planned: Record<string, string> },
      opId,
    ) => ask(planningRoutes.changeProject, { params: { id }, body: { opId, version, ...wish } }),
    { stale: [planningKey], onDone: onClose },
  );
  const dated = Object.fromEntries(Object.entries(planned).filter(([, day]) => day !== ''));
  return (
    <FormFrame
      title={p.editTitle}
      send={p.save}
      busy={send.isPending}
      error={send.error}
      ready={name.trim() !== ''}
      area="planning-sheet"
      onSend={() =>
        send.mutate({
          name: name.trim(),
          budgetYuan: yuanOf(budget),
          floorM2: floor === '' ? null : Number(floor),
          planned: dated,
        })
      }
      onClose={onClose}
    >
      <label>
        {p.nameField}
        <input required maxLength={120} value={name} onChange={({ target }) => setName(target.value)} />
      </label>
      {project.stages.map(({ stage, doneOn }) => (
        <label key={stage}>
          {p.plannedOn(p.stages[stage])}
          <input
            type="date"
            disabled={doneOn !== null}
            value={planned[stage] ?? ''}
            onChange={({ target }) => setPlanned({ ...planned, [stage]: target.value })}
          />
        </label>
      ))}
      <label>
        {p.budgetField}
        <input inputMode="decimal" value={budget} onChange={({ target }) => setBudget(target.value)} />
      </label>
      <label>
        {p.floorField}
        <input type="number" min={1} value={floor} onChange={({ target }) => setFloor(target.value)} />
      </label>
    </FormFrame>
  );
}
