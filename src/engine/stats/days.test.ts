import { describe, expect, it } from 'vitest';
import { seededRandom } from '#kit/random.ts';
import { anomalies, type AnomalyOptions } from './anomaly.ts';
import { dayKinds } from './day-kinds.ts';
import { dayFactors, expectedOn, fitDays } from './day-model.ts';
import { drawnCount, drawnDays, plainKinds } from './draws.fixture.ts';
import { forecastWeek } from './forecast.ts';
import { yearSeason } from './year-season.ts';

const usual: AnomalyOptions = { halfLifeDays: 56, minDays: 56, minCases: 4, share: 0.95 };
const dayCount = 26 * 7;

describe('kinds of days', () => {
  it('know weekdays, public holidays and weekend days worked in exchange', () => {
    const days = new Map([
      ['2026-10-01', { kind: 'rest' as const }],
      ['2026-10-10', { kind: 'work' as const }],
      ['2026-10-12', { kind: 'work' as const }],
    ]);
    const kinds = dayKinds({ days }, '2026-09-30', 14);
    expect([...kinds]).toEqual([2, 7, 4, 5, 6, 0, 1, 2, 3, 4, 8, 6, 0, 1]);
  });
});

describe('the day model', () => {
  it('finds level, Mondays, and no slope where there is none', () => {
    const counts = drawnDays(seededRandom(1), dayCount, { mean: 20 });
    const model = fitDays({ counts, kinds: plainKinds(dayCount) }, 56)!;
    expect(model.factors[0]! / model.factors[6]!).toBeGreaterThan(1.5);
    const week = [0, 1, 2, 3, 4, 5, 6].map((k) => expectedOn(model, { kinds: plainKinds(dayCount + 7) }, dayCount + k));
    [26, 22, 20, 20, 22, 16, 14].forEach((right, k) => expect(Math.abs(week[k]! - right)).toBeLessThan(3));
    expect(model.slope).toBe(0);
    expect(model.dispersion).toBeLessThan(1.4);
  });

  it('follows growth of 1 % a day', () => {
    const counts = drawnDays(seededRandom(2), dayCount, { mean: 60, growth: 0.01 });
    const model = fitDays({ counts, kinds: plainKinds(dayCount) }, 56)!;
    expect(model.slope).toBeCloseTo(0.01, 2);
    expect(model.level).toBeGreaterThan(50);
    expect(model.level).toBeLessThan(70);
  });

  it('is not moved by a week of ten times as many', () => {
    const counts = drawnDays(seededRandom(3), dayCount, { mean: 20 });
    const strange = counts.map((one, day) => (day >= 160 && day < 165 ? one * 10 : one));
    const calm = fitDays({ counts, kinds: plainKinds(dayCount) }, 56)!;
    const moved = fitDays({ counts: strange, kinds: plainKinds(dayCount) }, 56)!;
    expect(moved.level / calm.level).toBeLessThan(1.25);
  });

  it('takes the word of the whole where a series has few cases of its own', () => {
    const kinds = plainKinds(dayCount);
    const pool = dayFactors({ counts: drawnDays(seededRandom(4), dayCount, { mean: 200 }), kinds });
    const few = Float64Array.from({ length: dayCount }, (_, day) => (day % 60 === 3 ? 1 : 0));
    const factors = dayFactors({ counts: few, kinds, pool });
    expect(factors[0]! / factors[6]!).toBeGreaterThan(1.4);
    expect(pool[7]).toBe(pool[6]); // no holiday seen yet: like a Sunday
    expect(pool[8]! / pool[1]!).toBeCloseTo(1, 1); // nor a worked Saturday: like a working day
  });

  it('says nothing of a history without cases', () => {
    expect(fitDays({ counts: new Float64Array(60), kinds: plainKinds(60) }, 56)).toBeUndefined();
    expect(fitDays({ counts: [], kinds: [] }, 56)).toBeUndefined();
  });
});

describe('the season of the year', () => {
  it('is found from two years and carried on, and not from one', () => {
    const wave = (day: number) => 1 + 0.5 * Math.sin((2 * Math.PI * day) / 365.2425);
    const rng = seededRandom(5);
    const counts = Float64Array.from({ length: 800 }, (_, day) => drawnCount(rng, 40 * wave(day)));
    const season = yearSeason(counts, 0, 830)!;
    for (let day = 0; day < 830; day += 10) expect(Math.abs(season[day]! - wave(day))).toBeLessThan(0.12);
    expect(yearSeason(counts.slice(0, 700), 0, 730)).toBeUndefined();
    expect(yearSeason(new Float64Array(800), 0, 800)).toBeUndefined();
  });
});

