import type { ReactNode } from 'react';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { IconName } from '#web/ui/icons/drawings.ts';

export interface TimelineItem {
  key: string;
  title: string;
  /** When, in words. */
  when: string;
  /** For machines: ISO 8601. */
  at?: string;
  body?: ReactNode;
  icon?: IconName;
  tone?: 'done' | 'now' | 'refused';
}

/** What happened, in order. */
export function Timeline({ label, items }: { label: string; items: readonly TimelineItem[] }) {
  return (
    <ol className="timeline" aria-label={label}>
      {items.map((item) => (
        <li key={item.key} className={`timeline-${item.tone ?? 'done'}`}>
          <span className="timeline-mark" aria-hidden="true">
            <Icon name={item.icon ?? 'check'} size={16} />
          </span>
          <div>
            <p className="timeline-title">{item.title}</p>
            <time dateTime={item.at}>{item.when}</time>
            {item.body}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** How far a matter has come: a row of named steps. `current` counts from 0; at `names.length` all is done. */
export function Steps({ label, names, current }: { label: string; names: readonly string[]; current: number }) {
  return (
    <ol className="steps" aria-label={label}>
      {names.map((name, index) => (
        <li
          key={name}
          className={index < current ? 'step-done' : index === current ? 'step-now' : 'step-later'}
          aria-current={index === current ? 'step' : undefined}
        >
          <span className="step-mark" aria-hidden="true">
            {index < current ? <Icon name="check" size={14} /> : index + 1}
          </span>
          <span>{name}</span>
        </li>
      ))}
    </ol>
  );
}
