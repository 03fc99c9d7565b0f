/** Commands that ask the database for something, retold for events in memory: same changes, same line. */
import { audienceOf, type Command, type CommandBody } from '#server/modules/events/act.ts';
import { retime } from '#server/modules/events/worktime.ts';
import { ledgerActorOf, type Actor } from '#server/modules/identity/index.ts';
import type { MemoryCase, MemoryExtension, MemoryReporter } from './perform.ts';

export function rateAs(reporter: MemoryReporter): Command<CommandBody & { rating: number; words: string }> {
  return {
    verb: 'rate',
    work({ draft, data, words, nowMs }, body) {
      reporter.rating = body.rating;
      reporter.ratingWords = body.words;
      reporter.ratedMs = nowMs;
      draft.set({ rating: body.rating });
      data['rating'] = body.rating;
      words['words'] = body.words;
    },
  };
}

export function askExtensionIn(
  live: MemoryCase,
  id: string,
): Command<CommandBody & { taskId: string; amount: number; kind: MemoryExtension['kind']; reason: string }> {
  return {
    verb: 'ask_extension',
    attempt: ({ taskId, reason }) => ({ taskId, reason }),
    work({ draft, actor, nowMs, data, words }, { taskId, amount, kind, reason }) {
      const asked = { id, taskId, amount, kind, reason, askedBy: actor.accountId, askedMs: nowMs };
      live.extensions.push({ ...asked, decidedBy: null, decidedMs: null, note: '' });
      draft.hand(actor.accountId);
      Object.assign(data, { extensionId: id, amount, kind });
      words['reason'] = reason;
    },
  };
}

export function grantExtensionIn(asked: MemoryExtension): Command<CommandBody & { note: string }> {
  return {
    verb: 'grant_extension',
    work({ draft, library, actor, nowMs, data, words }, { note }) {
      for (const clock of draft.clocks) {
        if (clock.taskId !== asked.taskId || clock.step !== 'handle' || clock.stoppedMs !== null) continue;
        const late = clock.late || (clock.dueMs !== null && nowMs > clock.dueMs);
        draft.changeClock(clock.id, (one) =>
          retime(library.calendar, { ...one, late, extra: one.extra + asked.amount }),
        );
      }
      Object.assign(asked, { decidedBy: actor.accountId, decidedMs: nowMs, note });
      Object.assign(data, { extensionId: asked.id, taskId: asked.taskId, amount: asked.amount, kind: asked.kind });
      words['note'] = note;
    },
  };
}

/** The later event goes into the earlier one, whose desk gets a line of its own. */
export function mergeInto(into: MemoryCase, actor: Actor): Command<CommandBody & { reason: string }> {
  return {
    verb: 'merge',
    work({ draft, data, words, nowMs, unit }, { reason }) {
      const { event } = into.rows;
      draft.pauseAll('merged');
      draft.set({ mergedInto: event.id, endedMs: nowMs, reviewMs: null });
      Object.assign(data, { intoId: event.id, intoNumber: event.number });
      words['reason'] = reason;
      const grown = { ...event, reportCount: event.reportCount + draft.event.reportCount, version: event.version + 1 };
      into.rows = { ...into.rows, event: grown };
      into.lines.push({
        actor: ledgerActorOf(actor, unit?.id ?? null),
        action: 'event.merge',
        subject: { type: 'event', id: event.id },
        district: event.district,
        atMs: nowMs,
        data: {
          from: event.status,
          to: event.status,
          version: grown.version,
          number: event.number,
          reportCount: grown.reportCount,
          mergedHere: draft.event.id,
          mergedNumber: draft.event.number,
        },
        audience: audienceOf(into.rows, { event: grown, tasks: into.rows.tasks }),
      });
      into.lastMs = nowMs;
    },
  };
}
