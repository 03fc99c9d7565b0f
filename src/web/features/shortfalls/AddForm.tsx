import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemKinds, type ProblemKind } from '#contract/shortfalls-views.ts';
import { shortfallRoutes } from '#contract/shortfalls.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { PlaceField } from '#web/map/PlaceField.tsx';
import { Pick } from '#web/ui/FormLines.tsx';
import { HeadsField, ListForm, SaidFields, WordField, headsFit, type Heads } from './Fields.tsx';
import { facilitiesQuery, shortfallKey, useClassNames } from './queries.ts';

interface Wish {
  classCode: string;
  kind: ProblemKind;
  facilityId: string;
  at: LonLatPoint | null;
  heads: Heads;
  note: string;
  reason: string;
}

const nothing: Wish = {
  classCode: '',
  kind: 'poor_condition',
  facilityId: '',
  at: null,
  heads: { people: 0, elders: 0, children: 0 },
  note: '',
  reason: '',
};

const isReady = ({ classCode, facilityId, at, heads, reason }: Wish): boolean =>
  classCode !== '' && (facilityId !== '' || at !== null) && headsFit(heads) && reason.trim().length >= 2;

/** Puts in by hand what no measuring shows. */
export function AddForm({ onClose, onSaved }: { onClose: () => void; onSaved: (id: string) => void }) {
  const t = useText(shortfalls);
  const [wish, setWish] = useState(nothing);
  const change = (more: Partial<Wish>): void => setWish({ ...wish, ...more });
  const act = useAct(
    ({ facilityId, at, ...rest }: Wish, opId) =>
      ask(shortfallRoutes.addProblem, {
        body: { opId, ...rest, ...(facilityId === '' ? { ...at, facilityId: null } : { facilityId }) },
      }),
    { stale: [shortfallKey], onDone: ({ problem }) => onSaved(problem.id) },
  );
  return (
    <ListForm title={t.form.addTitle} act={act} ready={isReady(wish)} onSend={() => act.mutate(wish)} onClose={onClose}>
      <Where wish={wish} onChange={change} />
      <WordField
        label={t.kind}
        value={wish.kind}
        all={problemKinds}
        words={t.kinds}
        onChange={(kind) => change({ kind })}
      />
      <HeadsField value={wish.heads} onChange={(heads) => change({ heads })} />
      <SaidFields
        note={wish.note}
        reason={wish.reason}
        onNote={(note) => change({ note })}
        onReason={(reason) => change({ reason })}
      />
    </ListForm>
  );
}

/** Of which class, and which facility or which place. */
function Where({ wish, onChange }: { wish: Wish; onChange: (more: Partial<Wish>) => void }) {
  const t = useText(shortfalls);
  const { classes, nameOf } = useClassNames();
  const known = useQuery(facilitiesQuery(wish.classCode)).data?.items ?? [];
  return (
    <>
      <Pick
        label={t.class}
        value={wish.classCode}
        choices={[{ value: '', words: '' }, ...classes.map(({ code }) => ({ value: code, words: nameOf(code) }))]}
        onChange={(classCode) => onChange({ classCode, facilityId: '' })}
      />
      <Pick
        label={t.form.facility}
        value={wish.facilityId}
        choices={[
          { value: '', words: t.form.noFacility },
          ...known.map(({ id, name }) => ({ value: id, words: name })),
        ]}
        onChange={(facilityId) => onChange({ facilityId })}
      />
      {wish.facilityId === '' && <PlaceField words={t.form.place} at={wish.at} onChange={(at) => onChange({ at })} />}
    </>
  );
}
