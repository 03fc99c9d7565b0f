import { useState } from 'react';
import type { LonLatPoint } from '#web/map/layers.ts';

/** Where the way begins. Lives as long as the page is open; never stored, never sent. */
export interface Start {
  at: LonLatPoint;
  /** '' for the phone's own position. */
  name: string;
}

let last: Start | null = null;

/** The start chosen on this visit, also after looking at one station and coming back. */
export function useStart(): [Start | null, (start: Start) => void] {
  const [start, setStart] = useState(last);
  return [
    start,
    (next) => {
      last = next;
      setStart(next);
    },
  ];
}
