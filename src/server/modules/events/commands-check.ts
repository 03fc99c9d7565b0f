import { AppError } from '#kit/errors.ts';
import type { Command, CommandBody } from './act.ts';
import { claimAttachments, countShown, type Claim } from './store-attachment.ts';
import { rateReporter } from './store-reporter.ts';

/** After the work, and around it: check, shelve, resume, reopen, rate, urge, supervise. */

export const check: Command<
  CommandBody & {
    outcome: 'pass' | 'fail';
    note: string;
    attachments: readonly Claim[];
    showReporter?: boolean | undefined;
  }
> = {
  verb: 'check',
  attempt: (body) => ({ outcome: body.outcome }),
  async work({ tx, draft, actor, nowMs, data, words }, body) {
    const photos = await claimAttachments(tx, body.attachments, {
      eventId: draft.event.id,
      taskId: null,
      reporterId: null,
      accountId: actor.accountId,
      showReporter: body.showReporter,
    });
    data['outcome'] = body.outcome;
    data['photos'] = photos.length;
    if (body.showReporter === true) data['photosShown'] = countShown(photos);
    words['note'] = body.note;
    if (body.outcome === 'pass') {
      draft.stop('all'); // a P0 may still wait to be verified: whoever checked it on site has seen it
      draft.set({ closedMs: nowMs, endedMs: nowMs, closeKind: 'checked' });
      return;
    }
    // Rework: the lead has it again, with a new limit and new evidence to bring.
    const lead = draft.tasks.find(
      (task) => task.part === 'lead' && task.status === 'done' && task.round === draft.event.reopens,
    );
    if (lead === undefined) throw new AppError('internal', 'An event in checking has no finished lead task.');
    draft.changeTask(lead.id, { status: 'accepted', acceptedMs: nowMs, onSiteMs: null, doneMs: null, endedMs: null });
    draft.start('handle', lead.id);
    draft.set({ reworks: draft.event.reworks + 1, finishedMs: null });
    data['taskId'] = lead.id;
  },
};

export const shelve: Command<CommandBody & { reason: string; reviewAt: string }> = {
  verb: 'shelve',
  attempt: (body) => ({ reason: body.reason }),
  work({ draft, nowMs, data, words, tell }, body) {
    const reviewMs = Date.parse(body.reviewAt);
    if (!(reviewMs > nowMs))
      throw new AppError('bad_input', 'reviewAt: expected a time in the future at which this is looked at again.');
    draft.pauseAll('shelved');
    draft.set({ reviewMs });
    data['reviewAt'] = new Date(reviewMs).toISOString();
    words['reason'] = body.reason;
    tell.add(`u:${draft.event.ownerUnitId}`);
  },
};

export const resume: Command<CommandBody & { note: string }> = {
  verb: 'resume',
  work({ draft, words }, body) {
    draft.resumeAll();
    draft.set({ statusBefore: null, reviewMs: null });
    words['note'] = body.note;
  },
};

export const reopen: Command<CommandBody & { reason: string }> = {
  verb: 'reopen',
  attempt: (body) => ({ reason: body.reason }),
  work({ draft, nowMs, data, words }, body) {
    draft.set({
      closedMs: null,
      endedMs: null,
      finishedMs: null,
      closeKind: null,
      rating: null,
      reopenedMs: nowMs,
      reopens: draft.event.reopens + 1,
    });
    draft.start('dispatch');
    data['reopens'] = draft.event.reopens;
    words['reason'] = body.reason;
  },
};

export const rate: Command<CommandBody & { rating: number; words: string; reporterId: string }> = {
  verb: 'rate',
  async work({ tx, draft, nowMs, data, words }, body) {
    const average = await rateReporter(tx, {
      reporterId: body.reporterId,
      eventId: draft.event.id,
      rating: body.rating,
      words: body.words,
      atMs: nowMs,
    });
    draft.set({ rating: average });
    data['rating'] = body.rating;
    words['words'] = body.words;
  },
};

export const urge: Command<CommandBody & { note: string }> = {
  verb: 'urge',
  work({ draft, data, words }, body) {
    draft.set({ urges: draft.event.urges + 1 });
    data['urges'] = draft.event.urges;
    words['note'] = body.note;
  },
};

export const supervise: Command<CommandBody & { note: string }> = {
  verb: 'supervise',
  work({ draft, words }, body) {
    draft.set({ supervised: true });
    words['note'] = body.note;
  },
};
