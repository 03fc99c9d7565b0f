import { countInterval, countLaw } from './count-law.ts';
import { expectedOn, fitDays, varianceOf, type DayModel, type DaySeries } from './day-model.ts';

export interface DayForecast {
  expected: number;
  /** The counts between which `share` of such days fall. */
  low: number;
  high: number;
}

/** How the same method would have done on the weeks before, each forecast from the days before it only. */
export interface ForecastTrial {
  /** Weeks tried. */
  weeks: number;
  /** Part of the days that fell into their interval, 0 to 1. */
  covered: number;
  /** Mean absolute error in cases a day. */
  error: number;
  /** The same of "as many as on this day last week". */
  naiveError: number;
}

export interface Forecast {
  days: DayForecast[];
  trial: ForecastTrial;
}

export interface ForecastOptions {
  /** Share of days that the interval is to hold, 0 to 1. */
  share: number;
  /** Half-lives to choose from by their trial, days. */
  halfLives: readonly number[];
  /** Weeks to try the method on; at least 2. */
  trialWeeks: number;
  /** Fewest days before the first trial. */
  minDays: number;
}

const week = 7;
/** Usual ways of forecasting a week. */
export const usualForecast: ForecastOptions = { share: 0.8, halfLives: [14, 28, 56, 112], trialWeeks: 8, minDays: 56 };

/**
 * The next seven days, with intervals as wide as the trial weeks showed them to need be: the spread is the larger of what
 * the history's own fit says and what the forecasts of the trial weeks missed by. `kinds` must reach seven days beyond the
 * counts. Undefined where the history is shorter than `minDays` and the trial weeks, or holds no case.
 * O(days × trial weeks × half-lives).
 */
export function forecastWeek(series: DaySeries, options: ForecastOptions = usualForecast): Forecast | undefined {
  if (series.counts.length < options.minDays + options.trialWeeks * week) return undefined;
  const trials = options.halfLives.map((halfLife) => tryOut(series, halfLife, options));
  const best = trials.reduce((a, b) => (b.trial.error < a.trial.error ? b : a));
  const days = forecastFrom(series, best.halfLife, best.missed, options.share);
  return days === undefined ? undefined : { days, trial: best.trial };
}

interface Tried {
  halfLife: number;
  trial: ForecastTrial;
  /** Squared error over expectation, mean of all trial days. */
  missed: number;
}

function tryOut(series: DaySeries, halfLife: number, { share, trialWeeks }: ForecastOptions): Tried {
  let [inside, off, naive, missed, tried] = [0, 0, 0, 0, 0];
  for (let back = trialWeeks; back >= 1; back--) {
    const from = series.counts.length - back * week;
    const known = Float64Array.from({ length: from }, (_, day) => series.counts[day] as number);
    const ahead =
      forecastFrom({ ...series, counts: known }, halfLife, tried < 2 * week ? 0 : missed / tried, share) ?? [];
    ahead.forEach(({ expected, low, high }, k) => {
      const seen = series.counts[from + k] as number;
      inside += seen >= low && seen <= high ? 1 : 0;
      off += Math.abs(seen - expected);
      naive += Math.abs(seen - (series.counts[from + k - week] as number));
      missed += (seen - expected) ** 2 / Math.max(expected, 0.1);
    });
    tried += ahead.length;
  }
  const mean = (sum: number) => (tried === 0 ? NaN : sum / tried);
  const trial = { weeks: tried / week, covered: mean(inside), error: mean(off), naiveError: mean(naive) };
  return { halfLife, trial, missed: tried === 0 ? 0 : missed / tried };
}

/** Seven days from the end of the counts. `missed`: least variance over expectation to be assumed. */
function forecastFrom(series: DaySeries, halfLife: number, missed: number, share: number): DayForecast[] | undefined {
  const model = fitDays(series, halfLife);
  if (model === undefined) return undefined;
  return Array.from({ length: week }, (_, k) => {
    const expected = expectedOn(model, series, series.counts.length + k);
    return { expected, ...countInterval(countLaw(expected, spreadOf(model, expected, missed)), share) };
  });
}

function spreadOf(model: DayModel, expected: number, missed: number): number {
  return Math.max(varianceOf(model, expected), missed * expected);
}
