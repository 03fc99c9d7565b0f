import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { words } from '#web/i18n/words.ts';
import { priorityKeys, priorityPaths } from '../PriorityShape.tsx';
import { signColours, signGroups } from './event-layers.ts';

/** What shapes, fillings, colours and rings mean. */
export function MapLegend({ theme }: { theme: 'light' | 'dark' }) {
  const t = useText(desk).map;
  const w = useText(words);
  const c = signColours(theme);
  return (
    <details className="legend">
      <summary>{t.legend}</summary>
      <ul>
        {signGroups.map((group) => (
          <li key={group}>
            <svg width="16" height="16" viewBox="-2 -2 28 28" aria-hidden="true">
              <path
                d={priorityPaths.p3}
                fill={group === 'waiting' ? c.rim : c[group]}
                stroke={c[group]}
                strokeWidth="3"
              />
              {group === 'inWork' && <circle cx="12" cy="12" r="4" fill={c.rim} />}
            </svg>
            {t[group]}
          </li>
        ))}
        <li>
          <svg width="16" height="16" viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="12" cy="12" r="10" fill="none" stroke={c.late} strokeWidth="3" />
          </svg>
          {t.late}
        </li>
        <li className="legend-shapes">
          {priorityKeys.map((key) => (
            <span key={key}>
              <svg width="14" height="14" viewBox="0 0 24 24" aria-hidden="true">
                <path d={priorityPaths[key]} fill="currentColor" />
              </svg>
              {w.priorityCode[key]}
            </span>
          ))}
        </li>
      </ul>
    </details>
  );
}
