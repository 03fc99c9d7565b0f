/// <reference lib="webworker" />
import { wipeOldDay } from './day-pack.ts';
import { openFieldStore } from './field-store.ts';
import type { Account } from './field-api.ts';
import { fieldWorld } from './field-world.ts';
import { replay } from './outbox.ts';
import { photoCacheName } from './pack.ts';
import { dayTag, oneAtATime, syncTag } from './runner.ts';

/** Given by the build: what the app needs to open, what it can fetch a moment later, and a name for exactly these files. */
declare const __SHELL__: { version: string; now: readonly string[]; later: readonly string[] };
declare const self: ServiceWorkerGlobalScope;

const shellCache = `huangge-field-shell-${__SHELL__.version}`;
const knownCache = 'huangge-field-known';
const page = '/field.html';
/** Public answers that are good enough when a little old: the base map and the list of categories. */
const known = /^\/api\/public\/(basemap(\/[a-z0-9_-]+)?|categories|streets)$/i;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(shellCache).then((cache) => cache.addAll([page, ...__SHELL__.now].map((address) => fresh(address)))),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith('huangge-field-shell-') && name !== shellCache) await caches.delete(name);
      await self.clients.claim();
      // The map is large: its absence must not keep the rest from being ready.
      const cache = await caches.open(shellCache);
      await Promise.allSettled(
        __SHELL__.later.map(async (address) => (await cache.match(address)) ?? cache.add(address)),
      );
    })(),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    event.respondWith(fromShell(page, request));
    event.waitUntil(endOldDay());
  } else if (address.pathname.startsWith('/assets/')) event.respondWith(fromShell(address.pathname, request));
  else if (known.test(address.pathname)) event.respondWith(knownFirst(event));
  else if (/^\/api\/attachments\/[0-9a-f-]+$/.test(address.pathname) && address.search === '?size=thumb')
    event.respondWith(networkFirst(request));
});

self.addEventListener('sync', (event) => {
  const sync = event as ExtendableEvent & { tag: string };
  if (sync.tag === syncTag) sync.waitUntil(sendUnsent());
});

// Where the browser grants it: a phone that is not looked at for a day forgets the people of that day by itself.
self.addEventListener('periodicsync', (event) => {
  const sync = event as ExtendableEvent & { tag: string };
  if (sync.tag === dayTag) sync.waitUntil(endOldDay());
});

async function endOldDay(): Promise<void> {
  const store = openFieldStore();
  try {
    await wipeOldDay(store, Date.now());
  } finally {
    await store.close();
  }
}

/** Sends what waits although no page is open. Rejects while something is left, so that the browser asks again later. */
async function sendUnsent(): Promise<void> {
  await endOldDay();
  const store = openFieldStore();
  try {
    const who = await store.readKept<Account>('who');
    if (who === undefined) return;
    const end = await oneAtATime(() => replay(store, fieldWorld(who.id, store), who.id));
    if (end.sent.length > 0) {
      const channel = new BroadcastChannel('huangge-field');
      channel.postMessage({ account: who.id });
      channel.close();
    }
    if (end.end === 'offline' || end.nextMs !== null) throw new Error('Not everything could be sent yet.');
  } finally {
    await store.close();
  }
}

function fresh(address: string): Request {
  return new Request(address, { cache: address.startsWith('/assets/') ? 'default' : 'reload' });
}

async function fromShell(address: string, request: Request): Promise<Response> {
  const cache = await caches.open(shellCache);
  return (await cache.match(address)) ?? fetch(request);
}

/** The copy at once and a newer one for the next time; the network when there is no copy. */
async function knownFirst(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(knownCache);
  const copy = await cache.match(event.request);
  const newer = fetch(event.request).then(async (answer) => {
    if (answer.ok) await cache.put(event.request, answer.clone());
    return answer;
  });
  if (copy === undefined) return newer;
  event.waitUntil(newer.catch(() => undefined));
  return copy;
}

/** Small pictures of events: kept only until sign-out. */
async function networkFirst(request: Request): Promise<Response> {
  const cache = await caches.open(photoCacheName);
  const copy = await cache.match(request);
  if (copy !== undefined) return copy;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
