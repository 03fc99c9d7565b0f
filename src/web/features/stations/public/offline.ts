/**
 * Keeps what these pages need to open without network: the page itself and the files it loaded, in a cache that
 * /stations-sw.js serves. The facts are kept by kept.ts. Holds nothing about the reader.
 */
const cacheName = 'huangge-stations';
const worker = '/stations-sw.js';
let begun = false;
const pages: (() => Promise<unknown>)[] = [];

/** The code of a page that should open without network too, though it was not visited yet. */
export function alsoKeep(load: () => Promise<unknown>): void {
  pages.push(load);
}

/** Called once the page has shown an answer; does its work when the phone is idle. */
export function keepPage(): void {
  if (begun || !import.meta.env.PROD || !('serviceWorker' in navigator) || typeof caches === 'undefined') return;
  begun = true;
  // Whoever reads the list without network wants to open one of it.
  setTimeout(() => {
    void Promise.all(pages.map((load) => load()))
      .then(keepFiles)
      .then(() => navigator.serviceWorker.register(worker, { scope: '/s' }))
      .catch(() => {
        begun = false;
      });
  }, 1500);
}

async function keepFiles(): Promise<void> {
  const cache = await caches.open(cacheName);
  // Without the answers of this moment: they would be old when the page is opened without network.
  const page = await fetch('/stations?keep', { cache: 'no-cache' });
  if (!page.ok) return;
  const before = await (await cache.match('/stations'))?.clone().text();
  const now = await page.clone().text();
  await cache.put('/stations', page);
  const wanted = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'))
    .map(({ pathname }) => pathname);
  if (before !== now) await forgetOthers(cache, wanted);
  await Promise.allSettled([...new Set(wanted)].map(async (path) => (await cache.match(path)) ?? cache.add(path)));
}

/** After a new build the files of the old one are of no use. */
async function forgetOthers(cache: Cache, wanted: readonly string[]): Promise<void> {
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (pathname.startsWith('/assets/') && !wanted.includes(pathname)) await cache.delete(url);
  }
}
