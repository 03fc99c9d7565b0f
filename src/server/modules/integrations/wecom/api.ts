import type { Clock } from '#kit/clock.ts';
import type { Outgoing, OutgoingAnswer } from '#server/net/guarded-fetch.ts';
import { ChannelError } from '#server/modules/notices/index.ts';
import { cutBytes, readVerdict, sendRequest } from '../channels/send.ts';
import { WecomFault } from './callback.ts';
import { decrypt } from './crypt.ts';
import type { Photo } from './message.ts';
import type { Settings } from './settings.ts';

/** Verdicts after which a new access token is worth asking for. */
const staleToken = new Set([40014, 42001]);
const largestPhoto = 12_000_000;
const patienceMs = 20_000;
/** A robot's text holds at most so many bytes. */
const longestText = 2048;

/** The interface of WeCom as far as bridges use it. Every address is asked through the guarded way out. */
export function createWecomApi(outgoing: Outgoing, clock: Clock) {
  const tokens = new Map<string, { token: string; untilMs: number }>();

  async function tokenOf(settings: Settings, anew = false): Promise<string> {
    const key = `${settings.apiUrl} ${settings.corpId} ${settings.appSecret}`;
    const held = tokens.get(key);
    if (!anew && held !== undefined && held.untilMs > clock.now()) return held.token;
    const url = at(settings, '/cgi-bin/gettoken', { corpid: settings.corpId, corpsecret: settings.appSecret });
    const answer = parse(await fetchOrFault(url, 'access'));
    if (answer.errcode !== 0 || typeof answer.access_token !== 'string') throw new WecomFault('access');
    const seconds = Number(answer.expires_in);
    tokens.set(key, {
      token: answer.access_token,
      // Renewed a little early: a token may end while it is on its way.
      untilMs: clock.now() + (seconds > 0 ? Math.max(seconds - 120, 30) : 30) * 1000,
    });
    return answer.access_token;
  }

  async function fetchOrFault(url: string, fault: 'access' | 'media', maxBytes = 64_000): Promise<OutgoingAnswer> {
    try {
      return await outgoing.fetch(url, { timeoutMs: patienceMs, maxBytes, maxRedirects: 0 });
    } catch {
      throw new WecomFault(fault);
    }
  }

  async function fetchMedia(settings: Settings, mediaId: string): Promise<Buffer> {
    for (const anew of [false, true]) {
      const token = await tokenOf(settings, anew);
      const url = at(settings, '/cgi-bin/media/get', { access_token: token, media_id: mediaId });
      const answer = await fetchOrFault(url, 'media', largestPhoto);
      const refused = isJson(answer);
      if (!refused && answer.status === 200) return answer.body;
      if (!refused || !staleToken.has(Number(parse(answer).errcode))) throw new WecomFault('media');
    }
    throw new WecomFault('access');
  }

  return {
    /** The bytes of a photo. @throws WecomFault media or access */
    async photo(settings: Settings, photo: Photo): Promise<Buffer> {
      if ('mediaId' in photo) return fetchMedia(settings, photo.mediaId);
      const answer = await fetchOrFault(photo.url, 'media', largestPhoto);
      const opened = answer.status === 200 ? decrypt(settings, answer.body) : undefined;
      if (opened === undefined) throw new WecomFault('media');
      return opened;
    },
    /** Says something in the group by its message robot. @throws ChannelError */
    async say({ robotUrl }: Settings, text: string): Promise<void> {
      if (robotUrl === '') throw new ChannelError('no robot', { permanent: true });
      const answer = await sendRequest(outgoing, robotUrl, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ msgtype: 'text', text: { content: cutBytes(text, longestText) } }),
      });
      const verdict = readVerdict(answer);
      if (verdict === 45009) throw new ChannelError('too many messages', { retryAfterMs: 60_000 });
      if (verdict !== 0) throw new ChannelError(`errcode ${verdict}`, { permanent: true });
    },
    /** Asks for a token with corp id and secret, as a trial. @throws WecomFault access */
    trial: async (settings: Settings): Promise<void> => void (await tokenOf(settings, true)),
  };
}

export type WecomApi = ReturnType<typeof createWecomApi>;

function at({ apiUrl }: Settings, path: string, query: Record<string, string>): string {
  const url = new URL(path, apiUrl);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

function isJson({ headers }: OutgoingAnswer): boolean {
  return /json|text\/plain/.test(headers['content-type'] ?? '');
}

function parse(answer: OutgoingAnswer): { errcode?: unknown; access_token?: unknown; expires_in?: unknown } {
  try {
    const found: unknown = JSON.parse(answer.body.toString('utf8'));
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}
