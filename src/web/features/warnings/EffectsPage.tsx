import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { warningRoutes } from '#contract/warnings.ts';
import { colours, effectKinds } from '#contract/warnings-words.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { warnings } from '#web/i18n/warnings.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { ColourMark } from './ColourMark.tsx';
import { effectsQuery, kindsQuery, warningKeys, type EffectRow } from './queries.ts';
import './warnings.css';

const stale = [warningKeys.effects, warningKeys.all];

/** The name of a kind in the reader's language; its code while the dictionary is on its way. */
function useKindName(): (code: string) => string {
  const t = useText(warnings).effects;
  const english = languageChoice.use() === 'en';
  const kinds = useQuery(kindsQuery).data?.items ?? [];
  return (code) => {
    const kind = kinds.find((one) => one.code === code);
    return code === '*' ? t.anyKind : kind === undefined ? code : english ? kind.nameEn : kind.name;
  };
}

/** The table of effects: what a warning of a kind and level switches on. */
export function EffectsPage() {
  const t = useText(warnings);
  const me = useMe();
  const edits = may(me, 'plan.edit');
  const { data, error, refetch } = useQuery(effectsQuery);
  return (
    <div className="warnings-page">
      <h1>{t.effects.title}</h1>
      <p className="quiet">
        {t.effects.lead} {may(me, 'warning.read') && <Go href="/desk/warnings">{t.list.back}</Go>}
      </p>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {edits && <AddEffect />}
      <table className="warnings-table">
        <thead>
          <tr>
            <th scope="col">{t.form.kind}</th>
            <th scope="col">{t.effects.leastLevel}</th>
            <th scope="col">{t.effects.what}</th>
            <th scope="col">{t.effects.target}</th>
            <th scope="col">{t.effects.note}</th>
            <th scope="col">{t.effects.enabled}</th>
          </tr>
        </thead>
        <tbody>
          {data?.items.map((row) => (
            <EffectLine key={row.id} row={row} edits={edits} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EffectLine({ row, edits }: { row: EffectRow; edits: boolean }) {
  const t = useText(warnings);
  const nameOf = useKindName();
  const act = useAct(
    ({ id, ...wish }: EffectRow, opId) => ask(warningRoutes.editEffect, { params: { id }, body: { opId, ...wish } }),
    { stale },
  );
  return (
    <tr>
      <th scope="row">{nameOf(row.kind)}</th>
      <td>
        <ColourMark colour={row.leastColour} />
      </td>
      <td>{t.effect[row.effect]}</td>
      <td>
        <code>{row.target}</code>
      </td>
      <td>{row.note}</td>
      <td>
        {row.enabled ? t.effects.enabled : t.effects.disabled}{' '}
        {edits && (
          <button
            type="button"
            className="tool tool-framed"
            disabled={act.isPending}
            onClick={() => act.mutate({ ...row, enabled: !row.enabled })}
          >
            {row.enabled ? t.effects.disable : t.effects.enable}
          </button>
        )}
        <ProblemNote error={act.error} />
      </td>
    </tr>
  );
}

const first = { kind: '*', leastColour: 'orange', effect: 'rounds', target: '*', note: '', enabled: true } as const;
type Wish = Pick<EffectRow, 'kind' | 'leastColour' | 'effect' | 'target' | 'note' | 'enabled'>;

function AddEffect() {
  const t = useText(warnings);
  const nameOf = useKindName();
  const kinds = useQuery(kindsQuery).data?.items ?? [];
  const [open, setOpen] = useState(false);
  const [wish, setWish] = useState<Wish>(first);
  const set = (change: Partial<Wish>): void => setWish((now) => ({ ...now, ...change }));
  const act = useAct((sent: Wish, opId) => ask(warningRoutes.addEffect, { body: { opId, ...sent } }), {
    stale,
    onDone: () => setOpen(false),
  });
  if (!open)
    return (
      <button type="button" className="tool tool-framed warnings-start" onClick={() => setOpen(true)}>
        {t.effects.add}
      </button>
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(wish);
  };
  const pick = <V extends string>(
    label: string,
    value: V,
    all: readonly V[],
    name: (one: V) => string,
    take: (one: V) => void,
  ) => (
    <label>
      <span>{label}</span>
      <select value={value} onChange={({ target }) => take(all.find((one) => one === target.value) ?? value)}>
        {all.map((one) => (
          <option key={one} value={one}>
            {name(one)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <form className="warning-form warning-pair" onSubmit={submit}>
      {pick(t.form.kind, wish.kind, ['*', ...kinds.map(({ code }) => code)], nameOf, (kind) => set({ kind }))}
      {pick(
        t.form.colour,
        wish.leastColour,
        colours,
        (one) => t.effects.least(t.colour[one]),
        (leastColour) => set({ leastColour }),
      )}
      {pick(
        t.effects.what,
        wish.effect,
        effectKinds,
        (one) => t.effect[one],
        (effect) => set({ effect }),
      )}
      <label>
        <span>{t.effects.target}</span>
        <input
          required
          pattern="\*|[A-Za-z0-9_.\-]{1,60}"
          value={wish.target}
          onChange={({ target }) => set({ target: target.value })}
        />
      </label>
      <label>
        <span>{t.effects.note}</span>
        <input maxLength={200} value={wish.note} onChange={({ target }) => set({ note: target.value })} />
      </label>
      <ProblemNote error={act.error} />
      <button type="submit" disabled={act.isPending}>
        {t.effects.save}
      </button>
    </form>
  );
}
