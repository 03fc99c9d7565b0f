import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '#kit/random.ts';
import type { DeviceMessage } from './intake.ts';
import { createSensingWorld, type SensingWorld } from './sensing.fixture.ts';

/** What the stream is made of; shares of all messages. */
const total = 100_000;
const shares = { duplicate: 0.2, reordered: 0.3, late: 0.05, future: 0.02 };
const batch = 1000;
const second = 1000;
const kinds = ['smoke', 'temperature'] as const;

interface Made {
  device: number;
  seq: number;
  kind: (typeof kinds)[number];
  active: boolean;
  claimedMs: number;
}

let world: SensingWorld;
let devices: { id: string; code: string }[];
beforeAll(async () => {
  world = await createSensingWorld();
  devices = [];
  for (let index = 0; index < 40; index++) devices.push(await world.addDevice());
});
afterAll(() => world.close());

/** Devices that turn now and then, then a stream with all that radio does to it. `startMs`: the first is measured then. */
function makeStream(startMs: number): Made[] {
  const rng = seededRandom(41);
  const state = new Map<string, boolean>();
  const unique = Math.round(total / (1 + shares.duplicate));
  const made = Array.from({ length: unique }, (_, index): Made => {
    const device = Math.floor(rng() * devices.length);
    const kind = kinds[index % kinds.length] ?? 'smoke';
    const key = `${device} ${kind}`;
    const active = rng() < 0.03 ? state.get(key) !== true : state.get(key) === true;
    state.set(key, active);
    const atMs = startMs + index * 10;
    const claimedMs = rng() < shares.future ? atMs + 3_600_000 : atMs;
    return { device, seq: index, kind, active, claimedMs };
  });
  const places = made.map((one, index) => {
    const shift = rng();
    if (shift < shares.late) return { one, place: index + rng() * 20_000 };
    return { one, place: shift < shares.late + shares.reordered ? index + (rng() - 0.5) * 200 : index };
  });
  const again = places
    .filter(() => rng() < shares.duplicate)
    .map(({ one, place }) => ({ one, place: place + rng() * 5000 }));
  return [...places, ...again].toSorted((a, b) => a.place - b.place).map(({ one }) => one);
}

/** The oracle: the unique messages as they were first received, sorted, folded. It shares no code with the program. */
function fold(received: readonly { made: Made; receivedMs: number }[]): Map<string, boolean> {
  const first = new Map<string, { made: Made; at: number }>();
  for (const { made, receivedMs } of received) {
    const name = `${made.device} ${made.seq}`;
    const at = made.claimedMs > receivedMs + 300_000 ? receivedMs : made.claimedMs;
    if (!first.has(name)) first.set(name, { made, at });
  }
  const final = new Map<string, boolean>();
  const sorted = [...first.values()].sort((a, b) => a.at - b.at || a.made.seq - b.made.seq);
  for (const { made } of sorted) final.set(`${devices[made.device]?.id} ${made.kind}`, made.active);
  return final;
}

describe('100,000 messages with all that radio does to them', () => {
  it('end where the sorted set of unique messages ends, with exactly one open alarm where one is active', async () => {
    const startMs = world.clock.now();
    const stream = makeStream(startMs);
    const received: { made: Made; receivedMs: number }[] = [];
    const verdicts = { taken: 0, duplicate: 0, refused: 0 };
    for (let from = 0; from < stream.length; from += batch) {
      const nowMs = startMs + from * 8 + second;
      world.clock.set(nowMs);
      const messages = stream.slice(from, from + batch).map((made): DeviceMessage => {
        received.push({ made, receivedMs: nowMs });
        const { id = '', code = '' } = devices[made.device] ?? {};
        const { seq, kind, active } = made;
        const text = {
          boot: 'b',
          seq,
          at: new Date(made.claimedMs).toISOString(),
          kind,
          state: active ? 'active' : 'normal',
        };
        return {
          deviceId: id,
          deviceCode: code,
          topic: 'alarm',
          body: Buffer.from(JSON.stringify(text)),
          receivedMs: nowMs,
        };
      });
      for (const verdict of await world.sensing.intake.receive(messages)) verdicts[verdict] += 1;
    }
    const unique = new Set(stream.map(({ seq }) => seq)).size;
    expect(stream.length).toBeGreaterThan(total * 0.98);
    expect(verdicts).toEqual({ taken: unique, duplicate: stream.length - unique, refused: 0 });

    const oracle = fold(received);
    const words = await world.owner.query<{ pair: string; active: boolean }>(
      "select substr(subject, 3) || ' ' || kind as pair, active from alarm_signal where source = 'message'",
    );
    expect(new Map(words.rows.map(({ pair, active }) => [pair, active]))).toEqual(oracle);
    const open = await world.owner.query<{ pair: string; n: number }>(
      "select device_id || ' ' || kind as pair, count(*)::int as n from alarm where cleared_at is null group by 1 order by 1",
    );
    const expected = [...oracle].flatMap(([pair, active]) => (active ? [{ pair, n: 1 }] : []));
    expect(open.rows).toEqual(expected.toSorted((a, b) => (a.pair < b.pair ? -1 : 1)));
    expect(expected.length).toBeGreaterThan(5);
    const flagged = await world.owner.query<{ n: number }>(
      'select count(*)::int as n from device_message where clock_wrong',
    );
    expect(flagged.rows[0]?.n).toBeGreaterThan(1000);
    const lines = await world.owner.query<{ action: string; n: number }>(
      "select action, count(*)::int as n from ledger_entry where action like 'alarm.%' group by 1",
    );
    const alarms = await world.owner.query<{ n: number }>('select count(*)::int as n from alarm');
    expect(lines.rows.find(({ action }) => action === 'alarm.raise')?.n).toBe(alarms.rows[0]?.n);
  }, 180_000);
});
