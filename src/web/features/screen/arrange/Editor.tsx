import { Button } from 'antd';
import { useState } from 'react';
import { layoutProblem, type Placement } from '#contract/screens-layout.ts';
import type { ClientOutput } from '#contract/route.ts';
import { screenRoutes } from '#contract/screens.ts';
import { screenLooks } from '#contract/screens-views.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { screen as words } from '#web/i18n/screen.ts';
import { Line } from '#web/ui/FormLines.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { placeFor } from './arrange.ts';
import { Board } from './Board.tsx';
import { screensKey, type Screen } from './queries.ts';

interface EditorProps {
  /** Undefined: a new one, or the standard arrangement to look at. */
  screen: Screen | undefined;
  first: ClientOutput<typeof screenRoutes.first>;
  onSaved: (id: string | undefined) => void;
}

/** One arrangement: name, look, widgets; saved as a whole. */
export function Editor({ screen, first, onSaved }: EditorProps) {
  const t = useText(words).arrange;
  const [name, setName] = useState(screen?.name ?? '');
  const [look, setLook] = useState(screen?.look ?? 'auto');
  const [layout, setLayout] = useState<readonly Placement[]>(screen?.layout ?? first.layout);
  const mayEdit = screen === undefined ? first.mayEdit : screen.mayEdit;
  const save = useSave(screen, first.areaCode, onSaved);
  const end = useAct(
    (version: number, opId) => ask(screenRoutes.end, { params: { id: screen?.id ?? '' }, body: { opId, version } }),
    { stale: [screensKey], onDone: () => onSaved(undefined) },
  );
  const problem = layoutProblem(layout);
  const ready = name.trim() !== '' && layout.length > 0 && problem === undefined;
  return (
    <section className="screens-editor" aria-label={t.editor}>
      <div className="screens-facts">
        {mayEdit && <Line label={t.name} value={name} max={40} required onChange={setName} />}
        {mayEdit && <LookChoice look={look} onChange={setLook} />}
        <a className="screens-open" href={screen === undefined ? '/screen' : `/screen?id=${screen.id}`}>
          {t.open}
        </a>
      </div>
      {mayEdit && <Palette layout={layout} offered={first.offered} onAdd={setLayout} />}
      <Board layout={layout} mayEdit={mayEdit} onLayout={setLayout} />
      <p role="status" className="screens-problem">
        {problem === undefined ? '' : t.problem(problem.what, problem.code, problem.other)}
      </p>
      <ProblemNote error={save.error ?? end.error} />
      {mayEdit && (
        <p className="screens-acts">
          <Button
            type="primary"
            disabled={!ready}
            loading={save.isPending}
            onClick={() => save.mutate({ name: name.trim(), look, layout: [...layout] })}
          >
            {screen === undefined ? t.create : t.save}
          </Button>
          <Button onClick={() => setLayout(first.layout)}>{t.reset}</Button>
          {screen !== undefined && (
            <Button danger loading={end.isPending} onClick={() => end.mutate(screen.version)}>
              {t.end}
            </Button>
          )}
        </p>
      )}
    </section>
  );
}

interface Wish {
  name: string;
  look: (typeof screenLooks)[number];
  layout: Placement[];
}

function useSave(screen: Screen | undefined, areaCode: string, onSaved: (id: string) => void) {
  return useAct(
    (wish: Wish, opId) =>
      screen === undefined
        ? ask(screenRoutes.create, { body: { ...wish, opId, areaCode } })
        : ask(screenRoutes.arrange, { params: { id: screen.id }, body: { ...wish, opId, version: screen.version } }),
    { stale: [screensKey], onDone: ({ id }) => onSaved(id) },
  );
}

function LookChoice({ look, onChange }: { look: Wish['look']; onChange: (look: Wish['look']) => void }) {
  const t = useText(words);
  return (
    <label className="form-field">
      {t.arrange.look}
      <select
        value={look}
        onChange={(event) => onChange(screenLooks.find((one) => one === event.target.value) ?? 'auto')}
      >
        {screenLooks.map((one) => (
          <option key={one} value={one}>
            {t.look[one]}
          </option>
        ))}
      </select>
    </label>
  );
}

interface PaletteProps {
  layout: readonly Placement[];
  offered: EditorProps['first']['offered'];
  onAdd: (layout: readonly Placement[]) => void;
}

/** What is not on the screen yet. Without a free place the button says so by being off. */
function Palette({ layout, offered, onAdd }: PaletteProps) {
  const t = useText(words);
  const left = offered.filter((code) => !layout.some((one) => one.code === code));
  if (left.length === 0) return null;
  return (
    <div className="screens-palette" role="group" aria-label={t.arrange.add}>
      <span className="quiet">{t.arrange.add}</span>
      {left.map((code) => {
        const place = placeFor(layout, code);
        return (
          <button
            key={code}
            type="button"
            disabled={place === undefined}
            title={place === undefined ? t.arrange.full : undefined}
            onClick={() => place !== undefined && onAdd([...layout, place])}
          >
            {t.widget[code]}
          </button>
        );
      })}
    </div>
  );
}
