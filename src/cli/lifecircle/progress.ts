import type { Io } from '../command.ts';

/** Tells how far something is. */
export interface Progress {
  /** What is done now; `done` of `total`, where that is known. */
  step(what: string, done?: number, total?: number): void;
  /** Takes the bar away. */
  end(): void;
}

const everyMs = 5_000;
const width = 24;

/** A bar on a terminal; elsewhere a plain line when something begins, and every five seconds while it goes on. */
export function makeProgress(io: Io, now: () => number = () => performance.now()): Progress {
  return io.bar === undefined ? plainLines(io, now) : bar(io.bar);
}

function bar(draw: (text: string) => void): Progress {
  return {
    step(what, done, total) {
      if (done === undefined || total === undefined) return draw(what);
      const filled = total === 0 ? width : Math.round((width * done) / total);
      draw(`${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(percent(done, total)).padStart(3)} %  ${what}`);
    },
    end: () => draw(''),
  };
}

function plainLines(io: Io, now: () => number): Progress {
  let [last, lastMs] = ['', -Infinity];
  return {
    step(what, done, total) {
      const [begins, ends] = [what !== last, done !== undefined && done === total];
      if (!begins && !ends && now() - lastMs < everyMs) return;
      [last, lastMs] = [what, now()];
      io.err(done === undefined || total === undefined ? what : `${what}: ${percent(done, total)} %`);
    },
    end: () => undefined,
  };
}

const percent = (done: number, total: number): number => (total === 0 ? 100 : Math.floor((100 * done) / total));
