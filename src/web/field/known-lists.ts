import type { gridsRoutes } from '#contract/grids.ts';
import type { publicRoutes } from '#contract/public.ts';
import type { ClientOutput } from '#contract/route.ts';
import { call, type RouteRef } from '#web/app/call.ts';
import { publicApi } from '#web/app/public-api.ts';
import { shown } from './field-state.ts';
import type { FieldStore } from './field-store.ts';

export type Category = ClientOutput<typeof publicRoutes.categories>['items'][number];

const basemap: RouteRef<(typeof gridsRoutes)['basemapLayers']> = { method: 'GET', path: '/api/public/basemap' };
const key = 'categories';

/** The list of categories: kept on the phone, so that a report can be made where there never was a signal. */
export const categories = shown<readonly Category[] | null>(null);

/** What the phone has kept. */
export async function readLists(store: FieldStore): Promise<void> {
  const kept = await store.readKept<Category[]>(key);
  if (kept !== undefined && categories.get() === null) categories.set(kept);
}

/** Reads what is public and changes seldom: categories, and the base map (which the service worker keeps). */
export async function pullLists(store: FieldStore): Promise<void> {
  const { items } = await call(publicApi.categories, {});
  categories.set(items);
  await store.keep(key, items);
  await keepBasemap();
}

let basemapAsked = false;

/** Once for each opening of the app; not where the person saves data. */
async function keepBasemap(): Promise<void> {
  if (basemapAsked || !('serviceWorker' in navigator) || navigator.serviceWorker.controller === null || savesData())
    return;
  basemapAsked = true;
  const layers = await call(basemap, {});
  for (const { name } of layers.items) await fetch(`/api/public/basemap/${name}`);
}

function savesData(): boolean {
  return (navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData === true;
}
