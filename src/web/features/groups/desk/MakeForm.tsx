import { useState } from 'react';
import { platforms } from '#contract/groups-views.ts';
import { groupRoutes } from '#contract/groups.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { groups } from '#web/i18n/groups.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { GridPicker, type PickedGrid } from './GridPicker.tsx';
import { GroupFields } from './GroupFields.tsx';
import { groupKeys } from './queries.ts';

const nothing = {
  name: '',
  kind: '',
  about: '',
  platform: 'in_app' as (typeof platforms)[number],
  grids: [] as readonly PickedGrid[],
};

/** A new group; when it stands, its code is what comes next. */
export function MakeForm({ onDone, onBack }: { onDone: (id: string) => void; onBack: () => void }) {
  const t = useText(groups);
  const [wish, setWish] = useState(nothing);
  const set = (change: Partial<typeof nothing>): void => setWish({ ...wish, ...change });
  const act = useAct(
    ({ grids, ...body }: typeof nothing, opId) =>
      ask(groupRoutes.create, { body: { opId, ...body, gridCodes: grids.map(({ code }) => code) } }),
    { stale: [groupKeys.all], onDone: ({ group }) => onDone(group.id) },
  );
  return (
    <>
      <button type="button" className="tool groups-back" onClick={onBack}>
        {t.back}
      </button>
      <h2>{t.edit.make}</h2>
      <form
        className="groups-form"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(wish);
        }}
      >
        <GroupFields value={wish} onChange={set} />
        <label>
          {t.platform}
          <select
            value={wish.platform}
            onChange={({ target }) => set({ platform: platforms.find((one) => one === target.value) ?? 'in_app' })}
          >
            {platforms.map((one) => (
              <option key={one} value={one}>
                {t.platforms[one]}
              </option>
            ))}
          </select>
        </label>
        {wish.platform !== 'in_app' && <p className="quiet">{t.edit.outside}</p>}
        <GridPicker chosen={wish.grids} onChange={(grids) => set({ grids })} />
        <ProblemNote error={act.error} />
        <div className="form-buttons">
          <button
            type="submit"
            className="tool tool-framed groups-main"
            disabled={act.isPending || wish.grids.length === 0}
          >
            {t.edit.make}
          </button>
          <button type="button" className="tool tool-framed" onClick={onBack}>
            {t.edit.cancel}
          </button>
        </div>
      </form>
    </>
  );
}
