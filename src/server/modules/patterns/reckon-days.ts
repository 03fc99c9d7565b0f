import { anomalies, type AnomalyFinding, type AnomalyOptions } from '#engine/stats/anomaly.ts';
import { dayFactors } from '#engine/stats/day-model.ts';
import { forecastWeek, usualForecast, type Forecast } from '#engine/stats/forecast.ts';
import { yearSeason } from '#engine/stats/year-season.ts';

/** One series of daily counts; `pool` names the series (index) of the same kind in the whole district. */
export interface DayLine {
  counts: Float64Array;
  pool: number;
}

interface Days {
  /** From the first day of the counts on, a week further than they go. */
  kinds: Uint8Array;
  /** 0 for 1 January. */
  firstDayOfYear: number;
  /** The same kinds in the whole. */
  pools: readonly Float64Array[];
}

export interface AnomalyInput extends Days {
  lines: readonly DayLine[];
  options: AnomalyOptions;
}

/** Looks at the last day of every line. */
export function reckonAnomalies(input: AnomalyInput): AnomalyFinding[] {
  const pools = poolsOf(input, input.lines[0]?.counts.length ?? 0, true);
  return anomalies(
    input.lines.map(({ counts, pool }) => ({ counts, kinds: input.kinds, ...pools[pool] })),
    input.options,
  );
}

export interface ForecastInput extends Days {
  lines: readonly DayLine[];
  share: number;
  trialWeeks: number;
  minDays: number;
}

/** Next week of every line; undefined where there is too little to go by. */
export function reckonForecast(
  input: ForecastInput,
  stopIfAsked: () => void = () => undefined,
): (Forecast | undefined)[] {
  const { share, trialWeeks, minDays, kinds } = input;
  const pools = poolsOf(input, (input.lines[0]?.counts.length ?? 0) + 7, false);
  return input.lines.map(({ counts, pool }) => {
    stopIfAsked();
    return forecastWeek({ counts, kinds, ...pools[pool] }, { ...usualForecast, share, trialWeeks, minDays });
  });
}

/** What the whole says of weekdays and of the time of the year. `lastIsNews`: its last day is looked at, not learned from. */
function poolsOf({ pools, kinds, firstDayOfYear }: Days, days: number, lastIsNews: boolean) {
  return pools.map((pool) => {
    const counts = lastIsNews ? pool.slice(0, -1) : pool;
    const season = yearSeason(counts, firstDayOfYear, days);
    return { season, pool: dayFactors({ counts, kinds, ...(season === undefined ? {} : { season }) }) };
  });
}
