import { common } from '#web/i18n/common.ts';
import { useText } from '#web/i18n/area.ts';
import type { LegendEntry, MapLayer } from './layers.ts';

/** What the signs mean. Every sign has a shape of its own, so that it can be read without colour. */
export function Legend({ layers }: { layers: readonly MapLayer[] }) {
  const t = useText(common);
  const entries = layers.flatMap((layer) => layer.legend ?? []);
  return (
    <div className="map-foot">
      {entries.length > 0 && (
        <ul className="map-legend" aria-label={t.map.legend}>
          {entries.map((entry) => (
            <li key={entry.words}>
              <Sign entry={entry} />
              {entry.words}
            </li>
          ))}
        </ul>
      )}
      <small className="map-source">{t.map.source}</small>
    </div>
  );
}

const outlines: Record<LegendEntry['shape'], string> = {
  point: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3',
  ring: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3M8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4',
  square: 'M3 3h10v10H3z',
  triangle: 'M8 2l6 11H2z',
  diamond: 'M8 1l7 7-7 7-7-7z',
  star: 'M8 1l2 4.6 5 .5-3.8 3.3 1.2 5L8 11.8 3.6 14.4l1.2-5L1 6.1l5-.5z',
  pin: 'M8 1a4.6 4.6 0 0 1 4.6 4.6C12.6 9 8 15 8 15S3.4 9 3.4 5.6A4.6 4.6 0 0 1 8 1M8 4a1.7 1.7 0 1 0 0 3.4A1.7 1.7 0 0 0 8 4',
  line: 'M1 7h14v2H1z',
  area: 'M1 3h14v10H1z',
};

function Sign({ entry }: { entry: LegendEntry }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={outlines[entry.shape]}
        fill={entry.colour}
        fillRule="evenodd"
        fillOpacity={entry.shape === 'area' ? 0.5 : 1}
      />
    </svg>
  );
}
