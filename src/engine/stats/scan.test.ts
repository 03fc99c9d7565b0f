import { describe, expect, it } from 'vitest';
import { seededRandom } from '#kit/random.ts';
import { drawnCount } from './draws.fixture.ts';
import { nearestOnes } from './neighbours.ts';
import { logRatio, scan, type SpaceTime } from './scan.ts';

const side = 12;
const days = 30;
const x = Float64Array.from({ length: side * side }, (_, k) => (k % side) * 100 + (k % 7) / 10);
const y = Float64Array.from({ length: side * side }, (_, k) => Math.floor(k / side) * 100 + (k % 5) / 10);
const circles = nearestOnes(x, y, 15);

function town(seed: number, more: (place: number, day: number) => number = () => 1): SpaceTime {
  const rng = seededRandom(seed);
  const usual = (place: number) => 0.1 + (place % 4) / 10;
  const fill = (value: (place: number, day: number) => number) =>
    Float64Array.from({ length: side * side * days }, (_, k) => value(Math.floor(k / days), k % days));
  return {
    days,
    counts: fill((place, day) => drawnCount(rng, usual(place) * more(place, day))),
    expected: fill((place) => usual(place)),
  };
}

const look = { circles, maxDays: 7, draws: 199 };

describe('the space–time scan', () => {
  it('measures strength as Kulldorff does', () => {
    // 20 of 100 where 10 were likely: 20 ln 2 + 80 ln (80/90) = 4.4402.
    expect(logRatio(20, 10, 100)).toBeCloseTo(20 * Math.log(2) + 80 * Math.log(80 / 90), 12);
    expect(logRatio(20, 10, 100)).toBeCloseTo(4.4403, 3);
    expect(logRatio(10, 20, 100)).toBe(0);
    expect(logRatio(100, 10, 100)).toBeCloseTo(100 * Math.log(10), 9);
  });

  it('finds two planted clusters apart, where and when they are, the stronger first', () => {
    const one = (place: number) => Math.hypot(x[place]! - 300, y[place]! - 300) < 110;
    const two = (place: number) => Math.hypot(x[place]! - 900, y[place]! - 900) < 110;
    const planted = town(4, (place, day) => (one(place) && day >= 26 ? 8 : two(place) && day >= 27 ? 7 : 1));
    const [first, second] = scan(planted, { ...look, rng: seededRandom(1) });
    expect(first).toMatchObject({ p: 0.005 });
    expect(second!.p).toBeLessThanOrEqual(0.05);
    expect(first!.places.filter(one).length).toBeGreaterThanOrEqual(4);
    expect(second!.places.filter(two).length).toBeGreaterThanOrEqual(4);
    expect(first!.days).toBeGreaterThanOrEqual(3);
    expect(first!.days).toBeLessThanOrEqual(5);
    expect(first!.risk).toBeGreaterThan(3);
    expect(first!.places.some((place) => second!.places.includes(place))).toBe(false);
    expect(first!.llr).toBeGreaterThanOrEqual(second!.llr);
  });

  it('agrees with looking at every cylinder one by one', () => {
    const random = town(9, (place, day) => (place === 70 && day > 27 ? 30 : 1));
    const whole = random.counts as Float64Array;
    const total = whole.reduce((a, b) => a + b, 0);
    const scale = total / (random.expected as Float64Array).reduce((a, b) => a + b, 0);
    let best = 0;
    for (let centre = 0; centre < side * side; centre++)
      for (let size = 1; size <= 15; size++)
        for (let back = 1; back <= 7; back++) {
          const inside = circles.other.subarray(circles.first[centre], circles.first[centre]! + size);
          let [c, e] = [0, 0];
          for (const place of inside)
            for (let day = days - back; day < days; day++) {
              c += whole[place * days + day]!;
              e += random.expected[place * days + day]! * scale;
            }
          if (c >= 3 && e <= total / 2) best = Math.max(best, logRatio(c, e, total));
        }
    const [strongest] = scan(random, { ...look, rng: seededRandom(1) });
    expect(strongest!.llr).toBeCloseTo(best, 9);
    expect(strongest!.places).toContain(70);
  });

  it('of random towns alarms one in twenty', () => {
    let alarms = 0;
    for (let seed = 100; seed < 130; seed++) {
      const found = scan(town(seed), { ...look, draws: 99, rng: seededRandom(seed) });
      if ((found[0]?.p ?? 1) <= 0.05) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(5); // 30 towns at 5 %: 1.5 expected, more than 5 once in 200 tests
  });

  it('gives the same answer for the same seed, and none for nothing', () => {
    const random = town(2, (place, day) => (place < 5 && day > 26 ? 4 : 1));
    expect(scan(random, { ...look, rng: seededRandom(7) })).toEqual(scan(random, { ...look, rng: seededRandom(7) }));
    const nothing = new Float64Array(side * side * days);
    expect(scan({ ...random, counts: nothing }, { ...look, rng: seededRandom(7) })).toEqual([]);
    expect(scan({ ...random, expected: nothing }, { ...look, rng: seededRandom(7) })).toEqual([]);
  });
});
