import { Button } from 'antd';
import { gridsRoutes } from '#contract/grids.ts';
import { ask } from '#web/app/ask.ts';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { cornersOf, holdersOf, insertCorner, moveCorner, redo, removeCorner, rounded, undo } from './edit-model.ts';
import type { ToolProps } from './EditorPanel.tsx';
import { PointTable } from './PointTable.tsx';
import { useOutlineAct } from './use-outline-act.ts';

/** Moves corners of the chosen area, and with them the boundaries of everybody who shares them; saves all at once. */
export function CornerTool({ territory, editor, middle }: ToolProps) {
  const t = useText(adminGrids).corners;
  const { history, corner, changed } = editor;
  const area = territory.children.find(({ code }) => code === editor.chosen[0]);
  const shape = area === undefined ? undefined : history.now.get(area.code);
  const act = useOutlineAct(editor, ({ dryRun }: { dryRun: boolean; changed: readonly string[] }, opId) =>
    ask(gridsRoutes.saveOutlines, {
      body: {
        opId,
        dryRun,
        changes: changed.map((code) => ({
          code,
          version: territory.around.get(code)?.version ?? 1,
          geometry: history.now.get(code) ?? null,
        })),
      },
    }),
  );
  if (area === undefined || shape === undefined) return null;
  const corners = cornersOf(shape);
  const nameOf = (code: string): string => territory.around.get(code)?.name ?? code;
  const move = (from: (typeof corners)[number], to: (typeof corners)[number]): void =>
    editor.change(moveCorner(history.now, from, to), rounded(to));
  const toMiddle = (): void => {
    const at = middle();
    if (at !== null && corner !== null) move(corner, at);
  };
  const after = (): void => {
    const index = corners.findIndex((at) => at[0] === corner?.[0] && at[1] === corner[1]);
    const [a, b] = [corners[index], corners[(index + 1) % corners.length]];
    if (a === undefined || b === undefined) return;
    const at = rounded([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
    editor.change(insertCorner(history.now, a, b, at), at);
  };
  return (
    <>
      <h2>{t.title(area.name)}</h2>
      <p>{t.how}</p>
      <div className="adm-buttons adm-buttons-start">
        <Button disabled={history.past.length === 0} onClick={() => editor.setHistory(undo(history))}>
          {t.undo}
        </Button>
        <Button disabled={history.future.length === 0} onClick={() => editor.setHistory(redo(history))}>
          {t.redo}
        </Button>
        <Button disabled={corner === null} onClick={toMiddle}>
          {t.toMiddle}
        </Button>
        <Button disabled={corner === null} onClick={after}>
          {t.insert}
        </Button>
      </div>
      {corner !== null && (
        <p className="adm-soft">{t.sharedBy(holdersOf(history.now, corner).map(nameOf).join(' · '))}</p>
      )}
      <PointTable
        label={t.list}
        points={corners}
        chosen={corners.find((at) => at[0] === corner?.[0] && at[1] === corner[1]) ?? null}
        onFocus={editor.setCorner}
        onMove={(index, to) => {
          const from = corners[index];
          if (from !== undefined) move(from, to);
        }}
        onRemove={(index) => {
          const at = corners[index];
          if (at !== undefined) editor.change(removeCorner(history.now, at), null);
        }}
      />
      {changed.length > 0 && <Note kind="info">{t.changed(changed.map(nameOf).join(' · '))}</Note>}
      <Problem error={act.error} />
      {act.data?.dryRun === true && <Note kind="good">{t.fits}</Note>}
      <div className="adm-buttons adm-buttons-start">
        <Button
          type="primary"
          disabled={changed.length === 0}
          loading={act.isPending}
          onClick={() => act.mutate({ dryRun: false, changed })}
        >
          {t.save}
        </Button>
        <Button
          disabled={changed.length === 0}
          loading={act.isPending}
          onClick={() => act.mutate({ dryRun: true, changed })}
        >
          {t.check}
        </Button>
        <Button onClick={() => editor.begin('look')}>{t.leave}</Button>
      </div>
    </>
  );
}
