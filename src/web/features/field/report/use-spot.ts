import { useCallback, useState } from 'react';

export type SpotState = 'idle' | 'locating' | 'found' | 'refused' | 'unavailable';
export interface Spot {
  lon: number;
  lat: number;
  /** Radius of 68 % confidence in metres, as the device says. */
  accuracyM: number;
}

/** Where the phone is, asked once for one report: no watching, no track. */
export function useSpot(onFound: (spot: Spot) => void): { state: SpotState; find: () => void } {
  const [state, setState] = useState<SpotState>('idle');
  const find = useCallback(() => {
    if (typeof navigator === 'undefined' || navigator.geolocation === undefined) {
      setState('unavailable');
      return;
    }
    setState('locating');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState('found');
        onFound({ lon: coords.longitude, lat: coords.latitude, accuracyM: coords.accuracy });
      },
      (failure) => setState(failure.code === failure.PERMISSION_DENIED ? 'refused' : 'unavailable'),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 20_000 },
    );
    // The caller's function changes on each render; what it does with a spot does not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return { state, find };
}
