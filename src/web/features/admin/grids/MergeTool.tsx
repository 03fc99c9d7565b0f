import { Button } from 'antd';
import { useState } from 'react';
import { gridsRoutes } from '#contract/grids.ts';
import { ask } from '#web/app/ask.ts';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { ChoiceField, TextField } from '../shared/Field.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import type { OutlineFeature } from '../shared/queries.ts';
import type { Editor } from './use-editor.ts';
import { useOutlineAct } from './use-outline-act.ts';

/** Joins the chosen areas; one of them keeps its code and the people who answer for it. */
export function MergeTool({ chosen, editor }: { chosen: readonly OutlineFeature[]; editor: Editor }) {
  const t = useText(adminGrids).merge;
  const [picked, setPicked] = useState('');
  const [name, setName] = useState('');
  const into = chosen.some(({ code }) => code === picked) ? picked : (chosen[0]?.code ?? '');
  const act = useOutlineAct(editor, (wish: { dryRun: boolean; into: string; name: string }, opId) =>
    ask(gridsRoutes.mergeAreas, {
      body: {
        opId,
        areas: chosen.map(({ code, version }) => ({ code, version })),
        into: wish.into,
        name: wish.name === '' ? undefined : wish.name,
        dryRun: wish.dryRun,
      },
    }),
  );
  const wish = { into, name: name.trim() };
  return (
    <>
      <h2>{t.title(chosen.length)}</h2>
      <p>{chosen.map((area) => area.name).join(' · ')}</p>
      <div className="adm-form">
        <ChoiceField
          label={t.into}
          hint={t.intoHint}
          value={into}
          options={chosen.map((area) => ({ value: area.code, words: `${area.name} ${area.code}` }))}
          onChange={setPicked}
        />
        <TextField label={t.name} hint={t.nameHint} value={name} onChange={setName} maxLength={100} />
      </div>
      <Problem error={act.error} />
      {act.data?.dryRun === true && <Note kind="good">{t.fits}</Note>}
      <div className="adm-buttons adm-buttons-start">
        <Button type="primary" loading={act.isPending} onClick={() => act.mutate({ ...wish, dryRun: false })}>
          {t.act}
        </Button>
        <Button loading={act.isPending} onClick={() => act.mutate({ ...wish, dryRun: true })}>
          {t.check}
        </Button>
      </div>
    </>
  );
}
