import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { groups } from '#web/i18n/groups.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useOwnCommunities, useOwnGrids } from './own-grids.ts';

export interface PickedGrid {
  code: string;
  name: string;
}

/** As many as the contract takes. */
const most = 20;

interface GridPickerProps {
  chosen: readonly PickedGrid[];
  onChange: (chosen: readonly PickedGrid[]) => void;
}

/** Links one group to many grids: a community, its grids with their residents to check, and what is chosen so far. */
export function GridPicker({ chosen, onChange }: GridPickerProps) {
  const t = useText(groups).edit;
  const communities = useOwnCommunities();
  const [code, setCode] = useState<string>();
  const list = communities.data ?? [];
  // Begin where the group is.
  const community =
    list.find((one) => one.code === code) ??
    list.find((one) => chosen.some((grid) => grid.code.startsWith(one.code))) ??
    list[0];
  const grids = useOwnGrids(community);
  const has = new Set(chosen.map((grid) => grid.code));
  const turn = (grid: PickedGrid): void =>
    onChange(has.has(grid.code) ? chosen.filter((one) => one.code !== grid.code) : [...chosen, grid]);
  return (
    <fieldset className="groups-grids">
      <legend>{t.grids}</legend>
      <p className="quiet">{t.gridsHint}</p>
      <ProblemNote error={communities.error ?? grids.error} onRetry={() => void communities.refetch()} />
      {list.length > 1 && (
        <label>
          {t.community}
          <select value={community?.code ?? ''} onChange={({ target }) => setCode(target.value)}>
            {list.map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
      {list.length === 0 && communities.isSuccess && <p className="quiet">{t.noGrids}</p>}
      <ul className="groups-grid-rows">
        {grids.data?.map((grid) => (
          <li key={grid.code}>
            <label>
              <input
                type="checkbox"
                checked={has.has(grid.code)}
                disabled={!has.has(grid.code) && chosen.length >= most}
                onChange={() => turn({ code: grid.code, name: grid.name })}
              />
              <span>{grid.name}</span>
              <span className="quiet">{t.residents(formatNumber(grid.residents))}</span>
            </label>
          </li>
        ))}
      </ul>
      <p role="status">{chosen.length === 0 ? t.choseNone : t.chose(formatNumber(chosen.length))}</p>
      <ul className="groups-chips">
        {chosen.map((grid) => (
          <li key={grid.code}>
            {grid.name}
            <button type="button" className="tool" aria-label={t.take(grid.name)} onClick={() => turn(grid)}>
              ×
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
