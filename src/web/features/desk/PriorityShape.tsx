import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';

export const priorityKeys = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;
export type PriorityKey = (typeof priorityKeys)[number];

/** The nearest of the five priorities. */
export function priorityKey(priority: number): PriorityKey {
  return priorityKeys[Math.min(4, Math.max(0, Math.round(priority)))] ?? 'p3';
}

/** One shape for each priority, the same in the queue and on the map. On a field of 24 × 24. */
export const priorityPaths: Record<PriorityKey, string> = {
  p0: 'M12 1.5 23 21.5H1z',
  p1: 'M12 1 23 12 12 23 1 12z',
  p2: 'M3 3h18v18H3z',
  p3: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20',
  p4: 'M12 2 21 7v10l-9 5-9-5V7z',
};

/** Priority as a small filled shape with its number inside. */
export function PriorityShape({ priority, size = 24 }: { priority: number; size?: number }) {
  const t = useText(words);
  const key = priorityKey(priority);
  return (
    <span className="priority" title={`${t.priorityCode[key]} ${t.priority[key]}`}>
      <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
        <path d={priorityPaths[key]} fill={`var(--${key})`} />
        <text
          x="12"
          y={key === 'p0' ? 19 : 16.2}
          textAnchor="middle"
          fontSize="12"
          fontWeight="700"
          fill="var(--on-mark)"
        >
          {key.slice(1)}
        </text>
      </svg>
      <span className="visually-hidden">
        {t.priorityCode[key]} {t.priority[key]}
      </span>
    </span>
  );
}
