import { createHmac } from 'node:crypto';
import type { Clock } from '#kit/clock.ts';
import type { Outgoing } from '#server/net/guarded-fetch.ts';
import { ChannelError, type Channel } from '#server/modules/notices/index.ts';
import { cutBytes, readVerdict, sendRequest } from './send.ts';

const busy = new Set([-1, 130101, 130102]);
const maxBytes = 20_000;

/** DingTalk (钉钉) group robot with signature: 20 messages a minute. Address: {url, secret}. */
export function createDingtalk(outgoing: Outgoing, clock: Clock): Channel {
  return {
    name: 'dingtalk',
    limits: { perMinute: 20, mergeUpTo: 20 },
    async send({ url = '', secret = '' }, message) {
      const signed = new URL(url);
      const at = String(clock.now());
      signed.searchParams.set('timestamp', at);
      signed.searchParams.set('sign', signDingtalk(secret, at));
      const list = message.lines.length === 1 ? '' : message.lines.map((line) => `\n- ${line}`).join('');
      const text = cutBytes(`### ${message.title}\n${list}`, maxBytes - 600) + `\n\n[查看](${message.url})`;
      const answer = await sendRequest(outgoing, signed.href, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ msgtype: 'markdown', markdown: { title: message.title, text } }),
      });
      const verdict = readVerdict(answer);
      if (verdict === 0) return;
      if (busy.has(verdict)) throw new ChannelError('too many messages', { retryAfterMs: 60_000 });
      throw new ChannelError(`errcode ${verdict}`, { permanent: true });
    },
  };
}

/** Base64 of HMAC-SHA-256 over "<milliseconds>\n<secret>", keyed with the secret. */
export function signDingtalk(secret: string, at: string): string {
  return createHmac('sha256', secret).update(`${at}\n${secret}`).digest('base64');
}
