import { useEffect, useRef, type ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';

interface OpenGroupProps {
  /** Of the feature: its classes `…-group` and `…-rows`. */
  area: string;
  title: string;
  onClose: () => void;
  /** Rows of a list. */
  children: ReactNode;
}

/** A group of the map opened as a list: reached and left by keyboard. */
export function OpenGroup({ area, title, onClose, children }: OpenGroupProps) {
  const c = useText(common);
  const place = useRef<HTMLElement>(null);
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => place.current?.focus(), [title]);
  useEffect(() => {
    const leave = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') latest.current();
    };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, []);
  return (
    <section ref={place} className={`${area}-group`} tabIndex={-1} aria-label={title}>
      <header>
        <h3>{title}</h3>
        <button type="button" className="tool" onClick={onClose}>
          {c.close}
        </button>
      </header>
      <ul className={`pick-rows ${area}-rows`}>{children}</ul>
    </section>
  );
}