describe('anomalies', () => {
  const kinds = plainKinds(dayCount);

  it('of a thousand quiet series give few alarms: p is honest and the correction holds', () => {
    const rng = seededRandom(6);
    const series = Array.from({ length: 1000 }, (_, k) => ({
      counts: drawnDays(rng, dayCount, { mean: 1 + (k % 20), dispersion: 1 + (k % 3) * 0.7 }),
      kinds,
    }));
    const found = anomalies(series, usual);
    const below = (limit: number) => found.filter(({ p }) => p <= limit).length / found.length;
    expect(below(0.01)).toBeLessThan(0.02);
    expect(below(0.1)).toBeGreaterThan(0.02);
    expect(below(0.1)).toBeLessThan(0.13);
    expect(found.filter(({ q }) => q <= 0.05).length).toBeLessThanOrEqual(1);
    const inside = found.filter(({ seen, low, high }) => seen >= low && seen <= high).length / found.length;
    expect(inside).toBeGreaterThan(0.93);
  });

  it('find the one series in two hundred that tripled, and the one that fell silent', () => {
    const rng = seededRandom(7);
    const series = Array.from({ length: 200 }, (_, k) => {
      const counts = drawnDays(rng, dayCount, { mean: k === 90 ? 40 : 12, dispersion: 1.3 });
      if (k === 17) counts[dayCount - 1] = 34;
      if (k === 90) counts[dayCount - 1] = 0;
      return { counts, kinds };
    });
    const found = anomalies(series, usual);
    const alarms = found.flatMap(({ q }, k) => (q <= 0.05 ? [k] : []));
    expect(alarms).toEqual([17, 90]);
    expect(found[17]).toMatchObject({ side: 'more', seen: 34 });
    expect(found[17]!.seen / found[17]!.expected).toBeGreaterThan(2.5);
    expect(found[17]!.high).toBeLessThan(34);
    expect(found[90]).toMatchObject({ side: 'fewer', seen: 0 });
  });

  it('do not take a Monday for news, nor a holiday when it is known to be one', () => {
    const counts = drawnDays(seededRandom(8), dayCount + 1, { mean: 20 });
    const known = plainKinds(dayCount + 1); // its last day is a Monday
    counts[dayCount] = 27;
    expect(anomalies([{ counts, kinds: known }], usual)[0]!.p).toBeGreaterThan(0.1);
    counts[dayCount] = 14;
    expect(anomalies([{ counts, kinds: known }], usual)[0]!.p).toBeLessThan(0.05);
    known[dayCount] = 7;
    expect(anomalies([{ counts, kinds: known }], usual)[0]!.p).toBeGreaterThan(0.2);
  });

  it('say that there is too little to go by', () => {
    const short = { counts: drawnDays(seededRandom(9), 40, { mean: 10 }), kinds };
    const rare = { counts: Float64Array.from({ length: dayCount }, (_, day) => Number(day === 3)), kinds };
    for (const finding of anomalies([short, rare], usual)) {
      expect(finding.expected).toBeNaN();
      expect(finding.q).toBeNaN();
    }
  });
});

describe('the forecast of a week', () => {
  it('holds 80 % of days of held-out weeks between its limits, and errs less than the same day last week', () => {
    const rng = seededRandom(10);
    let [inside, days, error, naive, promised] = [0, 0, 0, 0, 0];
    for (let k = 0; k < 60; k++) {
      const whole = drawnDays(rng, dayCount + 7, { mean: 4 + (k % 10) * 5, dispersion: 1 + (k % 4) * 0.6 });
      const kinds = plainKinds(dayCount + 7);
      const forecast = forecastWeek({ counts: whole.slice(0, dayCount), kinds })!;
      promised += forecast.trial.covered / 60;
      forecast.days.forEach(({ expected, low, high }, day) => {
        const seen = whole[dayCount + day]!;
        inside += seen >= low && seen <= high ? 1 : 0;
        error += Math.abs(seen - expected);
        naive += Math.abs(seen - whole[dayCount + day - 7]!);
        days++;
      });
    }
    expect(inside / days).toBeGreaterThan(0.78);
    expect(inside / days).toBeLessThan(0.9); // counts jump: the interval may hold a little more than asked
    expect(Math.abs(inside / days - promised)).toBeLessThan(0.07);
    expect(error / naive).toBeLessThan(0.8);
  });

  it('is made of the days before only: what comes later changes nothing', () => {
    const counts = drawnDays(seededRandom(11), dayCount, { mean: 15 });
    const kinds = plainKinds(dayCount + 7);
    const once = forecastWeek({ counts, kinds });
    expect(forecastWeek({ counts: counts.slice(), kinds })).toEqual(once);
    expect(once!.days).toHaveLength(7);
    expect(once!.trial.weeks).toBe(8);
    expect(once!.days[0]!.expected).toBeGreaterThan(once!.days[6]!.expected);
  });

  it('is refused for a short history', () => {
    expect(
      forecastWeek({ counts: drawnDays(seededRandom(12), 80, { mean: 15 }), kinds: plainKinds(87) }),
    ).toBeUndefined();
    expect(forecastWeek({ counts: new Float64Array(dayCount), kinds: plainKinds(dayCount + 7) })).toBeUndefined();
  });
});
