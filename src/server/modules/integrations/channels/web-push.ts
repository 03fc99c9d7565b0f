import webPush from 'web-push';
import type { Outgoing } from '#server/net/guarded-fetch.ts';
import { ChannelError, type Channel } from '#server/modules/notices/index.ts';
import { cutBytes, sendRequest } from './send.ts';

export interface VapidKeys {
  publicKey: string;
  privateKey: string;
}

export function makeVapidKeys(): VapidKeys {
  return webPush.generateVAPIDKeys();
}

/** How long the push service keeps a message for a browser that is not there. */
const keepS = 4 * 3600;

/**
 * Web Push (RFC 8030, 8291, 8292): encrypted for the one browser, sent through the guarded way out, because the address
 * comes from that browser. Address: {endpoint, p256dh, auth}. `contact` is a mailto: or https: address for the service.
 */
export function createWebPush(outgoing: Outgoing, keys: VapidKeys, contact: string): Channel {
  return {
    name: 'web_push',
    limits: { perMinute: null, mergeUpTo: 10 },
    async send({ endpoint = '', p256dh = '', auth = '' }, message) {
      const payload = JSON.stringify({
        id: message.id,
        title: message.title,
        body: message.lines.length === 1 ? '' : cutBytes(message.lines.join('\n'), 1500),
        url: message.url,
        urgent: message.priority <= 1,
      });
      const request = detailsOf({ endpoint, keys: { p256dh, auth } }, payload, {
        vapidDetails: { subject: contact, ...keys },
        TTL: keepS,
        urgency: message.priority <= 1 ? 'high' : 'normal',
        // The same message sent again replaces itself while it waits; at most 32 characters.
        topic: message.id.replaceAll('-', ''),
      });
      await sendRequest(outgoing, endpoint, request).catch((error: unknown) => {
        if (error instanceof ChannelError && error.message === 'HTTP 404')
          throw new ChannelError('HTTP 404', { gone: true });
        throw error;
      });
    },
  };
}

function detailsOf(subscription: webPush.PushSubscription, payload: string, options: webPush.RequestOptions) {
  try {
    const { headers, body } = webPush.generateRequestDetails(subscription, payload, options);
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
    return { headers: Object.fromEntries(lower) as Record<string, string>, body };
  } catch {
    throw new ChannelError('the keys of this browser cannot be used', { gone: true });
  }
}
