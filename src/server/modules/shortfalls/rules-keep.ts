/** What becomes of rows when the lists are produced again. Pure. */
import type { Figures } from './rules-produce.ts';

/** What both kinds of rows keep of their production. */
export interface Kept {
  id: string;
  people: number;
  elders: number;
  children: number;
  /** As last produced; null: put in by hand. */
  figures: Figures | null;
  /** What whoever corrected the figures saw; null: not corrected. */
  figuresSeen: Figures | null;
  voices: number;
  needIds: string[];
  runId: string | null;
  goneAt: Date | null;
}

/** Produced now: what may change of a row. */
export interface Fresh {
  figures: Figures;
  voices: number;
  needIds: string[];
}

/** Somebody corrected the numbers, and since then they were produced otherwise. */
export function hasMoved({ figures, figuresSeen }: Pick<Kept, 'figures' | 'figuresSeen'>): boolean {
  return figuresSeen !== null && figures !== null && !sameHeads(figures, figuresSeen);
}

const sameHeads = (a: Figures, b: Figures): boolean =>
  a.people === b.people && a.elders === b.elders && a.children === b.children;

/** The row with what was produced: corrected numbers stay, all else is as produced. */
export function freshened<T extends Kept>(row: T, fresh: Fresh): T {
  const { people, elders, children } = row.figuresSeen === null ? fresh.figures : row;
  return { ...row, people, elders, children, ...fresh, goneAt: null };
}

/** Would saving it say anything new? The run and the moment alone do not count. */
export function isSame(a: Kept, b: Kept): boolean {
  return (
    JSON.stringify(comparable(a.figures)) === JSON.stringify(comparable(b.figures)) &&
    a.voices === b.voices &&
    a.needIds.join() === b.needIds.join() &&
    (a.goneAt === null) === (b.goneAt === null)
  );
}

/** In one order of members, whatever the database made of it. */
function comparable(figures: Figures | null): unknown {
  if (figures === null) return null;
  const { kind, people, elders, children, nearestS, found, wanted, unit } = figures;
  return [kind, people, elders, children, nearestS, found, wanted, unit];
}

/** Numbers corrected by hand, or 'produced': as they were produced. */
export function corrected<T extends Kept>(
  row: T,
  heads: { people: number; elders: number; children: number } | 'produced' | undefined,
): T {
  if (heads === undefined) return row;
  if (heads !== 'produced') return { ...row, ...heads, figuresSeen: row.figures };
  const { people, elders, children } = row.figures ?? row;
  return { ...row, people, elders, children, figuresSeen: null };
}
