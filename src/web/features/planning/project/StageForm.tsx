import { useState } from 'react';
import { planningRoutes } from '#contract/planning.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { todayHere as today } from '#web/i18n/local-time.ts';
import { planning } from '#web/i18n/planning.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { planningKey, type Project, type Stage } from '../queries.ts';
import { Photos, type Claim } from './Photos.tsx';

interface StageFormProps {
  project: Project;
  stage: Stage;
  /** Done on a day; otherwise photos and words are added only. */
  finishes: boolean;
  title: string;
  onClose: () => void;
}

/** A stage is done, or something was seen there. */
export function StageForm({ project, stage, finishes, title, onClose }: StageFormProps) {
  const p = useText(planning).project;
  const [doneOn, setDoneOn] = useState(today());
  const [note, setNote] = useState(stage.note);
  const [claims, setClaims] = useState<Claim[]>([]);
  const { id, version } = project;
  const send = useAct(
    (wish: { doneOn: string; note: string; attachments: Claim[] }, opId) => {
      const { doneOn: day, ...rest } = wish;
      const name = stage.stage;
      return finishes && name !== 'opening'
        ? ask(planningRoutes.finishStage, {
            params: { id },
            body: { opId, version, stage: name, doneOn: day, ...rest },
          })
        : ask(planningRoutes.addPhotos, { params: { id }, body: { opId, version, stage: name, ...rest } });
    },
    { stale: [planningKey], onDone: onClose },
  );
  return (
    <FormFrame
      title={title}
      send={p.save}
      busy={send.isPending}
      error={send.error}
      ready={doneOn !== ''}
      area="planning-sheet"
      onSend={() => send.mutate({ doneOn, note, attachments: claims })}
      onClose={onClose}
    >
      {finishes && (
        <label>
          {p.doneOn}
          <input type="date" required max={today()} value={doneOn} onChange={({ target }) => setDoneOn(target.value)} />
        </label>
      )}
      <label>
        {p.note}
        <textarea rows={3} maxLength={1000} value={note} onChange={({ target }) => setNote(target.value)} />
      </label>
      <Photos claims={claims} onChange={setClaims} />
    </FormFrame>
  );
}
