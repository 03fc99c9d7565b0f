import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import { PlaceField } from '#web/map/PlaceField.tsx';
import type { LonLatPoint } from '#web/map/layers.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import type { Candidate, Listed } from '../queries.ts';
import { wanOf, yuanOf } from '../words.ts';
import type { PartProps } from './What.tsx';
import { isTaken, placesOf, type Typed } from './wish.ts';
import { TableFrame } from '../TableFrame.tsx';

interface PlacesProps extends PartProps {
  /** Undefined until area and class are chosen and the ledger has answered. */
  listed: readonly Listed[] | undefined;
  error: unknown;
}

const distances = [150, 300, 500];

/** Which places may be chosen: of the idle ledger, put on the map, along the streets. */
export function Places({ typed, set, listed, error }: PlacesProps) {
  const f = useText(planning).form;
  const rooms = (listed ?? []).filter(({ kind }) => kind === 'idle');
  const streets = (listed ?? []).length - rooms.length;
  return (
    <fieldset className="planning-part planning-places">
      <legend>{f.places}</legend>
      <p className="quiet planning-wide">
        {f.placesLead} {listed !== undefined && f.chosen(formatNumber(placesOf(typed, listed).length))}
      </p>
      <ProblemNote error={error} />
      {listed !== undefined && rooms.length === 0 && <p className="planning-wide">{f.placesNone}</p>}
      {rooms.length + typed.points.length > 0 && <PlaceTable typed={typed} set={set} rooms={rooms} />}
      <AddPoint typed={typed} set={set} />
      <label>
        {f.street}
        <select value={typed.street} onChange={({ target }) => set({ street: Number(target.value) })}>
          <option value={0}>{f.streetNone}</option>
          {distances.map((metres) => (
            <option key={metres} value={metres}>
              {f.metres(formatNumber(metres))}
            </option>
          ))}
        </select>
        {typed.street > 0 && streets > 0 && <span className="quiet">{f.streetTaken(formatNumber(streets))}</span>}
      </label>
    </fieldset>
  );
}

function PlaceTable({ typed, set, rooms }: PartProps & { rooms: readonly Listed[] }) {
  const f = useText(planning).form;
  return (
    <TableFrame label={f.places} wide>
      <table>
        <thead>
          <tr>
            <th scope="col">{f.place}</th>
            <th scope="col">{f.why}</th>
            <th scope="col" className="figure">
              {f.size}
            </th>
            <th scope="col" className="figure">
              {f.cost}
            </th>
          </tr>
        </thead>
        <tbody>
          {rooms.map((room) => (
            <RoomRow key={room.key} room={room} typed={typed} set={set} rooms={rooms} />
          ))}
          {typed.points.map((point) => (
            <PointRow key={point.key} point={point} typed={typed} set={set} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

interface RoomProps extends PartProps {
  room: Listed;
  rooms: readonly Listed[];
}

function RoomRow({ room, typed, set, rooms }: RoomProps) {
  const f = useText(planning).form;
  const takes = isTaken(typed, room);
  const now = rooms.filter((one) => isTaken(typed, one)).map(({ key }) => key);
  const toggle = (): void => set({ taken: takes ? now.filter((key) => key !== room.key) : [...now, room.key] });
  return (
    <tr>
      <th scope="row">
        <label className="planning-check">
          <input type="checkbox" checked={takes} aria-label={f.take(room.name)} onChange={toggle} />
          <span>
            {room.name}
            <span className="planning-sub">{room.address}</span>
          </span>
        </label>
      </th>
      <td>
        <span className={`tag ${room.fits ? 'planning-proven' : 'planning-open'}`}>
          {room.fits ? '✓ ' : '! '}
          {f.fits[room.why]}
        </span>
      </td>
      <td className="figure">{room.floorM2 === null ? '' : f.squareMetres(formatNumber(room.floorM2))}</td>
      <td className="figure">
        <input
          className="planning-cost"
          inputMode="decimal"
          aria-label={f.costOf(room.name)}
          value={typed.costs[room.key] ?? wanOf(room.costYuan)}
          onChange={({ target }) => set({ costs: { ...typed.costs, [room.key]: target.value } })}
        />
      </td>
    </tr>
  );
}

function PointRow({ point, typed, set }: PartProps & { point: Candidate }) {
  const f = useText(planning).form;
  const change = (next: Candidate | null): void =>
    set({ points: typed.points.flatMap((one) => (one.key === point.key ? (next ?? []) : one)) });
  return (
    <tr>
      <th scope="row">
        <span className="planning-check">
          <button type="button" className="tool" aria-label={f.removeOf(point.name)} onClick={() => change(null)}>
            {f.remove}
          </button>
          {point.name}
        </span>
      </th>
      <td>{f.placeWords.placed(point.lon.toFixed(5), point.lat.toFixed(5))}</td>
      <td>{f.unsized}</td>
      <td className="figure">
        <input
          className="planning-cost"
          inputMode="decimal"
          aria-label={f.costOf(point.name)}
          defaultValue={wanOf(point.costYuan)}
          onChange={({ target }) => change({ ...point, costYuan: yuanOf(target.value) })}
        />
      </td>
    </tr>
  );
}

/** A place of one's own: chosen on the map, with a name. */
function AddPoint({ typed, set }: PartProps) {
  const f = useText(planning).form;
  const [at, setAt] = useState<LonLatPoint | null>(null);
  const [name, setName] = useState('');
  const number = freeNumber(typed);
  const add = (): void => {
    if (at === null) return;
    const called = name.trim() === '' ? f.pointDefault(formatNumber(number)) : name.trim();
    const point: Candidate = { key: `point:${number}`, kind: 'point', idleId: null, name: called, ...at, address: '', floorM2: null, capacity: null, costYuan: null }; // prettier-ignore
    set({ points: [...typed.points, point] });
    setAt(null);
    setName('');
  };
  return (
    <details className="planning-wide planning-add">
      <summary>{f.addPoint}</summary>
      <PlaceField key={number} words={f.placeWords} at={at} onChange={setAt} />
      <label>
        {f.pointName}
        <input
          maxLength={60}
          placeholder={f.pointDefault(formatNumber(number))}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </label>
      <button type="button" className="tool tool-framed" disabled={at === null} onClick={add}>
        {f.pointAdd}
      </button>
    </details>
  );
}

function freeNumber({ points }: Typed): number {
  const used = points.map(({ key }) => Number(key.slice('point:'.length)));
  return Math.max(0, ...used) + 1;
}
