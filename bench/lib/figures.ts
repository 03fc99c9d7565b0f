/** What a bench has to say: rows of the table in RESULTS.md, sent to bench/run.ts on standard output. */

export interface Figure {
  what: string;
  figure: string;
  /** What it is held against: a peer measured in the same run, or a limit. */
  against: string;
  /** Figure to peer or limit. */
  ratio: string;
}

const mark = '::figure ';

/** Says one row: readable by itself, and found by the runner. */
export function tell(what: string, figure: string, against = '', ratio = ''): void {
  console.log(`${mark}${JSON.stringify({ what, figure, against, ratio } satisfies Figure)}`);
}

/** The row in this line of output, if it is one. */
export function figureIn(line: string): Figure | undefined {
  return line.startsWith(mark) ? (JSON.parse(line.slice(mark.length)) as Figure) : undefined;
}

/** The value below which `share` (0 to 1) of the values lie; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
export const count = (value: number): string => Math.round(value).toLocaleString('en');
export const times = (value: number): string => value.toFixed(2);

/** '≤ 50 ms' and how far the figure is from it. */
export function tellLimit(what: string, value: number, limit: number, unit = 'ms'): void {
  const show = (n: number) => (unit === 'ms' ? ms(n) : `${Number.isInteger(n) ? count(n) : n.toFixed(2)} ${unit}`);
  tell(what, show(value), `≤ ${show(limit)}`, times(value / limit));
}
