import { describe, expect, it } from 'vitest';
import { chooseRinging, isMuted, longestMuteOfP0, muteChangesAt, notMuted, repeats, type Ringing } from './choice.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
const none = new Set<string>();

function alarm(id: string, priority: number, secondsAgo = 1, acknowledged = false): Ringing {
  return { id, priority, raisedAt: new Date(now - secondsAgo * 1000).toISOString(), acknowledged };
}

describe('which alarm is heard', () => {
  it('is the most urgent, then the newest; acknowledged ones are quiet', () => {
    const alarms = [alarm('p1', 1), alarm('old', 0, 900), alarm('new', 0, 5), alarm('done', 0, 1, true)];
    expect(chooseRinging(alarms, none, notMuted, now)?.id).toBe('new');
    expect(chooseRinging([alarm('done', 0, 1, true)], none, notMuted, now)).toBeNull();
  });

  it('P0 and P1 go on however old; P2 to P4 sound once, and only as news', () => {
    expect(chooseRinging([alarm('a', 1, 9_999)], new Set(['a']), notMuted, now)?.id).toBe('a');
    expect(chooseRinging([alarm('a', 2)], none, notMuted, now)?.id).toBe('a');
    expect(chooseRinging([alarm('a', 2)], new Set(['a']), notMuted, now)).toBeNull();
    expect(chooseRinging([alarm('a', 3, 61)], none, notMuted, now)).toBeNull();
  });

  it('a call is heard once even as P1, and no longer than it is news', () => {
    const call = (secondsAgo: number): Ringing => ({ ...alarm('event', 1, secondsAgo), once: true });
    expect([repeats(call(1)), repeats(alarm('a', 1))]).toEqual([false, true]);
    expect(chooseRinging([call(1), alarm('a', 1, 30)], none, notMuted, now)?.id).toBe('event');
    expect(chooseRinging([call(1), alarm('a', 0, 30)], none, notMuted, now)?.id).toBe('a');
    expect(chooseRinging([call(1)], new Set(['event']), notMuted, now)).toBeNull();
    expect(chooseRinging([call(61)], none, notMuted, now)).toBeNull();
    expect(chooseRinging([call(1)], none, { from: now, until: null }, now)).toBeNull();
  });

  it('when the loud one is acknowledged, the next is heard', () => {
    const alarms = [alarm('a', 0, 1, true), alarm('b', 2)];
    expect(chooseRinging(alarms, none, notMuted, now)?.id).toBe('b');
  });
});

describe('muting', () => {
  const forever = { from: now, until: null };
  it('silences everything at once, but P0 for ten minutes at most', () => {
    expect(isMuted(0, forever, now)).toBe(true);
    expect(isMuted(0, forever, now + longestMuteOfP0 - 1)).toBe(true);
    expect(isMuted(0, forever, now + longestMuteOfP0)).toBe(false);
    expect(isMuted(1, forever, now + 100 * longestMuteOfP0)).toBe(true);
    expect(chooseRinging([alarm('a', 0), alarm('b', 1)], none, forever, now)).toBeNull();
    expect(chooseRinging([alarm('a', 0)], none, forever, now + longestMuteOfP0)?.id).toBe('a');
  });

  it('ends at its time', () => {
    const minute = { from: now, until: now + 60_000 };
    expect([isMuted(2, minute, now + 59_999), isMuted(2, minute, now + 60_000)]).toEqual([true, false]);
    expect(isMuted(2, notMuted, now)).toBe(false);
  });

  it('tells when it next changes by itself', () => {
    expect(muteChangesAt(forever, now)).toBe(now + longestMuteOfP0);
    expect(muteChangesAt(forever, now + longestMuteOfP0)).toBeNull();
    expect(muteChangesAt({ from: now, until: now + 60_000 }, now)).toBe(now + 60_000);
    expect(muteChangesAt(notMuted, now)).toBeNull();
  });
});
