import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { pipelined } from './pipeline.ts';
import { openingStatement, type Scope } from './scope.ts';
import type { DB } from './tables.ts';

/** A running transaction. `db` builds and runs SQL; `afterCommit` is called only if the change really happened. */
export interface Tx {
  readonly db: Kysely<DB>;
  afterCommit(then: () => void): void;
}

export interface Database {
  /** Runs `work` in one read-write transaction under the viewer's scope; retries deadlocks and serialisation failures. */
  inTx<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs `work` in one read-only transaction under the viewer's scope. */
  read<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The pool itself, for jobs and health checks; it has no scope, so row-level security shows it no events. */
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === 20) return (text: string) => Number(text); // int8: our counts stay below 2^53
    if (oid === 1082) return (text: string) => text; // date: a day has no zone
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

const retryable = new Set(['40001', '40P01']);

/**
 * Opens a pool on `url`, working as role huangge_app unless `role` says otherwise.
 * `max` is the number of connections (default 20).
 */
export function openDatabase(url: string, options: { max?: number; role?: string | null } = {}): Database {
  const role = options.role === undefined ? 'huangge_app' : options.role;
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 20,
    types,
    options: role === null ? undefined : `-c role=${role}`,
    application_name: 'huangge',
    pipeline: true,
  });
  pool.on('error', () => undefined); // an idle connection died: the next query opens a new one or reports the trouble
  // One that is in use, between two of its statements, tells it itself; unheard, that would end the program.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: pipelined(pool) }) });

  async function attempt<T>(opening: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const hooks: (() => void)[] = [];
    const result = await db.connection().execute(async (connection) => {
      await sql.raw(opening).execute(connection);
      try {
        const value = await work({ db: connection, afterCommit: (then) => hooks.push(then) });
        await sql.raw('commit').execute(connection);
        return value;
      } catch (error) {
        await sql
          .raw('rollback')
          .execute(connection)
          .catch(() => undefined);
        throw error;
      }
    });
    for (const hook of hooks) hook();
    return result;
  }

  async function run<T>(scope: Scope, readOnly: boolean, work: (tx: Tx) => Promise<T>): Promise<T> {
    const opening = openingStatement(scope, readOnly);
    for (let tries = 1; ; tries++) {
      try {
        return await attempt(opening, work);
      } catch (error) {
        if (tries < 4 && error instanceof pg.DatabaseError && retryable.has(error.code ?? '')) continue;
        throw error;
      }
    }
  }

  return {
    inTx: (scope, work) => run(scope, false, work),
    read: (scope, work) => run(scope, true, work),
    pool,
    close: async () => {
      await db.destroy();
      if (!pool.ended) await pool.end(); // Kysely ends only a pool it has used
    },
  };
}
