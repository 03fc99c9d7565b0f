import type { ClockKind } from '#contract/events-words.ts';

export interface Limit {
  kind: ClockKind;
  /** Minutes; whole days for `working_day`. */
  amount: number;
}

/** The units in which a limit is written, in the file of the library and in the form. */
export const limitUnits = ['m', 'h', 'wm', 'wh', 'wd'] as const;
export type LimitUnit = (typeof limitUnits)[number];

/** 30m, 4h (round the clock), 30wm, 4wh (working time), 5wd (working days). Undefined for anything else. */
export function readLimit(text: string): Limit | undefined {
  const match = /^(\d{1,6})(m|h|wm|wh|wd)$/.exec(text.trim());
  return match === null ? undefined : limitOf(Number(match[1]), match[2] as LimitUnit);
}

export function limitOf(count: number, unit: LimitUnit): Limit {
  if (unit === 'wd') return { kind: 'working_day', amount: count };
  return {
    kind: unit.startsWith('w') ? 'working_time' : 'continuous',
    amount: unit.endsWith('h') ? count * 60 : count,
  };
}

/** A limit in its largest whole unit. */
export function partsOfLimit({ kind, amount }: Limit): { count: number; unit: LimitUnit } {
  if (kind === 'working_day') return { count: amount, unit: 'wd' };
  const inHours = amount >= 60 && amount % 60 === 0;
  if (kind === 'continuous') return inHours ? { count: amount / 60, unit: 'h' } : { count: amount, unit: 'm' };
  return inHours ? { count: amount / 60, unit: 'wh' } : { count: amount, unit: 'wm' };
}

export function writeLimit(limit: Limit): string {
  const { count, unit } = partsOfLimit(limit);
  return `${count}${unit}`;
}
