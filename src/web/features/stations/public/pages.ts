import { alsoKeep } from './offline.ts';

export const loadNearest = () => import('./NearestPage.tsx');
export const loadOne = () => import('./OnePage.tsx');

alsoKeep(loadNearest);
alsoKeep(loadOne);
