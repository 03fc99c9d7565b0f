import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { burdenRoutes, repeats } from '#contract/burden.ts';
import { forceRoles, type ForceRole } from '#contract/force-views.ts';
import type { ClientOutput } from '#contract/route.ts';
import { AreaField, type NamedArea } from '#web/app/AreaField.tsx';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Line, Pick, toList, useRoleName } from './Parts.tsx';
import { forceKey, type AskedTask } from './queries.ts';

const start = {
  title: '',
  words: '',
  source: '',
  legalBase: '',
  areas: [] as NamedArea[],
  roles: ['full_time'] as ForceRole[],
  every: 'once' as (typeof repeats)[number],
  minutes: '15',
  photos: '0',
  fields: '',
  dueDay: '',
  lastDay: '',
  renews: null as string | null,
};
type Typed = typeof start;

function toWish({ areas, fields, minutes, photos, ...typed }: Typed) {
  return {
    ...typed,
    areas: areas.map(({ code }) => code),
    fields: toList(fields),
    minutes: Number(minutes),
    photos: Number(photos),
  };
}

/** The same once more; days are chosen anew, and every area answers anew. */
function asBefore({ id, title, words, source, legalBase, roles, every, ...task }: AskedTask): Typed {
  return {
    ...start,
    title,
    words,
    source,
    legalBase,
    every,
    renews: id,
    roles: [...roles],
    areas: task.answers.map(({ areaCode, areaName }) => ({ code: areaCode, name: areaName })),
    minutes: String(task.minutes),
    photos: String(task.photos),
    fields: task.fields.join(' '),
  };
}

/** Asks for a task; before it is sent, it shows on whom it would fall. */
export function AskForm({ renewed, onDone }: { renewed?: AskedTask | undefined; onDone: () => void }) {
  const t = useText(force).asked;
  const [typed, setTyped] = useState(() => (renewed === undefined ? start : asBefore(renewed)));
  const [checked, setChecked] = useState('');
  const set = (change: Partial<Typed>): void => setTyped((now) => ({ ...now, ...change }));
  const check = useMutation({
    mutationFn: (wish: Typed) => ask(burdenRoutes.check, { body: toWish(wish) }),
    onSuccess: (_, wish) => setChecked(JSON.stringify(wish)),
  });
  const send = useAct((wish: Typed, opId) => ask(burdenRoutes.ask, { body: { opId, ...toWish(wish) } }), {
    stale: [forceKey],
    onDone,
  });
  const seen = checked === JSON.stringify(typed);
  return (
    <form
      className="force-form force-ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (seen) send.mutate(typed);
        else check.mutate(typed);
      }}
    >
      <Fields typed={typed} set={set} />
      {seen && check.data !== undefined && <Checked answer={check.data} />}
      <ProblemNote error={send.error ?? check.error} />
      <div className="force-tools">
        <button
          type="submit"
          className="tool tool-framed"
          disabled={check.isPending || send.isPending || typed.areas.length === 0}
        >
          {seen ? t.form.send : t.form.check}
        </button>
        <button type="button" className="tool" onClick={onDone}>
          {t.form.cancel}
        </button>
      </div>
    </form>
  );
}

function Fields({ typed, set }: { typed: Typed; set: (change: Partial<Typed>) => void }) {
  const t = useText(force).asked;
  const roleName = useRoleName();
  return (
    <>
      <Line label={t.form.title} required maxLength={60} value={typed.title} onChange={(title) => set({ title })} />
      <Line label={t.source} required maxLength={200} value={typed.source} onChange={(source) => set({ source })} />
      <Line
        label={t.base}
        required
        maxLength={200}
        value={typed.legalBase}
        onChange={(legalBase) => set({ legalBase })}
      />
      <Line label={t.form.words} maxLength={1000} value={typed.words} onChange={(words) => set({ words })} />
      <AreaField label={t.form.areas} value={typed.areas} onChange={(areas) => set({ areas })} />
      <fieldset className="force-ticks">
        <legend>{t.form.roles}</legend>
        {forceRoles.map((role) => (
          <label key={role}>
            <input
              type="checkbox"
              checked={typed.roles.includes(role)}
              onChange={({ target }) =>
                set({ roles: target.checked ? [...typed.roles, role] : typed.roles.filter((one) => one !== role) })
              }
            />
            {roleName(role)}
          </label>
        ))}
      </fieldset>
      <Pick
        label={t.form.every}
        value={typed.every}
        choices={repeats.map((one) => ({ value: one, words: t.every[one] }))}
        onChange={(next) => set({ every: repeats.find((one) => one === next) ?? 'once' })}
      />
      <Line
        label={t.form.minutes}
        type="number"
        required
        value={typed.minutes}
        onChange={(minutes) => set({ minutes })}
      />
      <Line label={t.form.photos} type="number" value={typed.photos} onChange={(photos) => set({ photos })} />
      <Line label={t.form.fields} value={typed.fields} onChange={(fields) => set({ fields })} />
      <Line label={t.form.due} type="date" required value={typed.dueDay} onChange={(dueDay) => set({ dueDay })} />
      <Line label={t.form.last} type="date" required value={typed.lastDay} onChange={(lastDay) => set({ lastDay })} />
    </>
  );
}

function Checked({ answer }: { answer: ClientOutput<typeof burdenRoutes.check> }) {
  const t = useText(force).asked;
  const english = languageChoice.use() === 'en';
  return (
    <section className="force-check" aria-live="polite">
      <h2>{t.check.title}</h2>
      <p>
        {t.check.workers(
          formatNumber(answer.workers),
          formatNumber(answer.minutesAWeek),
          formatNumber(answer.hoursInAll),
        )}
      </p>
      {answer.problems.length === 0 ? (
        <p className="quiet">{t.check.ok}</p>
      ) : (
        <div className="force-gap">
          {t.check.early}
          <ul>
            {answer.problems.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
      {answer.overlaps.map((one) => (
        <p key={`${one.field} ${one.code}`} className="force-gap">
          {t.known(one.field, english ? one.whereEn : one.where)}
        </p>
      ))}
      <div className="force-scroll">
        <table className="force-table" aria-label={t.check.table}>
          <thead>
            <tr>
              <th scope="col">{t.check.area}</th>
              <th scope="col">{t.check.people}</th>
              <th scope="col">{t.check.range}</th>
            </tr>
          </thead>
          <tbody>
            {answer.areas.map((row) => (
              <tr key={row.areaCode}>
                <th scope="row">{row.areaName}</th>
                <td className="force-number">{row.workers}</td>
                <td>
                  {row.load === null
                    ? t.check.few
                    : `${t.check.load[row.load]} · ${t.check.span(String(row.minutesFrom), String(row.minutesTo))}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
