import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { formatDuration, formatRoughly, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import type { ClockFace, ClockTone } from './clock-face.ts';

/** Shapes tell the tone without colour: round, filled triangle, filled octagon, two bars, tick. */
const shapes: Record<ClockTone, string> = {
  calm: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2m0 1.6a4.4 4.4 0 1 1 0 8.8 4.4 4.4 0 0 1 0-8.8M7.3 5v3.4l2.6 1.6.7-1.2-1.9-1.1V5z',
  soon: 'M8 1.5 15 14H1zM7.2 6v4h1.6V6zm0 5v1.5h1.6V11z',
  late: 'M5 1h6l4 4v6l-4 4H5l-4-4V5zm2.2 3v5h1.6V4zm0 6.2V12h1.6v-1.8z',
  paused: 'M4 3h3v10H4zm5 0h3v10H9z',
  stopped: 'M6.5 12.5 2 8l1.4-1.4 3.1 3.1 6.1-6.1L14 5z',
  open: 'M3 7h10v2H3z',
};

/** What is left of a limit, or how far it is passed: shape, colour and words. Compact: its largest unit alone. */
export function DueClock({
  face,
  dueAt,
  compact = false,
}: {
  face: ClockFace;
  dueAt: string | null;
  compact?: boolean;
}) {
  const t = useText(desk).clock;
  const lang = languageChoice.use();
  const left = face.leftMs === null ? null : (compact ? formatRoughly : formatDuration)(face.leftMs, lang);
  const words =
    face.tone === 'paused'
      ? t.paused
      : left === null
        ? t.none
        : (face.leftMs ?? 0) < 0
          ? t.over(left)
          : compact
            ? left
            : t.left(left);
  const spoken = face.tone === 'soon' ? t.soon : face.tone === 'late' ? t.late : '';
  return (
    <span
      className={`due due-${face.tone}`}
      title={dueAt === null ? undefined : `${t.limit} ${formatTime(dueAt, lang)}`}
    >
      <svg width="13" height="13" viewBox="0 0 16 16" fill="currentColor" fillRule="evenodd" aria-hidden="true">
        <path d={shapes[face.tone]} />
      </svg>
      {spoken !== '' && <span className="visually-hidden">{spoken} </span>}
      {words}
    </span>
  );
}
