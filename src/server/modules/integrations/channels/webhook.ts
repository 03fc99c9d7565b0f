import { Webhook } from 'standardwebhooks';
import type { Clock } from '#kit/clock.ts';
import type { Outgoing } from '#server/net/guarded-fetch.ts';
import type { Channel } from '#server/modules/notices/index.ts';
import { sendRequest } from './send.ts';

/**
 * Standard Webhooks: id, time of the attempt and signatures in headers, the body as it was signed. Address: {url,
 * secret, oldSecret?}; while a secret is being changed both sign.
 */
export function createWebhook(outgoing: Outgoing, clock: Clock): Channel {
  return {
    name: 'webhook',
    limits: { perMinute: null, mergeUpTo: 1 },
    async send({ url = '', secret = '', oldSecret }, { id, payload = '' }) {
      const at = new Date(Math.floor(clock.now() / 1000) * 1000);
      const secrets = oldSecret === undefined ? [secret] : [secret, oldSecret];
      await sendRequest(outgoing, url, {
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(at.getTime() / 1000),
          'webhook-signature': secrets.map((one) => new Webhook(one).sign(id, at, payload)).join(' '),
        },
        body: payload,
      });
    },
  };
}
