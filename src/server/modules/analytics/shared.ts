import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope, type Scope } from '#server/db/scope.ts';
import type { AnalyticsParts } from './parts.ts';
import { readCursor } from './store-cursor.ts';

/** For how long an answer is given again, and how many are kept. */
const keptMs = 5000;
const most = 300;

interface Kept {
  answer: Promise<unknown>;
  until: number;
}

export interface Shared {
  /** Answers `ask` under this scope, or gives again what the same question just brought. `question` names all the answer depends on. */
  answer<T>(scope: Scope, question: readonly unknown[], ask: (tx: Tx) => Promise<T>): Promise<T>;
  forget(): void;
}

export interface SharedParts extends AnalyticsParts {
  shared: Shared;
}

/**
 * The same question, asked within seconds by many desks, is answered once: while the first answer is on its way the
 * others wait for it. An answer belongs to how far the facts have followed the ledger, so none is older than what is
 * told, and to what its viewer may see of the facts (the row-level policy of event_fact): areas and units of the
 * appointments, never to another's.
 */
export function createShared({ database, tenant }: { database: Database; tenant: string }): Shared {
  const kept = new Map<string, Kept>();

  function keep(key: string, answer: Promise<unknown>): void {
    const now = performance.now();
    for (const [old, { until }] of kept) if (until < now || kept.size >= most) kept.delete(old);
    kept.set(key, { answer, until: now + keptMs });
    // A refusal or a broken connection is nobody else's answer.
    answer.catch(() => kept.delete(key));
  }

  return {
    async answer<T>(scope: Scope, question: readonly unknown[], ask: (tx: Tx) => Promise<T>): Promise<T> {
      const cursor = await database.read(systemScope, (tx) => readCursor(tx, tenant));
      const { seeAll, areas, units } = scope;
      const sees = [seeAll, [...areas].toSorted(), [...units].toSorted()];
      const key = JSON.stringify([cursor?.seq, cursor?.movedMs, sees, question]);
      const found = kept.get(key);
      if (found !== undefined && found.until >= performance.now()) return found.answer as Promise<T>;
      const answer = database.read(scope, ask);
      keep(key, answer);
      return answer;
    },
    forget: () => kept.clear(),
  };
}
