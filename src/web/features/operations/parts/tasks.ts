import type { TaskStatus } from '#contract/events-words.ts';

/** Nothing more is expected of the unit. */
const settled: readonly TaskStatus[] = ['done', 'waived'];
/** The unit is not, or no longer, part of it. */
const gone: readonly TaskStatus[] = ['returned', 'withdrawn'];

interface TaskLike {
  part: 'lead' | 'assist';
  status: TaskStatus;
}

/** How many units have finished or were let off, of those that take part. */
export function progressOf(tasks: readonly TaskLike[]): { done: number; total: number } {
  const there = tasks.filter((task) => !gone.includes(task.status));
  return { done: there.filter((task) => settled.includes(task.status)).length, total: there.length };
}

export function isOpen(task: TaskLike): boolean {
  return !settled.includes(task.status) && !gone.includes(task.status);
}

/** The lead first, then those at work, then those that have ended; each as they were invited. */
export function inOrder<T extends TaskLike>(tasks: readonly T[]): T[] {
  const rank = (task: TaskLike): number =>
    gone.includes(task.status) ? 3 : task.part === 'lead' ? 0 : settled.includes(task.status) ? 2 : 1;
  return tasks.toSorted((a, b) => rank(a) - rank(b));
}
