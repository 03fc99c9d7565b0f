import { goTo } from '#web/app/address.ts';
import { keepAct } from '#web/field/keep-act.ts';
import type { Holder } from '#web/field/use-field.ts';
import { textOf } from '#web/i18n/area.ts';
import { counterAid } from '#web/i18n/counter-aid.ts';
import { toast } from '#web/ui/light/Toast.tsx';
import { counterRoads, type AidCard } from '../counter-api.ts';
import { keepService } from '../keep.ts';
import { cardPath, counterPaths } from '../paths.ts';
import { forgetAid, saveAid, type AidDraft } from './aid-draft.ts';

/** What can be done with first aid under way; `name`: of the card, as the list of what is unsent shows it. */
export function aidActs(holder: Holder, card: AidCard, name: string) {
  const t = textOf(counterAid);
  const change = (draft: AidDraft, part: Partial<AidDraft>): Promise<void> => saveAid({ ...draft, ...part });

  /** The record goes out at once: with the call and, when it is serious, the event. */
  async function record(draft: AidDraft, part: Pick<AidDraft, 'serious' | 'calledMs'>): Promise<AidDraft> {
    const { recordId, stationId, visitor, take, consent, startedMs, calledMs } = { ...draft, ...part };
    await keepService(holder, {
      stationId,
      title: part.serious ? t.seriousTitle(name) : t.titleOf(name),
      page: cardPath(card.code),
      given: {
        id: recordId,
        kind: 'first_aid',
        visitor,
        at: new Date(startedMs).toISOString(),
        take: [...take],
        aid: {
          card: card.code,
          serious: part.serious,
          consent,
          called120At: calledMs === null ? null : new Date(calledMs).toISOString(),
        },
      },
    });
    const next = { ...draft, ...part, recorded: true, take: [], taken: [...draft.taken, ...take] };
    await saveAid(next);
    return next;
  }

  async function callHelp(draft: AidDraft): Promise<void> {
    if (draft.calledMs !== null) return;
    if (draft.recorded) return callLater(draft);
    await record(draft, { serious: true, calledMs: Date.now() });
    toast(t.calledKept);
  }

  /** The command centre knew already; the call follows. */
  async function callLater(draft: AidDraft): Promise<void> {
    const calledMs = Date.now();
    await change(draft, { calledMs });
    await keepAct(holder, {
      kind: 'service.called',
      path: counterRoads.called(draft.recordId),
      lane: draft.recordId,
      page: cardPath(card.code),
      title: t.calledTitle,
      body: { calledAt: new Date(calledMs).toISOString() },
    });
    toast(t.calledKept);
  }

  async function tellStreet(draft: AidDraft): Promise<void> {
    if (!draft.recorded) await record(draft, { serious: true, calledMs: draft.calledMs });
    toast(t.toldKept);
  }

  async function end(draft: AidDraft, outcome: string, askAgain: boolean): Promise<void> {
    const done = draft.recorded ? draft : await record(draft, { serious: false, calledMs: null });
    await keepAct(holder, {
      kind: 'service.aid',
      path: counterRoads.aid(done.recordId),
      lane: done.recordId,
      page: counterPaths.log,
      title: t.endTitle(name),
      body: { act: 'end', outcome, steps: [...done.steps], take: [...done.take], consent: done.consent, askAgain },
    });
    goTo(counterPaths.record);
    await forgetAid(done);
    toast(t.ended);
  }

  async function giveUp(draft: AidDraft): Promise<void> {
    goTo(counterPaths.aid);
    await forgetAid(draft);
  }

  return { change, callHelp, tellStreet, end, giveUp };
}
