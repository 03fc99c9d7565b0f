import { createHmac } from 'node:crypto';
import type { Clock } from '#kit/clock.ts';
import type { Outgoing } from '#server/net/guarded-fetch.ts';
import type { Channel } from '#server/modules/notices/index.ts';
import { sendRequest } from './send.ts';

const maxCharacters = 200;

/**
 * SMS through a signed HTTP gateway: a few lines beside the provider's own interface, written by whoever runs it (form:
 * docs/webhooks.md). Address: {url, secret, phone}. One person gets at most 6 a minute.
 */
export function createSms(outgoing: Outgoing, clock: Clock): Channel {
  return {
    name: 'sms',
    limits: { perMinute: 6, mergeUpTo: 10 },
    async send({ url = '', secret = '', phone = '' }, message) {
      const [first = ''] = message.lines;
      const text = message.lines.length === 1 ? first : `${message.title}：${first}`;
      const body = JSON.stringify({ id: message.id, phone, text: [...text].slice(0, maxCharacters).join('') });
      const at = String(Math.floor(clock.now() / 1000));
      await sendRequest(outgoing, url, {
        headers: {
          'content-type': 'application/json',
          'idempotency-key': message.id,
          'x-huangge-timestamp': at,
          'x-huangge-signature': signSms(secret, at, body),
        },
        body,
      });
    },
  };
}

/** Hexadecimal HMAC-SHA-256 over "<seconds>.<body>". */
export function signSms(secret: string, at: string, body: string): string {
  return createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
}
