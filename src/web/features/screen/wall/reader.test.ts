import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WidgetCode } from '#contract/screens-layout.ts';
import { isNight, minuteOfDay } from './look.ts';
import { msUntil } from './keep-alive.ts';
import { createReader, type ReaderView } from './reader.ts';
import { sourceOf } from './source.ts';

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-06-15T02:00:00Z') }));
afterEach(() => void vi.useRealTimers());

/** A server that tells how often each widget was asked, and can be away. */
function wall(codes: readonly WidgetCode[]) {
  const asked: WidgetCode[][] = [];
  const server = { away: false, missing: [] as WidgetCode[], running: 0, most: 0 };
  let view: ReaderView = { known: new Map(), error: null };
  const reader = createReader({
    codes,
    onView: (next) => void (view = next),
    async read(wanted) {
      asked.push([...wanted]);
      server.most = Math.max(server.most, ++server.running);
      await new Promise((done) => setTimeout(done, 50));
      server.running--;
      if (server.away) throw new Error('away');
      return {
        widgets: Object.fromEntries(
          wanted.map((code) => [code, server.missing.includes(code) ? null : { data: asked.length }]),
        ),
      };
    },
  });
  return { reader, server, asked, view: () => view };
}

describe('a wall that reads for ever', () => {
  it('reads what moves fast every quarter of a minute, what moves slowly once a minute', async () => {
    const { asked, reader } = wall(['today', 'force']);
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    expect(asked.filter((codes) => codes.includes('today')).length).toBeGreaterThanOrEqual(19);
    expect(asked.filter((codes) => codes.includes('force')).length).toBeLessThanOrEqual(6);
    reader.stop();
    const before = asked.length;
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    expect(asked).toHaveLength(before);
  });

  it('keeps its numbers and how old they are while the server is away, and never stops asking', async () => {
    const { asked, server, view, reader } = wall(['today']);
    await vi.advanceTimersByTimeAsync(100);
    const told = view().known.get('today');
    expect(told).toMatchObject({ data: 1 });
    server.away = true;
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    expect(view().error).toBeInstanceOf(Error);
    expect(view().known.get('today')).toEqual(told);
    // Half a minute at most between two tries.
    expect(asked.length).toBeGreaterThan(115);
    server.away = false;
    await vi.advanceTimersByTimeAsync(31_000);
    expect(view().error).toBeNull();
    expect(view().known.get('today')?.atMs).toBeGreaterThan(told?.atMs ?? 0);
    reader.stop();
  });

  it('reads a burst of changes once, and again when the figures have caught up; never two at once', async () => {
    const { asked, server, reader } = wall(['today']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(1);
    for (let k = 0; k < 200; k++) {
      reader.poke();
      await vi.advanceTimersByTimeAsync(4);
    }
    await vi.advanceTimersByTimeAsync(7_000);
    expect(asked).toHaveLength(3);
    expect(server.most).toBe(1);
    reader.stop();
  });

  it('keeps what it knew of a widget that cannot be told just now, and its age', async () => {
    const { server, view, reader } = wall(['today', 'flow']);
    await vi.advanceTimersByTimeAsync(100);
    const told = view().known.get('flow');
    server.missing = ['flow'];
    await vi.advanceTimersByTimeAsync(16_000);
    expect(view().known.get('flow')).toEqual(told);
    expect(view().known.get('today')?.data).toBe(2);
    reader.stop();
  });
});

describe('day and night, and the daily reload', () => {
  const rules = { dayFromMinute: 420, nightFromMinute: 1110, staleS: 90, slowStaleS: 240, reloadMinute: 250 };

  it('follow the clock of Shanghai', () => {
    const at = (clock: string): number => Date.parse(`2026-06-15T${clock}:00+08:00`);
    expect(minuteOfDay(at('00:00'))).toBe(0);
    expect(minuteOfDay(at('23:59'))).toBe(1439);
    expect([at('06:59'), at('07:00'), at('18:29'), at('18:30')].map((ms) => isNight(ms, rules))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(msUntil(250, at('04:09'))).toBe(60_000);
    expect(msUntil(250, at('04:10'))).toBe(24 * 3_600_000);
  });
});

describe('an address', () => {
  it('says whether somebody signs in here', () => {
    expect(sourceOf({ pathname: '/screen', search: '?area=500103004' })).toMatchObject({
      kiosk: false,
      livePath: '/api/live',
    });
    const secret = 'a'.repeat(32);
    expect(sourceOf({ pathname: `/screen/k/${secret}`, search: '' })).toMatchObject({
      kiosk: true,
      livePath: `/api/public/kiosk/${secret}/live`,
    });
  });
});
