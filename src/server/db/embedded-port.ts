import { createServer } from 'node:net';
import pg from 'pg';
import { StartRefused } from './embedded-refusal.ts';

/** First port tried for the embedded PostgreSQL; far from 5432, where an installed one would listen. */
export const FIRST_PORT = 54_141;
const PORTS_TRIED = 100;

/** Whether nobody listens on this port of 127.0.0.1 now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    server.once('error', () => answer(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => answer(true)));
  });
}

/** Free ports from the first one upward. */
export async function* freePorts(): AsyncGenerator<number> {
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port += 1) {
    if (await isPortFree(port)) yield port;
  }
}

/**
 * Proves that the server answers with our password, and makes the database if somebody dropped it.
 * @param adopted ends the sessions of the program that was killed: its open transactions may still hold locks
 */
export async function prepareDatabase(url: string, passwordFile: string, adopted: boolean): Promise<void> {
  const admin = new URL(url);
  admin.pathname = '/template1';
  const client = new pg.Client({ connectionString: admin.href, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    if (adopted) await endOtherSessions(client);
    const name = decodeURIComponent(new URL(url).pathname.slice(1));
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') throw error;
    throw new StartRefused(
      `The password in ${passwordFile} is not the one this database knows. Put the right file back, or remove it: at the next start a new password is set.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function endOtherSessions(client: pg.Client): Promise<void> {
  const others = "from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()";
  await client.query(`select pg_terminate_backend(pid, 2000) ${others}`);
}
