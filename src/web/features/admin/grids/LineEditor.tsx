import { Button } from 'antd';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { rounded } from './edit-model.ts';
import type { ToolProps } from './EditorPanel.tsx';
import { PointTable } from './PointTable.tsx';

/** The corners put down so far, as a table; more by pointing, or at the middle of the map. */
export function LineEditor({ editor, middle, label }: Pick<ToolProps, 'editor' | 'middle'> & { label: string }) {
  const t = useText(adminGrids).points;
  const { line } = editor;
  const putDown = (): void => {
    const at = middle();
    if (at !== null) editor.putDown(at);
  };
  return (
    <>
      <div className="adm-buttons adm-buttons-start">
        <Button onClick={putDown}>{t.atMiddle}</Button>
        <Button disabled={line.length === 0} onClick={() => editor.setLine(line.slice(0, -1))}>
          {t.undoPoint}
        </Button>
      </div>
      <PointTable
        label={label}
        points={line}
        onMove={(index, to) => editor.setLine(line.map((at, k) => (k === index ? rounded(to) : at)))}
        onRemove={(index) => editor.setLine(line.filter((_, k) => k !== index))}
      />
    </>
  );
}
