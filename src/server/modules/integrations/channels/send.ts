import { OutgoingError, type Outgoing, type OutgoingAnswer, type OutgoingRequest } from '#server/net/guarded-fetch.ts';
import { ChannelError } from '#server/modules/notices/index.ts';

const timeoutMs = 10_000;
/** Statuses after which the same message may well be taken later. */
const later = new Set([408, 409, 423, 425, 429]);

/**
 * Sends one request of a channel and answers what came back with a 2xx status. Redirects are not followed: a message
 * and its keys are meant for the address that was entered.
 * @throws ChannelError without an answer, or for any other status.
 */
export async function sendRequest(
  outgoing: Outgoing,
  url: string,
  request: Pick<OutgoingRequest, 'method' | 'headers' | 'body'>,
): Promise<OutgoingAnswer> {
  const answer = await outgoing
    .fetch(url, { method: 'POST', ...request, timeoutMs, maxBytes: 64_000, maxRedirects: 0 })
    .catch((error: unknown) => {
      throw fromOutgoing(error);
    });
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw new ChannelError(`HTTP ${answer.status}`, {
    permanent: answer.status < 500 && !later.has(answer.status),
    gone: answer.status === 410,
    ...retryAfter(answer),
  });
}

function fromOutgoing(error: unknown): ChannelError {
  if (!(error instanceof OutgoingError)) return new ChannelError('unreachable');
  const refused = error.reason === 'url_refused' || error.reason === 'address_refused';
  return new ChannelError(error.reason, { permanent: refused });
}

/** Retry-After in seconds; a date is not worth the trouble, the table of patience serves. */
function retryAfter({ headers }: OutgoingAnswer): { retryAfterMs?: number } {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: Math.min(seconds, 86_400) * 1000 } : {};
}

/** The provider's own verdict inside a 200: a number in `errcode`, 0 for taken. */
export function readVerdict(answer: OutgoingAnswer): number {
  try {
    const { errcode } = JSON.parse(answer.body.toString('utf8')) as { errcode?: unknown };
    if (typeof errcode === 'number') return errcode;
  } catch {
    // not JSON: fall through
  }
  throw new ChannelError('not the expected answer');
}

/** Cuts text to at most `max` bytes of UTF-8, between characters. */
export function cutBytes(text: string, max: number): string {
  if (Buffer.byteLength(text) <= max) return text;
  let size = 3; // the ellipsis
  let kept = '';
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > max) break;
    kept += character;
  }
  return `${kept}…`;
}
