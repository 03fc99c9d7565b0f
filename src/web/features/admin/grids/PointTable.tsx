import type { LonLat } from '#kit/geo.ts';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { useEffect, useState } from 'react';

export interface PointTableProps {
  label: string;
  points: readonly LonLat[];
  chosen?: LonLat | null;
  onMove: (index: number, to: LonLat) => void;
  onRemove: (index: number) => void;
  onFocus?: (at: LonLat) => void;
}

/** Corners as numbers that can be typed: the way for keyboards, and for coordinates read off a plan. */
export function PointTable({ label, points, chosen, onMove, onRemove, onFocus }: PointTableProps) {
  const t = useText(adminGrids).points;
  if (points.length === 0) return null;
  return (
    <div className="adm-points">
      <table className="adm-grid-table" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t.number}</th>
            <th scope="col">{t.lon}</th>
            <th scope="col">{t.lat}</th>
            <th scope="col">{t.act}</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point, index) => (
            // Corners have no name but their place in the ring.
            // eslint-disable-next-line react/no-array-index-key
            <tr key={index} aria-current={point === chosen || undefined}>
              <th scope="row">{index + 1}</th>
              <td>
                <Coordinate
                  label={t.lonOf(index + 1)}
                  value={point[0]}
                  onFocus={() => onFocus?.(point)}
                  onChange={(lon) => onMove(index, [lon, point[1]])}
                />
              </td>
              <td>
                <Coordinate
                  label={t.latOf(index + 1)}
                  value={point[1]}
                  onFocus={() => onFocus?.(point)}
                  onChange={(lat) => onMove(index, [point[0], lat])}
                />
              </td>
              <td>
                <button
                  type="button"
                  className="adm-link adm-link-danger"
                  aria-label={t.removeOf(index + 1)}
                  onClick={() => onRemove(index)}
                >
                  {t.remove}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CoordinateProps {
  label: string;
  value: number;
  onFocus: () => void;
  onChange: (value: number) => void;
}

/** Degrees; told when the field is left or Enter pressed, so that half-typed numbers move nothing. */
function Coordinate({ label, value, onFocus, onChange }: CoordinateProps) {
  const [typed, setTyped] = useState(String(value));
  useEffect(() => setTyped(String(value)), [value]);
  const tell = (): void => {
    const number = Number(typed);
    if (typed.trim() === '' || !Number.isFinite(number)) setTyped(String(value));
    else if (number !== value) onChange(number);
  };
  return (
    <input
      className="adm-input"
      aria-label={label}
      inputMode="decimal"
      value={typed}
      onFocus={onFocus}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={tell}
      onKeyDown={(event) => {
        if (event.key === 'Enter') tell();
      }}
    />
  );
}
