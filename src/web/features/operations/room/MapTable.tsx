import { distanceM, type LonLat } from '#kit/geo.ts';
import { useCareTags } from '#web/app/ground-words.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDistance, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { operations } from '#web/i18n/operations.ts';
import { useDoer } from '../parts/names.ts';
import type { PersonNear, RiskPoint, Room } from '../queries.ts';

interface Row {
  key: string;
  what: string;
  name: string;
  /** Metres from the event; null for an area. */
  distance: number | null;
  /** ISO 8601; null where time does not matter. */
  at: string | null;
}

export interface MapTableProps {
  room: Room;
  at: LonLat;
  people: readonly PersonNear[];
  risks: readonly RiskPoint[];
}

/** The map's table twin: the same things, in words. */
export function MapTable(props: MapTableProps) {
  const t = useText(operations).map;
  const lang = languageChoice.use();
  const rows = useRows(props);
  if (rows.length === 0) return <p className="quiet">{t.tableEmpty}</p>;
  return (
    <table className="room-table" aria-label={t.label}>
      <thead>
        <tr>
          {[t.what, t.name, t.distance, t.since].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td>{row.what}</td>
            <td>{row.name}</td>
            <td>{row.distance === null ? '' : formatDistance(row.distance, lang)}</td>
            <td>{row.at === null ? '' : formatTime(row.at, lang)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useRows({ room, at, people, risks }: MapTableProps): Row[] {
  const t = useText(operations).map;
  const lang = languageChoice.use();
  const doerName = useDoer();
  const { nameOf } = useCareTags();
  return [
    ...room.cordons.map(({ id, shape, words, at: since }) => ({
      key: id,
      what: t.cordon,
      name: `${shape.type === 'circle' ? t.circleOf(formatDistance(shape.radiusM, lang)) : t.polygon} ${words}`,
      distance: shape.type === 'circle' ? distanceM(at, [shape.lon, shape.lat]) : null,
      at: since,
    })),
    ...room.positions.map((one) => ({
      key: one.id,
      what: t.position,
      name: `${doerName(one.by)} ${one.words}`,
      distance: distanceM(at, [one.lon, one.lat]),
      at: one.at,
    })),
    ...people.map((one, k) => ({
      key: `care-${k}`,
      what: t.care,
      name: one.name === null ? one.tags.map(nameOf).join(' ') : `${one.name} ${one.address ?? ''}`,
      distance: one.distanceM,
      at: null,
    })),
    ...risks.map((one) => ({ key: one.id, what: t.risk, name: one.name, distance: one.distanceM, at: null })),
  ];
}
