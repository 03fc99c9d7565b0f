import { Button } from 'antd';
import type { LonLat } from '#kit/geo.ts';
import { may, useMe } from '#web/app/me.ts';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { Note } from '../shared/Note.tsx';
import { ChosenArea } from './ChosenArea.tsx';
import { CornerTool } from './CornerTool.tsx';
import { DrawTool } from './DrawTool.tsx';
import { MergeTool } from './MergeTool.tsx';
import { ProblemTable } from './ProblemTable.tsx';
import { SplitTool } from './SplitTool.tsx';
import type { Editor } from './use-editor.ts';
import type { Territory } from './use-territory.ts';

export interface ToolProps {
  territory: Territory;
  editor: Editor;
  /** The middle of the map, for those who do not point. */
  middle: () => LonLat | null;
}

/** What can be done now: look and choose, or the tool at hand; below it the places refused. */
export function EditorPanel({ territory, editor, middle }: ToolProps) {
  const nameOf = (code: string): string => territory.around.get(code)?.name ?? '';
  return (
    <>
      {editor.mode === 'look' && <Look territory={territory} editor={editor} middle={middle} />}
      {editor.mode === 'split' && <SplitTool territory={territory} editor={editor} middle={middle} />}
      {editor.mode === 'draw' && <DrawTool territory={territory} editor={editor} middle={middle} />}
      {editor.mode === 'corners' && <CornerTool territory={territory} editor={editor} middle={middle} />}
      <ProblemTable problems={editor.problems} nameOf={nameOf} onShow={editor.lookAt} />
    </>
  );
}

function Look({ territory, editor }: ToolProps) {
  const t = useText(adminGrids).panel;
  const mayEdit = may(useMe(), 'grids.edit') && territory.parent.mayEdit;
  const chosen = territory.children.filter(({ code }) => editor.chosen.includes(code));
  const [only] = chosen;
  return (
    <>
      {chosen.length === 0 && <p className="adm-soft">{t.choose}</p>}
      {!mayEdit && <Note kind="info">{t.readOnly}</Note>}
      {chosen.length === 1 && only !== undefined && (
        <ChosenArea key={`${only.code}/${only.version}`} area={only} mayEdit={mayEdit} editor={editor} />
      )}
      {chosen.length > 1 && mayEdit && <MergeTool chosen={chosen} editor={editor} />}
      {mayEdit && chosen.length === 0 && (
        <div className="adm-buttons adm-buttons-start">
          <Button onClick={() => editor.begin('draw')}>{t.draw}</Button>
        </div>
      )}
    </>
  );
}
