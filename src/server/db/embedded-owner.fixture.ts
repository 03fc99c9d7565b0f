import pg from 'pg';
import { startEmbedded } from './embedded.ts';

/**
 * A program of its own for embedded.test.ts: starts PostgreSQL on the folder named first, commits numbered rows until
 * it is killed, and says each number on stdout only after the database acknowledged it.
 */
const [dataDir = '', port = ''] = process.argv.slice(2);
const database = await startEmbedded({ dataDir, port: Number(port) });
const pool = new pg.Pool({ connectionString: database.url, max: 4 });
pool.on('error', () => undefined);
await pool.query('create table if not exists promise (n bigint primary key)');
const { rows } = await pool.query<{ next: string }>('select coalesce(max(n), 0) + 1 as next from promise');
let next = Number(rows[0]?.next);
process.stdout.write(`ready ${database.pid}\n`);

async function keepCommitting(): Promise<never> {
  for (;;) {
    const n = next;
    next += 1;
    try {
      await pool.query('insert into promise (n) values ($1)', [n]);
      process.stdout.write(`kept ${n}\n`);
    } catch {
      // The server was killed: not acknowledged, so nothing was promised. It is restarted; go on with the next number.
      await new Promise((done) => setTimeout(done, 10));
    }
  }
}

await Promise.all([1, 2, 3, 4].map(keepCommitting));
