import type { AlarmKind } from '#contract/device-messages.ts';
import { compareMarks, type Mark, type Word } from './rules-state.ts';

/** One source speaks about one kind of alarm of one subject. */
export interface Said extends Word {
  /** 'message', 'heartbeat' or the id of a threshold. */
  source: string;
  metric: string | null;
  text: string;
  clockWrong: boolean;
  /** The word was found by reading a series anew: it replaces the stored one even when its mark is not greater. */
  anew?: boolean;
}

/** What the store knows of (subject, kind) before the words are heard. */
export interface Pair {
  words: ReadonlyMap<string, Word>;
  /** The open alarm, if there is one. */
  open: { id: string; acknowledged: boolean } | null;
  /** When people last ended one while it was still so. */
  endedMs: number | null;
  /** Nothing is raised now. */
  muted: boolean;
}

/** What becomes of the alarm, in this order. */
export type Step = { do: 'raise'; said: Said } | { do: 'repeat'; said: Said } | { do: 'clear'; said: Said };

/** An alarm that people ended while its device goes on saying so comes back after this time; a cry for help at once. */
export function comesBackAfterMs(kind: AlarmKind): number {
  return kind === 'sos' ? 0 : 30 * 60_000;
}

/** Kinds whose every word is a new call once the one before was acknowledged. */
export function isCall(kind: AlarmKind): boolean {
  return kind === 'sos';
}

/**
 * Hears what was said about one (subject, kind) and answers the changed words and the steps. The words are heard in the
 * order of their marks; a word that is not newer than the source's last one changes nothing (late or the same again). The
 * pair is active while any of its sources is.
 * @param nowMs time of receipt, by which the coming back is counted
 */
export function hear(
  kind: AlarmKind,
  pair: Pair,
  said: readonly Said[],
  nowMs: number,
): { words: Map<string, Said>; steps: Step[] } {
  const words = new Map<string, Word>(pair.words);
  const changed = new Map<string, Said>();
  const steps: Step[] = [];
  let open = pair.open;
  const isActive = () => [...words.values()].some((word) => word.active);
  for (const one of said.toSorted(compareMarks)) {
    if (!isNewer(one, words.get(one.source))) continue;
    const before = isActive();
    words.set(one.source, one);
    changed.set(one.source, one);
    for (const step of stepsOf({ kind, pair, one, before, after: isActive(), open, nowMs })) {
      steps.push(step);
      if (step.do === 'raise') open = { id: '', acknowledged: false };
      if (step.do === 'clear') open = null;
    }
  }
  return { words: changed, steps };
}

function isNewer(one: Said, last: Mark | undefined): boolean {
  return last === undefined || one.anew === true || compareMarks(one, last) > 0;
}

interface Moment {
  kind: AlarmKind;
  pair: Pair;
  one: Said;
  before: boolean;
  after: boolean;
  open: Pair['open'];
  nowMs: number;
}

function stepsOf({ kind, pair, one, before, after, open, nowMs }: Moment): Step[] {
  if (!after) return open === null ? [] : [{ do: 'clear', said: one }];
  if (!one.active) return [];
  if (open !== null) {
    if (isCall(kind) && open.acknowledged)
      return [
        { do: 'clear', said: one },
        { do: 'raise', said: one },
      ];
    return [{ do: 'repeat', said: one }];
  }
  if (pair.muted) return [];
  const mayComeBack = pair.endedMs === null || nowMs - pair.endedMs >= comesBackAfterMs(kind);
  return !before || mayComeBack ? [{ do: 'raise', said: one }] : [];
}
