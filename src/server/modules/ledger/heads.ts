import { frontierRoot } from '#engine/merkle/frontier.ts';
import { toHex } from '#engine/merkle/hex.ts';
import { toIso, type Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { readFrontier } from './batch.ts';
import { sha256 } from './line.ts';
import type { LedgerSigner } from './signer.ts';
import { findLatestHead, insertHead, insertKey } from './store-heads.ts';
import { readSize } from './store-log.ts';

interface HeadSigning {
  database: Database;
  tenant: string;
  signer: LedgerSigner;
  clock: Clock;
}

export async function publishKey({ database, tenant, signer, clock }: HeadSigning): Promise<void> {
  await database.inTx(systemScope, (tx) =>
    insertKey(tx, tenant, { keyId: signer.keyId, publicKey: signer.publicKey, since: new Date(clock.now()) }),
  );
}

/**
 * Signs the log as it is, if it grew since the last head. A signature over a changed past would make the change look
 * true, so the stored tree must still lead to the last signed root.
 * @throws Error when it does not; nothing is signed then.
 */
export async function signHead({ database, tenant, signer, clock }: HeadSigning): Promise<void> {
  await database.inTx(systemScope, async (tx) => {
    const size = await readSize(tx, tenant);
    const last = await findLatestHead(tx, tenant);
    if (size === (last?.size ?? 0)) return;
    const rootOf = async (leaves: number): Promise<string> =>
      toHex(frontierRoot(sha256, await readFrontier(tx, tenant, leaves)));
    const shrunk = last !== undefined && last.size > size;
    if (shrunk || (last !== undefined && (await rootOf(last.size)) !== last.root)) {
      throw new Error(
        `The stored ledger no longer leads to its signed head of ${last.size} lines: its past was changed. ` +
          'Nothing is signed. Find the first difference with "huangge ledger verify" on an export, and compare with a backup.',
      );
    }
    await insertHead(tx, signer.sign({ tenant, size, root: await rootOf(size), at: toIso(clock.now()) }));
  });
}
