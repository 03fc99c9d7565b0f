const parts = 13;
const yearDays = 365.2425;

/**
 * What the time of the year brings, around 1, for `days` days from the first of the counts on (further than the counts, if
 * asked). Each thirteenth of the year is compared with its own year, averaged over the years, and joined by straight lines.
 * Undefined with less than two whole years, since one year's growth looks like a season. `firstDayOfYear`: 0 for 1 January.
 */
export function yearSeason(counts: ArrayLike<number>, firstDayOfYear: number, days: number): Float64Array | undefined {
  const years = Math.floor(counts.length / yearDays);
  if (years < 2) return undefined;
  const start = counts.length - Math.round(years * yearDays);
  const ratio = new Float64Array(parts);
  for (let year = 0; year < years; year++) {
    const from = start + Math.round(year * yearDays);
    const sums = new Float64Array(parts);
    const lengths = new Float64Array(parts);
    for (let day = from; day < from + 365; day++) {
      const part = Math.floor(placeInYear(day + firstDayOfYear) * parts);
      sums[part] = (sums[part] as number) + (counts[day] as number);
      lengths[part] = (lengths[part] as number) + 1;
    }
    const mean = sums.reduce((sum, one) => sum + one, 0) / 365;
    if (mean === 0) return undefined;
    for (let part = 0; part < parts; part++)
      ratio[part] = (ratio[part] as number) + (sums[part] as number) / (lengths[part] as number) / mean / years;
  }
  return Float64Array.from({ length: days }, (_, day) => {
    const at = placeInYear(day + firstDayOfYear) * parts - 0.5;
    const before = Math.floor(at);
    const share = at - before;
    return (ratio[(before + parts) % parts] as number) * (1 - share) + (ratio[(before + 1) % parts] as number) * share;
  });
}

/** 0 at the beginning of January up to, not including, 1. */
function placeInYear(day: number): number {
  const share = (day + 0.5) / yearDays;
  return share - Math.floor(share);
}
