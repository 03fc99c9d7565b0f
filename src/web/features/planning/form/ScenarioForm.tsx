import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { planningRoutes } from '#contract/planning.ts';
import { useGo } from '#web/app/Go.tsx';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { planning } from '#web/i18n/planning.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useAreaName } from '../list/Filters.tsx';
import { candidatesQuery, planningKey, type Scenario, type Wish } from '../queries.ts';
import { usePlanningWords } from '../words.ts';
import { Bounds } from './Bounds.tsx';
import { Places } from './Places.tsx';
import { What } from './What.tsx';
import { placesOf, typedAt, wishOf, type Start, type Typed } from './wish.ts';

interface FormProps {
  start: Start;
  /** Changed in place of made anew. */
  scenario?: Scenario;
  onClose: () => void;
}

/** A question in three steps: what for whom, how many and what counts, which places. Saved, it is reckoned at once. */
export function ScenarioForm({ start, scenario, onClose }: FormProps) {
  const t = useText(planning);
  const f = t.form;
  const { words, nameOf } = usePlanningWords();
  const go = useGo();
  const [typed, setTyped] = useState<Typed>(() => typedAt(start));
  const set = (change: Partial<Typed>): void => setTyped((now) => ({ ...now, ...change }));
  useNamedStart(start, typed, set);
  const street = typed.street === 0 ? undefined : typed.street;
  const listed = useQuery(candidatesQuery(typed.area?.code ?? '', typed.classCode, street));
  const places = placesOf(typed, listed.data ?? []);
  const title = f.titleOf(typed.area?.name ?? '', typed.classCode === '' ? '' : nameOf('classes', typed.classCode));
  const wish = wishOf(typed, { places, title, words, demandId: start.demandId });
  const send = useAct((body: Wish, opId) => save(body, opId, scenario), {
    stale: [planningKey],
    onDone: (id) => {
      onClose();
      go(`/desk/planner/${id}`);
    },
  });
  return (
    <form
      className="planning-form"
      aria-label={scenario === undefined ? t.make : t.work.edit}
      onSubmit={(event) => {
        event.preventDefault();
        if (wish !== null) send.mutate(wish);
      }}
    >
      <What typed={typed} set={set} title={title} />
      <Bounds typed={typed} set={set} />
      <Places typed={typed} set={set} listed={listed.data} error={listed.error} />
      <ProblemNote error={send.error} />
      {typed.area !== null && typed.classCode !== '' && places.length === 0 && <p className="quiet">{f.needPlaces}</p>}
      <p className="planning-buttons">
        <button type="submit" className="tool tool-framed planning-main" disabled={wish === null || send.isPending}>
          {f.send}
        </button>
        <button type="button" className="tool" onClick={onClose}>
          {f.close}
        </button>
      </p>
    </form>
  );
}

/** The area of a link is known by its code first; its name follows. */
function useNamedStart({ area, like }: Start, typed: Typed, set: (change: Partial<Typed>) => void): void {
  const name = useAreaName(like === undefined ? area : undefined);
  const isKnown = area !== undefined && like === undefined;
  const isOpen = typed.area === null || (typed.area.code === area && typed.area.name !== name);
  useEffect(() => {
    if (isKnown && isOpen) set({ area: { code: area, name } });
    // Once the name is there; afterwards it is the planner's own.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [area, name]);
}

/** Saved, and reckoned at once. Answers its id. */
async function save(body: Wish, opId: string, scenario: Scenario | undefined): Promise<string> {
  const saved =
    scenario === undefined
      ? await ask(planningRoutes.make, { body: { ...body, opId } })
      : await ask(planningRoutes.change, {
          params: { id: scenario.id },
          body: { ...body, opId, version: scenario.version },
        });
  await ask(planningRoutes.run, { params: { id: saved.id }, body: { version: saved.version } });
  return saved.id;
}
