import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import type { Project, Stage } from '../queries.ts';
import { StageForm } from './StageForm.tsx';

/** 立项 建设 验收 开放: planned beside real, with what was seen there. */
export function Stages({ project }: { project: Project }) {
  const p = useText(planning).project;
  const [form, setForm] = useState<{ stage: Stage; finishes: boolean } | null>(null);
  return (
    <>
      <ol className="planning-stages">
        {project.stages.map((stage) => (
          <li key={stage.id} className={stageClass(stage, project)}>
            <StagePart
              stage={stage}
              project={project}
              onFinish={() => setForm({ stage, finishes: true })}
              onAdd={() => setForm({ stage, finishes: false })}
            />
          </li>
        ))}
      </ol>
      {form !== null && (
        <StageForm
          project={project}
          stage={form.stage}
          finishes={form.finishes}
          title={form.finishes ? p.finishTitle(p.stages[form.stage.stage]) : p.addTo(p.stages[form.stage.stage])}
          onClose={() => setForm(null)}
        />
      )}
    </>
  );
}

function stageClass({ stage, doneOn }: Stage, { state }: Project): string {
  if (doneOn !== null) return 'planning-stage planning-stage-done';
  return stage === state ? 'planning-stage planning-stage-now' : 'planning-stage';
}

interface PartProps {
  stage: Stage;
  project: Project;
  onFinish: () => void;
  onAdd: () => void;
}

function StagePart({ stage, project, onFinish, onAdd }: PartProps) {
  const p = useText(planning).project;
  const { plannedOn, doneOn, lateDays, note, photos } = stage;
  const name = p.stages[stage.stage];
  const isNow = stage.stage === project.state;
  return (
    <>
      <h3>
        {doneOn !== null && '✓ '}
        {name}
      </h3>
      <dl>
        <dt>{p.planned}</dt>
        <dd>{plannedOn === null ? p.unknown : formatDate(plannedOn)}</dd>
        <dt>{p.done}</dt>
        <dd>{doneOn === null ? (isNow ? p.now : p.notYet) : formatDate(doneOn)}</dd>
      </dl>
      {lateDays !== null ? (
        <p className="planning-late">! {(doneOn === null ? p.late : p.wasLate)(formatNumber(lateDays))}</p>
      ) : (
        doneOn !== null && <p className="quiet">{p.onTime}</p>
      )}
      {note !== '' && <p>{note}</p>}
      {photos.length > 0 && (
        <ul className="planning-photos">
          {photos.map(({ id, width, height }) => (
            <li key={id}>
              <a href={`/api/planning/projects/${project.id}/photos/${id}`} target="_blank" rel="noreferrer">
                <img
                  src={`/api/planning/projects/${project.id}/photos/${id}?size=thumb`}
                  alt={p.photoOf(project.name, name)}
                  width={width}
                  height={height}
                  loading="lazy"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
      {project.mayPlan && project.state !== 'stopped' && (
        <p className="planning-buttons planning-no-print">
          {isNow && stage.stage !== 'opening' && (
            <button type="button" className="tool tool-framed planning-main" onClick={onFinish}>
              {p.finish(name)}
            </button>
          )}
          {(isNow || doneOn !== null) && (
            <button type="button" className="tool" onClick={onAdd}>
              {p.addPhotos}
            </button>
          )}
        </p>
      )}
    </>
  );
}
