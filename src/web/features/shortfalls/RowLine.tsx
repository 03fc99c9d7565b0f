import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import { ShapeMark } from '#web/ui/ShapeMark.tsx';
import { useClassNames, type DemandRow, type ProblemRow } from './queries.ts';
import { kindShapes, useHeads } from './words.ts';

export type Row = ProblemRow | DemandRow;

export const isProblem = (row: Row): row is ProblemRow => 'kind' in row;

/** What a line is about, and whom it touches. */
export function RowLine({ row }: { row: Row }) {
  const t = useText(shortfalls);
  const { nameOf } = useClassNames();
  const heads = useHeads();
  return (
    <>
      <span className="shortfalls-row-head">
        <b>{nameOf(row.classCode)}</b>
        <span>{row.areaName}</span>
        <strong>{heads.people(row.people)}</strong>
      </span>
      <span className="shortfalls-row-more">
        {isProblem(row) && <ShapeMark shape={kindShapes[row.kind]} words={t.kinds[row.kind]} />}
        {isProblem(row) && row.facility !== null && <span>{row.facility.name}</span>}
        <span>{t.elders(heads.count(row.elders))}</span>
        <span>{t.children(heads.count(row.children))}</span>
        {row.voices > 0 && <span>{t.voices(formatNumber(row.voices))}</span>}
        <Marks row={row} />
      </span>
    </>
  );
}

/** What became of it, said in tags. */
export function Marks({ row }: { row: Row }) {
  const t = useText(shortfalls);
  const state = isProblem(row) ? t.problemStates[row.state] : t.demandStates[row.state];
  return (
    <>
      {row.state !== 'open' && <span className="tag tag-river">{state}</span>}
      {row.corrected && <span className="tag">{t.corrected}</span>}
      {row.now !== null && <span className="tag shortfalls-moved">{t.moved}</span>}
      {row.goneAt !== null && <span className="tag">{t.gone}</span>}
    </>
  );
}
