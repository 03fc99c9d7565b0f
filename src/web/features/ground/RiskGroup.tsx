import { useEffect, useRef, type ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { inspections } from '#web/i18n/inspections.ts';
import type { RiskMark } from './queries.ts';

interface GroupProps {
  members: readonly RiskMark[];
  onClose: () => void;
  /** One row: a button or a link. */
  children: (point: RiskMark) => ReactNode;
}

/** A group of the map opened as a list: gravest first, reached and left by keyboard. */
export function RiskGroup({ members, onClose, children }: GroupProps) {
  const t = useText(inspections);
  const c = useText(common);
  const place = useRef<HTMLElement>(null);
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => place.current?.focus(), [members.length]);
  useEffect(() => {
    const leave = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') latest.current();
    };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, []);
  return (
    <section ref={place} className="ground-group" tabIndex={-1} aria-label={t.cluster(formatNumber(members.length))}>
      <header>
        <h3>{t.cluster(formatNumber(members.length))}</h3>
        <button type="button" className="tool" onClick={onClose}>
          {c.close}
        </button>
      </header>
      <ul className="ground-rows">
        {members.map((point) => (
          <li key={point.id}>{children(point)}</li>
        ))}
      </ul>
    </section>
  );
}
