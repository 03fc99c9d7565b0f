import { useState } from 'react';
import type { LonLatPoint } from './layers.ts';

export type PositionState = 'idle' | 'locating' | 'found' | 'refused' | 'unavailable';

/** Asks the device where it is (WGS-84), only when `find` is called. Refused and impossible are told apart. */
export function usePosition(onFound: (at: LonLatPoint) => void): { state: PositionState; find: () => void } {
  const [state, setState] = useState<PositionState>('idle');
  const find = (): void => {
    // Absent without TLS and in some in-app browsers.
    if (typeof navigator === 'undefined' || navigator.geolocation === undefined) {
      setState('unavailable');
      return;
    }
    setState('locating');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState('found');
        onFound({ lon: coords.longitude, lat: coords.latitude });
      },
      (failure) => setState(failure.code === failure.PERMISSION_DENIED ? 'refused' : 'unavailable'),
      { enableHighAccuracy: true, timeout: 12_000, maximumAge: 30_000 },
    );
  };
  return { state, find };
}
