import { goTo } from '#web/app/address.ts';
import type { Command, NewCommand } from '#web/field/command.ts';
import { askForSync } from '#web/field/register-worker.ts';
import type { Runner } from '#web/field/runner.ts';
import { textOf } from '#web/i18n/area.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { field } from '#web/i18n/field.ts';
import { formatTime } from '#web/i18n/format.ts';
import { toast } from '#web/ui/light/Toast.tsx';
import { conflictPath } from '../paths.ts';

/** A refusal that comes this soon is shown at once; a later one waits in the bar. */
const soonMs = 6_000;

/**
 * Keeps the act on the phone, then sends it. Resolves as soon as it is kept: from then on nothing can be lost. `old`: the
 * refused command it stands in for.
 */
export async function submit(runner: Runner, made: NewCommand, old?: Command): Promise<void> {
  const t = textOf(field).act;
  const startedMs = Date.now();
  if (made.about !== undefined && !runner.locker.able) {
    toast(textOf(fieldDay).cannotSeal);
    throw new Error('This page has no cryptography: what concerns people’s homes may not be kept on this phone.');
  }
  const { command, sent } = old === undefined ? await runner.add(made) : await runner.redo(old, made);
  void askForSync();
  toast(navigator.onLine ? t.saved : t.savedOffline);
  void sent.then(() => {
    const receipt = runner.view().receipts.find((one) => one.opId === command.opId);
    if (receipt !== undefined)
      toast(receipt.nextAt === null ? t.done(receipt.number) : textOf(fieldDay).nextAt(formatTime(receipt.nextAt)));
    const left = runner.view().commands.find((one) => one.opId === command.opId);
    if (left !== undefined && left.refusal !== null && Date.now() - startedMs < soonMs)
      goTo(conflictPath(command.opId));
  });
}
