import { describe, expect, it } from 'vitest';
import type { FeedItem } from '../queries.ts';
import { gathered } from './gathered.ts';

const line = (id: string, verb: FeedItem['verb'], data: Record<string, unknown>): FeedItem => ({
  id,
  at: '2026-06-03T00:00:00.000Z',
  kind: 'event',
  verb,
  by: { accountName: null, unitName: null, linkName: null } as unknown as FeedItem['by'],
  words: '',
  data,
  attachments: [],
});

describe('lines of the room', () => {
  it('are one where the same limit has run as far for several tasks in a row', () => {
    const feed = [
      line('1', 'escalate_clock', { step: 'receive', mark: 80, taskId: null }),
      line('2', 'escalate_clock', { step: 'accept', mark: 80, taskId: 'a' }),
      line('3', 'escalate_clock', { step: 'accept', mark: 80, taskId: 'b' }),
      line('4', 'note', { taskId: 'a' }),
      line('5', 'escalate_clock', { step: 'accept', mark: 80, taskId: 'c' }),
      line('6', 'escalate_clock', { step: 'accept', mark: 100, taskId: 'c' }),
    ];
    expect(gathered(feed).map(({ item, taskIds }) => [item.id, ...taskIds])).toEqual([
      ['1'],
      ['2', 'a', 'b'],
      ['4'],
      ['5', 'c'],
      ['6', 'c'],
    ]);
  });
});
