import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Parts } from './parts.ts';
import { sweepRows } from './session-store.ts';
import { unknownWindowMs } from './attempts.ts';

const dayMs = 24 * 3_600_000;

/** A task the program runs by itself. `cron` is in Asia/Shanghai. */
export interface Job {
  name: string;
  cron: string;
  run(): Promise<void>;
}

/** Technical rows go after a while; half a year of sign-in attempts stays, and the ledger keeps what happened for good. */
export function createJobs(parts: Parts): Job[] {
  return [{ name: 'identity.sweep', cron: '17 3 * * *', run: () => sweep(parts) }];
}

async function sweep(parts: Parts): Promise<void> {
  const nowMs = parts.clock.now();
  await parts.database.inTx(systemScope, async (tx) => {
    const swept = await sweepRows(tx, {
      sessions: new Date(nowMs - 30 * dayMs),
      throttles: new Date(nowMs - unknownWindowMs - dayMs),
      attempts: new Date(nowMs - 190 * dayMs),
    });
    if (swept.sessions + swept.throttles + swept.attempts === 0) return;
    const actor = { kind: 'system', accountId: null } as const;
    await append(tx, {
      actor,
      action: 'identity.sweep',
      subject: { type: 'identity', id: 'sweep' },
      district: '000000',
      atMs: nowMs,
      data: swept,
    });
  });
}
