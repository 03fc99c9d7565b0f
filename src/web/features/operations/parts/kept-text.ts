import { useCallback, useState } from 'react';

const prefix = 'huangge.kept.';

/** Text that survives a reload, an expired session and a lost connection: kept on this device until it is emptied. */
export function useKeptText(key: string): [text: string, set: (text: string) => void] {
  const [text, setText] = useState(() => read(key));
  const set = useCallback(
    (next: string) => {
      setText(next);
      try {
        if (next === '') localStorage.removeItem(prefix + key);
        else localStorage.setItem(prefix + key, next);
      } catch {
        // Refused storage: the text lasts for the visit.
      }
    },
    [key],
  );
  return [text, set];
}

function read(key: string): string {
  try {
    return localStorage.getItem(prefix + key) ?? '';
  } catch {
    return '';
  }
}
