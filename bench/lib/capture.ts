import { readFile } from 'node:fs/promises';
import pg from 'pg';

export interface Statement {
  text: string;
  /** Values of $1 …; null for SQL null. */
  values: (string | null)[];
}

/**
 * Lets PostgreSQL write down every statement while `work` runs, and answers those of the transactions that hold
 * `needle`, in order.
 */
export async function captureTransactions(
  ownerUrl: string,
  logFile: string,
  needle: string,
  work: () => Promise<void>,
): Promise<Statement[][]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await set(owner, `log_statement = 'all'`, `log_line_prefix = '@%c@'`);
    const before = (await readFile(logFile)).length;
    await work();
    await set(owner, `log_statement = 'none'`, `log_line_prefix = ''`);
    const text = (await readFile(logFile)).subarray(before).toString('utf8');
    return toTransactions(text).filter((one) => one.some((statement) => statement.text.includes(needle)));
  } finally {
    await owner.query('alter system reset all');
    await owner.query('select pg_reload_conf()');
    await owner.end();
  }
}

async function set(owner: pg.Client, ...settings: string[]): Promise<void> {
  for (const setting of settings) await owner.query(`alter system set ${setting}`);
  await owner.query('select pg_reload_conf()');
  await new Promise((done) => setTimeout(done, 300)); // every connection notices between two statements
}

function toTransactions(log: string): Statement[][] {
  const open = new Map<string, Statement[]>();
  const ended: Statement[][] = [];
  for (const record of log.split(/^@/m).slice(1)) {
    const at = record.indexOf('@');
    const session = record.slice(0, at);
    const said = record.slice(at + 1).trimEnd();
    const running = open.get(session);
    const detail = /^DETAIL:\s+[Pp]arameters: ([^]*)$/.exec(said)?.[1];
    if (detail !== undefined) {
      const last = running?.at(-1);
      if (last !== undefined) last.values = toValues(detail);
      continue;
    }
    const text = /^LOG:\s+(?:statement|execute [^:]*): ([^]*)$/.exec(said)?.[1];
    if (text === undefined) continue;
    if (/^begin/i.test(text)) open.set(session, [{ text, values: [] }]);
    else running?.push({ text, values: [] });
    if (/^(commit|rollback)/i.test(text) && running !== undefined) {
      ended.push(running);
      open.delete(session);
    }
  }
  return ended;
}

/** "$1 = 'a''b', $2 = NULL" as values. */
function toValues(detail: string): (string | null)[] {
  return [...detail.matchAll(/\$\d+ = (?:NULL|'((?:[^']|'')*)')/g)].map((match) =>
    match[1] === undefined ? null : match[1].replaceAll("''", "'"),
  );
}
