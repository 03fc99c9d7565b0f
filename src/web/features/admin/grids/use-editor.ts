import { useMemo, useState } from 'react';
import type { LonLat } from '#kit/geo.ts';
import type { TerritoryProblem } from '../shared/queries.ts';
import { changedCodes, rounded, startHistory, step, type History, type Shapes } from './edit-model.ts';
import type { Territory } from './use-territory.ts';

/** look: choose areas; split and draw: put down corners; corners: move boundaries. */
export type Mode = 'look' | 'split' | 'draw' | 'corners';

export interface Editor {
  mode: Mode;
  /** Chosen areas; several only for merging. */
  chosen: readonly string[];
  /** Corners put down so far, in splitting and drawing. */
  line: readonly LonLat[];
  history: History;
  /** The corner being worked on. */
  corner: LonLat | null;
  /** Places the server refused, or warned of. */
  problems: readonly TerritoryProblem[];
  /** Where to look. */
  focus: LonLat | null;
  changed: readonly string[];
  begin(mode: Mode): void;
  choose(code: string, together: boolean): void;
  putDown(at: LonLat): void;
  setLine(line: readonly LonLat[]): void;
  change(shapes: Shapes, corner?: LonLat | null): void;
  setHistory(history: History): void;
  setCorner(corner: LonLat | null): void;
  show(problems: readonly TerritoryProblem[]): void;
  lookAt(at: LonLat | null): void;
}

/** What is being drawn right now. Begins anew whenever the territory was read anew. */
export function useEditor(territory: Territory): Editor {
  const [mode, setMode] = useState<Mode>('look');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [line, setLine] = useState<readonly LonLat[]>([]);
  const [held, setHeld] = useState<{ base: Shapes; history: History } | null>(null);
  const [corner, setCorner] = useState<LonLat | null>(null);
  const [problems, show] = useState<readonly TerritoryProblem[]>([]);
  const [focus, lookAt] = useState<LonLat | null>(null);
  const base = territory.shapes;
  const history = useMemo(
    () => (held !== null && held.base === base ? held.history : startHistory(base)),
    [held, base],
  );
  const setHistory = (next: History): void => setHeld({ base, history: next });
  return {
    mode,
    chosen: chosen.filter((code) => territory.children.some((child) => child.code === code)),
    line,
    history,
    corner,
    problems,
    focus,
    changed: useMemo(() => changedCodes(base, history.now), [base, history]),
    begin(next) {
      setMode(next);
      setLine([]);
      setCorner(null);
      show([]);
      if (next !== 'corners') setHeld(null);
    },
    choose(code, together) {
      setCorner(null);
      if (!together) setChosen((now) => (now.length === 1 && now[0] === code ? now : [code]));
      else setChosen((now) => (now.includes(code) ? now.filter((one) => one !== code) : [...now, code]));
    },
    putDown: (at) => setLine((now) => [...now, rounded(at)]),
    setLine,
    change(shapes, at) {
      setHistory(step(history, shapes));
      if (at !== undefined) setCorner(at);
    },
    setHistory,
    setCorner,
    show,
    lookAt,
  };
}
