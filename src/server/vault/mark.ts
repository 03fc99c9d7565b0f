import { sql } from 'kysely';
import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Vault } from './vault.ts';

type Digest = 'sha256' | 'sm3';

/**
 * Called before the program serves anybody: the first start notes what makes the blind indexes of this database, every
 * later one compares.
 * @throws Error when the digest or the first master key is another; it says what to do
 */
export async function assertSameVault(
  { database, vault, clock }: { database: Database; vault: Vault; clock: Clock },
  digest: Digest,
): Promise<void> {
  const proof = vault.blindIndex('huangge', 'vault_mark.proof_digest');
  const { rows } = await database.inTx(systemScope, async ({ db }) => {
    await sql`insert into vault_mark (blind_digest, proof_digest, made_at)
      values (${digest}, ${proof}, ${new Date(clock.now())}) on conflict do nothing`.execute(db);
    return sql<{ digest: Digest; proof: Buffer }>`select blind_digest as digest, proof_digest as proof from vault_mark`.execute(db); // prettier-ignore
  });
  const [mark] = rows;
  if (mark === undefined || mark.proof.equals(proof)) return;
  if (mark.digest !== digest)
    throw new Error(
      `The people in this database are indexed by ${mark.digest}, and HUANGGE_INDEX asks for ${digest}: nobody would be found. ` +
        `Set HUANGGE_INDEX=${mark.digest} and start again.`,
    );
  throw new Error(
    'The first key of HUANGGE_MASTER_KEY is not the one this database began with: nothing in it could be opened or found. ' +
      'Put the old key first (new ones behind it, by commas) and start again; or begin with an empty database.',
  );
}
