import { useState } from 'react';
import { groupRoutes } from '#contract/groups.ts';
import { ask } from '#web/app/ask.ts';
import { useMe } from '#web/app/me.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { groups } from '#web/i18n/groups.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { GridPicker } from './GridPicker.tsx';
import { GroupFields } from './GroupFields.tsx';
import { groupKeys, type GroupDetail } from './queries.ts';

/** The group itself: its words, the grids it serves, who keeps it, its end. */
export function SettingsPart({ group, onRetired }: { group: GroupDetail; onRetired: () => void }) {
  return (
    <>
      <WordsForm key={`words-${group.version}`} group={group} />
      <GridsForm key={`grids-${group.version}`} group={group} />
      <Keeper group={group} />
      <Retire group={group} onRetired={onRetired} />
    </>
  );
}

function WordsForm({ group }: { group: GroupDetail }) {
  const t = useText(groups).edit;
  const before = { name: group.name, kind: group.kind, about: group.about };
  const [wish, setWish] = useState(before);
  const act = useAct(
    (body: typeof wish, opId) =>
      ask(groupRoutes.edit, { params: { id: group.id }, body: { opId, version: group.version, ...body } }),
    { stale: [groupKeys.all] },
  );
  const same = wish.name === before.name && wish.kind === before.kind && wish.about === before.about;
  return (
    <form
      className="groups-form groups-card"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(wish);
      }}
    >
      <GroupFields value={wish} onChange={(change) => setWish({ ...wish, ...change })} />
      <ProblemNote error={act.error} />
      <button type="submit" className="tool tool-framed groups-main" disabled={act.isPending || same}>
        {t.save}
      </button>
    </form>
  );
}

function GridsForm({ group }: { group: GroupDetail }) {
  const t = useText(groups).edit;
  const [chosen, setChosen] = useState<GroupDetail['grids']>(group.grids);
  const act = useAct(
    (gridCodes: string[], opId) =>
      ask(groupRoutes.link, { params: { id: group.id }, body: { opId, version: group.version, gridCodes } }),
    { stale: [groupKeys.all] },
  );
  const codes = chosen.map(({ code }) => code);
  const kept = group.grids.every(({ code }) => codes.includes(code));
  const same = kept && codes.length === group.grids.length;
  return (
    <form
      className="groups-form groups-card"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(codes);
      }}
    >
      <GridPicker chosen={chosen} onChange={(grids) => setChosen([...grids])} />
      {!kept && <p className="quiet">{t.movedHint}</p>}
      <ProblemNote error={act.error} />
      <button
        type="submit"
        className="tool tool-framed groups-main"
        disabled={act.isPending || same || codes.length === 0}
      >
        {t.saveGrids}
      </button>
    </form>
  );
}

function Keeper({ group }: { group: GroupDetail }) {
  const t = useText(groups).edit;
  const me = useMe();
  const act = useAct(
    (_input: null, opId) =>
      ask(groupRoutes.edit, { params: { id: group.id }, body: { opId, version: group.version, takeOver: true } }),
    { stale: [groupKeys.all] },
  );
  if (group.ownerId === me?.id) return null;
  return (
    <>
      <ProblemNote error={act.error} />
      <button type="button" className="tool tool-framed" disabled={act.isPending} onClick={() => act.mutate(null)}>
        {t.takeOver}
      </button>
    </>
  );
}

function Retire({ group, onRetired }: { group: GroupDetail; onRetired: () => void }) {
  const t = useText(groups).edit;
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const act = useAct(
    (body: { reason: string }, opId) =>
      ask(groupRoutes.retire, { params: { id: group.id }, body: { opId, version: group.version, ...body } }),
    { stale: [groupKeys.all], onDone: onRetired },
  );
  if (!asking)
    return (
      <button type="button" className="tool tool-framed" onClick={() => setAsking(true)}>
        {t.retire}
      </button>
    );
  return (
    <form
      className="groups-form groups-card"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ reason });
      }}
    >
      <p>{t.retireHint}</p>
      <label>
        {t.retireReason}
        <input
          required
          autoFocus
          minLength={2}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <ProblemNote error={act.error} />
      <div className="form-buttons">
        <button type="submit" className="tool tool-framed groups-main" disabled={act.isPending}>
          {t.retireYes}
        </button>
        <button type="button" className="tool tool-framed" onClick={() => setAsking(false)}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
