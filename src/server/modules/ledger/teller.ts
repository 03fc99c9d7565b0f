import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { LedgerNews } from './line.ts';
import { readNews } from './store-log.ts';

const pageLimit = 1000;

export type NewsListener = (news: readonly LedgerNews[]) => void;

export interface Teller {
  /** Nothing up to here is told. */
  begin(seq: number): void;
  toldSeq(): number;
  subscribe: (listener: NewsListener) => () => void;
  /** Tells these lines if they are the next ones, else reads what lies between as well. */
  tellOrCatchUp(news: readonly LedgerNews[]): Promise<void>;
  /** Tells what other processes numbered, if the log is longer than what was told. */
  catchUp(size: number): Promise<void>;
  readSince: (seq: number, limit: number) => Promise<LedgerNews[]>;
}

/** Tells numbered lines to whoever listens in this process: in order, without gaps, each once. */
export function createTeller(options: {
  database: Database;
  tenant: string;
  log: { error(fields: Record<string, unknown>, message: string): void };
}): Teller {
  const listeners = new Set<NewsListener>();
  let told = 0;

  function tell(news: readonly LedgerNews[]): void {
    told = news.at(-1)?.seq ?? told;
    for (const listener of listeners) {
      try {
        listener(news);
      } catch (error) {
        options.log.error({ err: error, seq: told }, 'A listener of the ledger failed; the others go on.');
      }
    }
  }

  async function catchUp(size: number): Promise<void> {
    while (told < size) {
      const news = await readSince(told, pageLimit);
      if (news.length === 0) return;
      tell(news);
    }
  }

  function readSince(seq: number, limit: number): Promise<LedgerNews[]> {
    return options.database.read(systemScope, (tx) => readNews(tx, options.tenant, seq, limit));
  }

  return {
    begin: (seq) => void (told = seq),
    toldSeq: () => told,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async tellOrCatchUp(news) {
      const [first] = news;
      if (first === undefined) return;
      if (first.seq === told + 1) tell(news);
      else await catchUp(news.at(-1)?.seq ?? told);
    },
    catchUp,
    readSince,
  };
}
