import type { TaskStatus } from '#contract/events-words.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { ShapeMark, type Shape } from './ShapeMark.tsx';

/** Open, half, full and ticked as a task comes forward; other shapes for those that ended beside the road. */
const shapes: Record<TaskStatus, Shape> = {
  offered: { path: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2m0 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8', tone: '--amber' },
  accepted: { path: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2m0 2v8a4 4 0 0 1 0-8', tone: '--river' },
  on_site: {
    path: 'M8 1a5 5 0 0 1 5 5c0 4-5 9-5 9S3 10 3 6a5 5 0 0 1 5-5m0 3a2 2 0 1 0 0 4 2 2 0 0 0 0-4',
    tone: '--leaf',
  },
  done: { path: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M7 11L4 8l1.2-1.2L7 8.6l3.8-3.8L12 6z', tone: '--leaf' },
  returned: { path: 'M7 2v4h3a4 4 0 0 1 0 8H5v-2h5a2 2 0 0 0 0-4H7v4L1 7z', tone: '--seal' },
  waived: { path: 'M2 7h12v2H2z', tone: '--ink-soft' },
  withdrawn: { path: 'M4 2.5L8 6.5l4-4L13.5 4l-4 4 4 4-1.5 1.5-4-4-4 4L2.5 12l4-4-4-4z', tone: '--ink-soft' },
};

/** How far a unit's task is: shape, colour and word. */
export function TaskMark({ status }: { status: TaskStatus }) {
  const t = useText(words);
  return <ShapeMark shape={shapes[status]} words={t.taskStatus[status]} />;
}
