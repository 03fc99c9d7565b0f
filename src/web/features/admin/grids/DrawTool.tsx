import { Button } from 'antd';
import { useState } from 'react';
import { gridsRoutes } from '#contract/grids.ts';
import { ask } from '#web/app/ask.ts';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { ChoiceField, TextField } from '../shared/Field.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import type { TerritoryProblem } from '../shared/queries.ts';
import { polygonOf } from './edit-model.ts';
import type { ToolProps } from './EditorPanel.tsx';
import { LineEditor } from './LineEditor.tsx';
import { useOutlineAct } from './use-outline-act.ts';

interface Outcome {
  warnings: readonly TerritoryProblem[];
}

interface Wish {
  dryRun: boolean;
  /** Code of an area without outline that gets one; '' for a new area. */
  target: string;
  name: string;
  code: string;
  kind: 'ordinary' | 'exclusive';
}

/** A new area below the parent, or the missing outline of one that is there. */
export function DrawTool({ territory, editor, middle }: ToolProps) {
  const t = useText(adminGrids).draw;
  const { parent, children } = territory;
  const blank = children.filter(({ geometry }) => geometry === null);
  const [wish, setWish] = useState<Wish>({ dryRun: false, target: '', name: '', code: '', kind: 'ordinary' });
  const geometry = polygonOf(editor.line);
  const numbered = parent.tier === 'community' || parent.tier === 'grid';
  const act = useOutlineAct(editor, async ({ target, ...rest }: Wish, opId): Promise<Outcome> => {
    if (geometry === undefined) return { warnings: [] };
    const known = blank.find(({ code }) => code === target);
    if (known !== undefined)
      return ask(gridsRoutes.saveOutlines, {
        body: { opId, changes: [{ code: known.code, version: known.version, geometry }], dryRun: rest.dryRun },
      });
    const code = rest.code === '' ? undefined : rest.code;
    const body = { opId, parentCode: parent.code, code, kind: rest.kind, name: rest.name, geometry };
    return ask(gridsRoutes.createArea, { body });
  });
  const ready = geometry !== undefined && (wish.target !== '' || wish.name.trim() !== '');
  return (
    <>
      <h2>{t.title(parent.name)}</h2>
      <p>{t.how}</p>
      <LineEditor editor={editor} middle={middle} label={t.corners} />
      <div className="adm-form">
        {blank.length > 0 && (
          <ChoiceField
            label={t.target}
            value={wish.target}
            none={t.fresh}
            options={blank.map(({ code, name }) => ({ value: code, words: `${name} ${code}` }))}
            onChange={(target) => setWish({ ...wish, target })}
          />
        )}
        {wish.target === '' && (
          <>
            <TextField label={t.name} value={wish.name} onChange={(name) => setWish({ ...wish, name })} required />
            <ChoiceField
              label={t.kind}
              value={wish.kind}
              options={(['ordinary', 'exclusive'] as const).map((value) => ({ value, words: t.kinds[value] }))}
              onChange={(kind) => setWish({ ...wish, kind: kind === 'exclusive' ? 'exclusive' : 'ordinary' })}
            />
            <TextField
              label={t.code}
              hint={numbered ? t.codeFree : t.codeNeeded}
              value={wish.code}
              onChange={(code) => setWish({ ...wish, code })}
              required={!numbered}
            />
          </>
        )}
      </div>
      {editor.line.length > 0 && geometry === undefined && <Note kind="info">{t.three}</Note>}
      <Problem error={act.error} />
      <div className="adm-buttons adm-buttons-start">
        <Button type="primary" disabled={!ready} loading={act.isPending} onClick={() => act.mutate(wish)}>
          {t.act}
        </Button>
        <Button onClick={() => editor.begin('look')}>{t.leave}</Button>
      </div>
    </>
  );
}
