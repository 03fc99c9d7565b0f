import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { listForbiddenPowers } from './store-check.ts';

const appendOnly = ['ledger_entry', 'ledger_private', 'ledger_seq', 'ledger_node', 'ledger_head', 'ledger_key'];

/**
 * Called before the program serves anybody.
 * @throws Error when the role it works as could change or remove lines of the ledger; it says what to do.
 */
export async function assertAppendOnly(database: Database): Promise<void> {
  const powers = await database.read(systemScope, (tx) => listForbiddenPowers(tx, appendOnly));
  const [first] = powers;
  if (first === undefined) return;
  const found = powers.map(({ power, table }) => `${power} ${table}`).join(', ');
  throw new Error(
    `The ledger would not be safe: the database role "${first.role}" may ${found}. Expected a role that can only read and add. ` +
      `Let the program work as huangge_app (not as a superuser or the owner of the tables), and run as owner: ` +
      `revoke update, delete, truncate on ${appendOnly.join(', ')} from ${first.role};`,
  );
}
