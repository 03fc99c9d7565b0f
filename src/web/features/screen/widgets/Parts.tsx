import { useRef, type ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { screen } from '#web/i18n/screen.ts';
import { ChartLink } from '#web/ui/charts/ChartLink.tsx';
import type { Tone } from '#web/ui/charts/tones.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { useBox } from '#web/ui/charts/use-box.ts';

interface BigProps {
  name: string;
  /** Written as it is; null where nothing can be told. */
  value: number | string | null;
  href?: string;
  tone?: Tone | undefined;
  /** A few words below: the unit, what it is compared with. */
  note?: string | undefined;
}

/** A number to be read across the hall; it opens its cases. */
export function Big({ name, value, href, tone, note }: BigProps) {
  const t = useText(screen);
  const words = value === null ? '–' : typeof value === 'number' ? formatNumber(value) : value;
  return (
    <div className={tone === undefined ? 'wall-big' : `wall-big wall-big-${tone}`}>
      <span>{name}</span>
      <b className={typeof value === 'string' ? 'wall-words' : undefined}>
        <ChartLink href={value === null ? undefined : href} aria-label={t.open(name, words)}>
          {words}
        </ChartLink>
      </b>
      {note !== undefined && <small>{note}</small>}
    </div>
  );
}

export interface WallRow {
  key: string;
  href: string;
  /** Before the words: priority, colour. */
  mark?: ReactNode;
  words: string;
  note?: ReactNode;
}

const rowEm = 1.7;

/** As many rows as there is room for, never half of one; how many more there are is the last. */
export function WallRows({ rows, none, more }: { rows: readonly WallRow[]; none: string; more: string }) {
  const t = useText(screen);
  const ref = useRef<HTMLDivElement>(null);
  const { height, em } = useBox(ref);
  const room = Math.max(1, Math.floor(height / (em * rowEm)));
  const fit = rows.length <= room ? rows.length : Math.max(1, room - 1);
  return (
    <div ref={ref} className="wall-rows">
      {rows.length === 0 ? (
        <p className="widget-calm">
          <Icon name="check" size="1.4em" />
          {none}
        </p>
      ) : (
        <ul>
          {rows.slice(0, fit).map(({ key, href, mark, words, note }) => (
            <li key={key}>
              <ChartLink href={href}>
                {mark}
                <span className="wall-row-words">{words}</span>
                {note !== undefined && <span className="wall-row-note">{note}</span>}
              </ChartLink>
            </li>
          ))}
          {rows.length > fit && (
            <li className="wall-row-more">
              <ChartLink href={more}>{t.more(rows.length - fit)}</ChartLink>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
