import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';

const keys = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;

/** Priority as a number of bars, colour, code and word. 0 is the most urgent, 4 the least. */
export function PriorityMark({ priority }: { priority: number }) {
  const t = useText(words);
  const key = keys[Math.min(4, Math.max(0, priority))] ?? 'p3';
  const bars = 5 - keys.indexOf(key);
  return (
    <span className="mark" style={{ color: `var(--${key})` }}>
      <svg width="1em" height="1em" viewBox="0 0 20 16" fill="currentColor" aria-hidden="true">
        {keys.map((_, index) => (
          <rect
            key={index}
            x={index * 4}
            y={12 - index * 3}
            width="3"
            height={4 + index * 3}
            opacity={index < bars ? 1 : 0.22}
          />
        ))}
      </svg>
      {t.priorityCode[key]} {t.priority[key]}
    </span>
  );
}
