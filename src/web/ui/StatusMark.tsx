import type { EventStatus } from '#contract/events-words.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { ShapeMark, type Shape } from './ShapeMark.tsx';

/** Empty, half and full rounds as a matter comes forward; other shapes for those beside the road. */
const shapes: Record<EventStatus, Shape> = {
  reported: { path: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2m0 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8', tone: '--amber' },
  verifying: { path: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2m0 2v8a4 4 0 0 1 0-8', tone: '--amber' },
  filed: { path: 'M2 2h12v12H2zm2 2v8h8V4z', tone: '--river' },
  dispatched: { path: 'M2 3l12 5-12 5 3-5z', tone: '--river' },
  handling: { path: 'M8 1l7 7-7 7-7-7z', tone: '--leaf' },
  checking: { path: 'M8 1l7 7-7 7-7-7zm0 3L4 8l4 4z', tone: '--leaf' },
  closed: { path: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M7 11L4 8l1.2-1.2L7 8.6l3.8-3.8L12 6z', tone: '--leaf' },
  declined: { path: 'M4 2.5L8 6.5l4-4L13.5 4l-4 4 4 4-1.5 1.5-4-4-4 4L2.5 12l4-4-4-4z', tone: '--ink-soft' },
  shelved: { path: 'M4 2h3v12H4zm5 0h3v12H9z', tone: '--ink-soft' },
  merged: { path: 'M3 2l5 5 5-5v4L9 10v4H7v-4L3 6z', tone: '--ink-soft' },
  cancelled: { path: 'M2 7h12v2H2z', tone: '--ink-soft' },
};

/** Status as shape, colour and word. */
export function StatusMark({ status }: { status: EventStatus }) {
  const t = useText(words);
  return <ShapeMark shape={shapes[status]} words={t.status[status]} />;
}
