import type { FeedItem } from '../queries.ts';

/** Lines of the room; those that say one limit has run as far for several tasks, one after another, are one. */
export interface Gathered {
  item: FeedItem;
  /** Tasks whose limit it is; empty where the limit is the event's own. */
  taskIds: readonly string[];
}

export function gathered(feed: readonly FeedItem[]): Gathered[] {
  const lines: { item: FeedItem; taskIds: string[] }[] = [];
  for (const item of feed) {
    const { taskId } = item.data;
    const tasks = item.verb === 'escalate_clock' && typeof taskId === 'string' ? [taskId] : [];
    const before = lines.at(-1);
    if (tasks.length > 0 && before !== undefined && before.taskIds.length > 0 && alike(before.item, item))
      before.taskIds.push(...tasks);
    else lines.push({ item, taskIds: tasks });
  }
  return lines;
}

const alike = (a: FeedItem, b: FeedItem): boolean =>
  a.data['step'] === b.data['step'] && a.data['mark'] === b.data['mark'];
