import { shown } from './field-state.ts';
import { dayTag, syncTag } from './runner.ts';

/** A newer version is ready and waits for the person to say when. */
export const newVersion = shown<(() => void) | null>(null);

/** Makes the app open without a network. Nothing happens in development and where the browser has no service workers. */
export async function registerWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const hadOne = navigator.serviceWorker.controller !== null;
  const registration = await navigator.serviceWorker.register('/field-sw.js', { scope: '/field' });
  const offer = (worker: ServiceWorker): void => {
    newVersion.set(() => worker.postMessage('take-over'));
  };
  if (registration.waiting !== null && hadOne) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed' && navigator.serviceWorker.controller !== null) offer(coming);
    });
  });
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // Only after the person asked for it; the first worker of all takes over silently.
    if (newVersion.get() !== null) location.reload();
  });
  void askForDayEnd(registration);
  setInterval(() => void registration.update().catch(() => undefined), 30 * 60_000);
}

interface PeriodicRegistration extends ServiceWorkerRegistration {
  periodicSync?: { register(tag: string, options: { minInterval: number }): Promise<void> };
}

/** Best effort: only some browsers, and only for installed apps. Elsewhere the day ends when the app is next opened. */
async function askForDayEnd(registration: PeriodicRegistration): Promise<void> {
  await registration.periodicSync?.register(dayTag, { minInterval: 3_600_000 }).catch(() => undefined);
}

interface SyncRegistration extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

/** Asks the browser to let the service worker send what waits when the network is back, even with the app closed. */
export async function askForSync(): Promise<void> {
  if (!('serviceWorker' in navigator) || navigator.serviceWorker.controller === null) return;
  const registration = (await navigator.serviceWorker.ready) as SyncRegistration;
  await registration.sync?.register(syncTag).catch(() => undefined);
}
