import type { AttachmentKind } from '#contract/events-words.ts';
import { uuidV7 } from '#kit/ids.ts';
import { call, send } from '#web/app/call.ts';
import { ProblemError } from '#web/app/problem.ts';
import { csrfToken, setCsrfToken } from '#web/app/session.ts';
import { uploadPhoto } from '#web/app/upload.ts';
import { sessionApi, type CommandAnswer } from './field-api.ts';
import { openLocker, type KeyPlace } from './locker.ts';
import type { OutboxWorld } from './outbox.ts';

/** The real network, for commands of one account only: with anybody else's session nothing is sent. */
export function fieldWorld(accountId: string, place: KeyPlace): OutboxWorld {
  return {
    locker: openLocker(place, accountId, () =>
      inSession(accountId, async () => (await call(sessionApi.fieldKey, {})).secret),
    ),
    upload: (photo: Blob, kind: AttachmentKind) => inSession(accountId, () => uploadPhoto(photo, kind, 'staff')),
    send: (path, body) =>
      inSession(accountId, async () => {
        const headers = { 'content-type': 'application/json' };
        const answer = await send(path, { method: 'POST', headers, body: JSON.stringify(body) });
        return (await answer.json()) as CommandAnswer;
      }),
    nowMs: () => Date.now(),
    newId: () => uuidV7(),
    random: () => Math.random(),
  };
}

async function inSession<T>(accountId: string, work: () => Promise<T>): Promise<T> {
  if (csrfToken() === null) await enterSession(accountId);
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'csrf_refused') throw error;
    await enterSession(accountId);
    return work();
  }
}

/** Fetches the token of the session. @throws ProblemError not_signed_in when nobody, or somebody else, is signed in */
async function enterSession(accountId: string): Promise<void> {
  const state = await call(sessionApi.me, {});
  if (state.account?.id !== accountId) {
    const detail = 'Expected the session of the person who did this; found none, or another one. Sign in again.';
    throw new ProblemError({ code: 'not_signed_in', status: 401, detail, requestId: null, data: {} });
  }
  setCsrfToken(state.csrfToken);
}
