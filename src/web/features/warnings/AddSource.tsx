import { useState, type FormEvent } from 'react';
import { warningSourceRoutes } from '#contract/warning-sources.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { warnings } from '#web/i18n/warnings.ts';
import { warningKeys } from './queries.ts';
import { Refusal } from './Refusal.tsx';

const first = { code: '', name: '', way: 'push' as 'push' | 'poll', url: '', everyMinutes: 5, areaCode: '' };
type Wish = typeof first;

/** Adds a source; the secret of one that pushes is told this once. */
export function AddSource({ onSecret }: { onSecret: (secret: string | null) => void }) {
  const t = useText(warnings).sources;
  const c = useText(common);
  const [open, setOpen] = useState(false);
  const [wish, setWish] = useState<Wish>(first);
  const set = (change: Partial<Wish>): void => setWish((now) => ({ ...now, ...change }));
  const act = useAct(
    ({ url, areaCode, ...rest }: Wish) =>
      ask(warningSourceRoutes.addSource, {
        body: {
          ...rest,
          enabled: true,
          url: rest.way === 'push' || url === '' ? null : url,
          areaCode: areaCode === '' ? null : areaCode,
        },
      }),
    {
      stale: [warningKeys.sources],
      onDone: ({ secret }) => {
        onSecret(secret);
        setOpen(false);
        setWish(first);
      },
    },
  );
  if (!open)
    return (
      <button type="button" className="tool tool-framed warnings-start" onClick={() => setOpen(true)}>
        {t.add}
      </button>
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(wish);
  };
  return (
    <form className="warning-form" onSubmit={submit}>
      <SourceFields wish={wish} set={set} />
      <Refusal error={act.error} />
      <p className="warnings-marks">
        <button type="submit" disabled={act.isPending}>
          {t.save}
        </button>
        <button type="button" onClick={() => setOpen(false)}>
          {c.cancel}
        </button>
      </p>
    </form>
  );
}

function SourceFields({ wish, set }: { wish: Wish; set: (change: Partial<Wish>) => void }) {
  const t = useText(warnings).sources;
  return (
    <div className="warning-pair">
      <label>
        <span>{t.name}</span>
        <input required maxLength={80} value={wish.name} onChange={({ target }) => set({ name: target.value })} />
      </label>
      <label>
        <span>{t.code}</span>
        <input
          required
          pattern="[a-z0-9\-]{2,40}"
          value={wish.code}
          onChange={({ target }) => set({ code: target.value })}
        />
      </label>
      <label>
        <span>{t.way}</span>
        <select value={wish.way} onChange={({ target }) => set({ way: target.value === 'poll' ? 'poll' : 'push' })}>
          <option value="push">{t.push}</option>
          <option value="poll">{t.poll}</option>
        </select>
      </label>
      {wish.way === 'poll' && (
        <>
          <label>
            <span>{t.url}</span>
            <input
              type="url"
              required
              maxLength={500}
              value={wish.url}
              onChange={({ target }) => set({ url: target.value })}
            />
          </label>
          <label>
            <span>{t.every}</span>
            <input
              type="number"
              required
              min={1}
              max={1440}
              value={wish.everyMinutes}
              onChange={({ target }) => set({ everyMinutes: Number(target.value) })}
            />
          </label>
        </>
      )}
      <label>
        <span>{t.area}</span>
        <input
          inputMode="numeric"
          pattern="\d{6}|\d{9}|\d{12}|\d{15}|\d{17}"
          value={wish.areaCode}
          onChange={({ target }) => set({ areaCode: target.value })}
        />
      </label>
    </div>
  );
}
