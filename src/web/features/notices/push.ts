import { noticeRoutes } from '#contract/notices.ts';
import { ask } from '#web/app/ask.ts';

/** The browser or its owner said no. */
export class PushRefused extends Error {}

const worker = '/push-worker.js';

export function canPush(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;
}

/** Asks for permission, subscribes this browser and tells the server. @throws PushRefused, ProblemError, OfflineError */
export async function subscribe(key: string): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') throw new PushRefused();
  const registration = await navigator.serviceWorker.register(worker, { scope: '/desk' });
  const subscription = await registration.pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: key })
    .catch(() => {
      throw new PushRefused();
    });
  const { endpoint = '', keys } = subscription.toJSON();
  await ask(noticeRoutes.addPush, {
    body: { endpoint, keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' } },
  });
}

/** Ends the subscription of this browser, here and at the server. */
export async function unsubscribe(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration('/desk');
  const subscription = await registration?.pushManager.getSubscription();
  if (subscription === null || subscription === undefined) return;
  await ask(noticeRoutes.removePush, { body: { endpoint: subscription.endpoint } });
  await subscription.unsubscribe();
}
