import { useState } from 'react';
import { planningRoutes } from '#contract/planning.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { planning } from '#web/i18n/planning.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { planningKey, type Project } from '../queries.ts';
import { HoursField } from './HoursField.tsx';
import type { Hours } from './hours.ts';
import { Photos, type Claim } from './Photos.tsx';
import { todayHere as today } from '#web/i18n/local-time.ts';

interface Typed {
  openedOn: string;
  hours: Hours;
  services: string;
  capacity: string;
  floorM2: string;
  stepFree: '' | 'yes' | 'no';
  attachments: Claim[];
}

const everyDay = [1, 2, 3, 4, 5, 6, 7];

/** People use it from a day on, at these hours, with these services. */
export function OpenForm({ project, onClose }: { project: Project; onClose: () => void }) {
  const p = useText(planning).project;
  const [typed, setTyped] = useState<Typed>({
    openedOn: today(),
    hours: project.hours ?? [{ days: everyDay, from: '07:00', to: '23:00' }],
    services: project.services,
    capacity: project.capacity === null ? '' : String(project.capacity),
    floorM2: project.floorM2 === null ? '' : String(project.floorM2),
    stepFree: '',
    attachments: [],
  });
  const set = (change: Partial<Typed>): void => setTyped((now) => ({ ...now, ...change }));
  const { id, version } = project;
  const send = useAct(
    ({ capacity, floorM2, stepFree, ...rest }: Typed, opId) =>
      ask(planningRoutes.open, {
        params: { id },
        body: {
          opId,
          version,
          ...rest,
          capacity: capacity === '' ? null : Number(capacity),
          floorM2: floorM2 === '' ? null : Number(floorM2),
          stepFree: stepFree === '' ? null : stepFree === 'yes',
        },
      }),
    { stale: [planningKey], onDone: onClose },
  );
  return (
    <FormFrame
      title={p.openTitle}
      send={p.openAct}
      busy={send.isPending}
      error={send.error}
      ready={typed.openedOn !== '' && typed.services.trim() !== '' && typed.hours.length > 0}
      area="planning-sheet"
      width={640}
      onSend={() => send.mutate(typed)}
      onClose={onClose}
    >
      <p>{p.openLead}</p>
      <label>
        {p.openedOn}
        <input
          type="date"
          required
          max={today()}
          value={typed.openedOn}
          onChange={({ target }) => set({ openedOn: target.value })}
        />
      </label>
      <HoursField hours={typed.hours} onChange={(hours) => set({ hours })} />
      <label>
        {p.servicesField}
        <textarea
          required
          rows={2}
          maxLength={500}
          value={typed.services}
          onChange={({ target }) => set({ services: target.value })}
        />
      </label>
      <Sizes typed={typed} set={set} />
      <Photos claims={typed.attachments} onChange={(attachments) => set({ attachments })} />
    </FormFrame>
  );
}

function Sizes({ typed, set }: { typed: Typed; set: (change: Partial<Typed>) => void }) {
  const p = useText(planning).project;
  return (
    <div className="planning-row">
      <label>
        {p.floorField}
        <input type="number" min={1} value={typed.floorM2} onChange={({ target }) => set({ floorM2: target.value })} />
      </label>
      <label>
        {p.capacityField}
        <input
          type="number"
          min={1}
          value={typed.capacity}
          onChange={({ target }) => set({ capacity: target.value })}
        />
      </label>
      <label>
        {p.stepFree}
        <select
          value={typed.stepFree}
          onChange={({ target }) =>
            set({ stepFree: target.value === 'yes' || target.value === 'no' ? target.value : '' })
          }
        >
          <option value="">{p.stepFreeUnknown}</option>
          <option value="yes">{p.stepFreeYes}</option>
          <option value="no">{p.stepFreeNo}</option>
        </select>
      </label>
    </div>
  );
}
