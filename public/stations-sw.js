// Opens the pages of stations without network, from what they kept themselves (features/stations/public/offline.ts).
// Its scope is /s: pages of the desk, of the field and of reports are never touched.
const cacheName = 'huangge-stations';
const ours = /^\/(stations|s\/[a-z0-9-]+)\/?$/;
const photo = /^\/api\/public\/stations\/[a-z0-9-]+\/photos\//;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (ours.test(address.pathname)) event.respondWith(pageFirst(request));
  } else if (address.pathname.startsWith('/assets/')) event.respondWith(keptFirst(request));
  else if (photo.test(address.pathname)) event.respondWith(keptFirst(request, true));
});

/** The network's page, and the kept one where there is no network, or none within four seconds. */
async function pageFirst(request) {
  const kept = await caches.match('/stations', { cacheName });
  if (kept === undefined) return fetch(request);
  const patience = new Promise((resolve) => setTimeout(resolve, 4000));
  const answer = await Promise.race([fetch(request).catch(() => undefined), patience]);
  return answer === undefined || !answer.ok ? kept : answer;
}

/** Files with a hash in their name never change; photos are kept as they are seen. */
async function keptFirst(request, keep = false) {
  const kept = await caches.match(request, { cacheName });
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (keep && answer.ok) await (await caches.open(cacheName)).put(request, answer.clone());
  return answer;
}
