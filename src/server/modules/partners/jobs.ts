import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import { reminderSteps } from './dictionary.ts';
import type { PartnersParts } from './parts.ts';
import { addDays, dayOf, daysBetween } from '#kit/shanghai-days.ts';
import { reminderDue } from './rules.ts';
import { lockEnding, saveReminded } from './store-agreement.ts';

/**
 * Reminds those who manage partners of agreements that end soon and have no successor: once for each step of the rules, and
 * once only when several have come meanwhile. Returns how many were reminded of.
 */
export async function remindRenewals({ database, clock, words }: PartnersParts): Promise<number> {
  const nowMs = clock.now();
  const today = dayOf(nowMs);
  const steps = reminderSteps(words);
  return database.inTx(systemScope, async (tx) => {
    let reminded = 0;
    for (const one of await lockEnding(tx, { today, until: addDays(today, Math.max(...steps)) })) {
      const step = reminderDue(daysBetween(today, one.toDay), steps, one.remindedDays);
      if (step === null) continue;
      await saveReminded(tx, one.id, step);
      await append(tx, {
        actor: { kind: 'system', accountId: null },
        action: 'partner.renewal_due',
        subject: { type: 'partner', id: one.partnerId },
        district: one.district,
        atMs: nowMs,
        data: { agreementId: one.id, day: one.toDay, daysBefore: step, areaCode: one.areaCode },
        audience: [`a:${one.areaCode}`],
      });
      reminded += 1;
    }
    return reminded;
  });
}
