import { lazy } from 'react';

/** The map, fetched when first shown. Put it inside <Suspense>. */
export const LazyMapCanvas = lazy(async () => ({ default: (await import('./MapCanvas.tsx')).MapCanvas }));
export const LazyPickPoint = lazy(async () => ({ default: (await import('./PickPoint.tsx')).PickPoint }));
