import { useState } from 'react';
import { demandStates, problemKinds, problemStates } from '#contract/shortfalls-views.ts';
import { shortfallRoutes } from '#contract/shortfalls.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import { HeadsField, ListForm, SaidFields, WordField, headsFit, type Heads } from './Fields.tsx';
import { shortfallKey, type DemandDetail, type ProblemDetail } from './queries.ts';
import type { Detail } from './Sources.tsx';

type HeadsWish = 'keep' | 'produced' | 'own';

/** Numbers, note and reason: what both forms ask. */
function useCorrection(row: Detail) {
  const [wish, setWish] = useState<HeadsWish>('keep');
  const [heads, setHeads] = useState<Heads>({
    people: row.people ?? 0,
    elders: row.elders ?? 0,
    children: row.children ?? 0,
  });
  const [note, setNote] = useState(row.note);
  const [reason, setReason] = useState('');
  const sent = wish === 'keep' ? {} : { heads: wish === 'produced' ? ('produced' as const) : heads };
  return {
    ready: reason.trim().length >= 2 && (wish !== 'own' || headsFit(heads)),
    body: { ...sent, ...(note === row.note ? {} : { note }), reason: reason.trim() },
    fields: <Correction {...{ row, wish, setWish, heads, setHeads, note, setNote, reason, setReason }} />,
  };
}

interface CorrectionProps {
  row: Detail;
  wish: HeadsWish;
  setWish: (wish: HeadsWish) => void;
  heads: Heads;
  setHeads: (heads: Heads) => void;
  note: string;
  setNote: (note: string) => void;
  reason: string;
  setReason: (reason: string) => void;
}

function Correction({ row, wish, setWish, heads, setHeads, note, setNote, reason, setReason }: CorrectionProps) {
  const t = useText(shortfalls).form;
  const wishes: HeadsWish[] = row.runId === null || !row.corrected ? ['keep', 'own'] : ['keep', 'produced', 'own'];
  return (
    <>
      <WordField label={t.heads} value={wish} all={wishes} words={t} onChange={setWish} />
      {wish === 'own' && <HeadsField value={heads} onChange={setHeads} />}
      <SaidFields note={note} reason={reason} onNote={setNote} onReason={setReason} />
    </>
  );
}

/** Corrects a problem, with a reason. */
export function ProblemForm({ problem, onClose }: { problem: ProblemDetail; onClose: () => void }) {
  const t = useText(shortfalls);
  const [kind, setKind] = useState(problem.kind);
  const [state, setState] = useState(problem.state);
  const { ready, body, fields } = useCorrection(problem);
  const act = useAct(
    (wish: typeof body & { kind: typeof kind; state: typeof state }, opId) =>
      ask(shortfallRoutes.editProblem, {
        params: { id: problem.id },
        body: { opId, version: problem.version, ...wish },
      }),
    { stale: [shortfallKey], onDone: onClose },
  );
  return (
    <ListForm
      title={t.form.editTitle}
      act={act}
      ready={ready}
      onSend={() => act.mutate({ ...body, kind, state })}
      onClose={onClose}
    >
      <WordField label={t.kind} value={kind} all={problemKinds} words={t.kinds} onChange={setKind} />
      <WordField label={t.state} value={state} all={problemStates} words={t.problemStates} onChange={setState} />
      {fields}
    </ListForm>
  );
}

/** Corrects a demand, with a reason. */
export function DemandForm({ demand, onClose }: { demand: DemandDetail; onClose: () => void }) {
  const t = useText(shortfalls);
  const [floor, setFloor] = useState(demand.floorM2 === null ? '' : String(demand.floorM2));
  const [state, setState] = useState(demand.state);
  const { ready, body, fields } = useCorrection(demand);
  const floorM2 = floor === '' ? null : Number(floor);
  const act = useAct(
    (wish: typeof body & { floorM2: number | null; state: typeof state }, opId) =>
      ask(shortfallRoutes.editDemand, { params: { id: demand.id }, body: { opId, version: demand.version, ...wish } }),
    { stale: [shortfallKey], onDone: onClose },
  );
  return (
    <ListForm
      title={t.form.editTitle}
      act={act}
      ready={ready}
      onSend={() => act.mutate({ ...body, floorM2, state })}
      onClose={onClose}
    >
      <WordField label={t.state} value={state} all={demandStates} words={t.demandStates} onChange={setState} />
      <label className="form-field">
        {t.form.floor}
        <input type="number" min={1} max={1_000_000} value={floor} onChange={({ target }) => setFloor(target.value)} />
      </label>
      {fields}
    </ListForm>
  );
}
