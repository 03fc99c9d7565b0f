import { Button } from 'antd';
import { useState } from 'react';
import { gridsRoutes } from '#contract/grids.ts';
import { ask } from '#web/app/ask.ts';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { TextField } from '../shared/Field.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import type { ToolProps } from './EditorPanel.tsx';
import { LineEditor } from './LineEditor.tsx';
import { useOutlineAct } from './use-outline-act.ts';

/** Cuts the chosen area along a drawn line. */
export function SplitTool({ territory, editor, middle }: ToolProps) {
  const t = useText(adminGrids).split;
  const area = territory.children.find(({ code }) => code === editor.chosen[0]);
  const [name, setName] = useState('');
  const needsCode = area !== undefined && area.tier !== 'grid' && area.tier !== 'micro_grid';
  const [code, setCode] = useState('');
  const act = useOutlineAct(editor, (wish: { dryRun: boolean; line: [number, number][]; name: string }, opId) =>
    ask(gridsRoutes.splitArea, {
      params: { code: area?.code ?? '' },
      body: {
        opId,
        version: area?.version ?? 1,
        line: wish.line,
        names: wish.name === '' ? [] : [wish.name],
        codes: needsCode && code !== '' ? [code] : [],
        dryRun: wish.dryRun,
      },
    }),
  );
  if (area === undefined) return null;
  const wish = { line: editor.line.map(([lon, lat]): [number, number] => [lon, lat]), name: name.trim() };
  return (
    <>
      <h2>{t.title(area.name)}</h2>
      <p>{t.how}</p>
      <LineEditor editor={editor} middle={middle} label={t.line} />
      <div className="adm-form">
        <TextField label={t.name} hint={t.nameHint} value={name} onChange={setName} maxLength={100} />
        {needsCode && <TextField label={t.code} hint={t.codeHint} value={code} onChange={setCode} maxLength={17} />}
      </div>
      <Problem error={act.error} />
      {act.data?.dryRun === true && <Note kind="good">{t.fits(act.data.areas.length)}</Note>}
      <div className="adm-buttons adm-buttons-start">
        <Button
          type="primary"
          disabled={editor.line.length < 2}
          loading={act.isPending}
          onClick={() => act.mutate({ ...wish, dryRun: false })}
        >
          {t.act}
        </Button>
        <Button
          disabled={editor.line.length < 2}
          loading={act.isPending}
          onClick={() => act.mutate({ ...wish, dryRun: true })}
        >
          {t.check}
        </Button>
        <Button onClick={() => editor.begin('look')}>{t.leave}</Button>
      </div>
    </>
  );
}
