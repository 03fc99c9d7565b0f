import { beginEarly } from './early.ts';
import { alsoKeep } from './offline.ts';

export const loadNearest = () => import('./NearestPage.tsx');
export const loadOne = () => import('./OnePage.tsx');

beginEarly(location.pathname);
alsoKeep(loadNearest);
alsoKeep(loadOne);
